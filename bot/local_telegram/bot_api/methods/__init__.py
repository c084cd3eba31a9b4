"""The methods of the Bot API, by family, with a table of all."""
