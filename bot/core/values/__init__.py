"""Readers of values: what people write to canonical text. `fields.KINDS` lists every kind."""
