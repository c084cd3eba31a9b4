"""An example of every kind of message, as the Bot API has it."""
