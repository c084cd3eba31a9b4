"""How each kind of value is read from what people write; `fields.KINDS` is the table."""
