"""The whole Telegram over HTTP, and what a test can do to it."""
