"""The bot's updates, and their delivery."""
