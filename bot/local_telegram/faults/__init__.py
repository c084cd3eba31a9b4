"""What goes wrong between this Telegram and its bot."""
