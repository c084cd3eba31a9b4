"""Text and its entities: mark-up, what Telegram finds in a text, and HTML to show."""
