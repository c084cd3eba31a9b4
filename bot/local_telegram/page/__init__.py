"""The chat page, an app in the browser."""
