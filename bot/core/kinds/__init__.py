"""How each kind of value is read from what people write; the table is `bot.core.fields.KINDS`."""
