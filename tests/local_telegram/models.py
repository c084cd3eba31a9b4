"""aiogram's models of the Bot API as the judge of what this Telegram tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter


def extras(value: object, path: str) -> Iterator[str]:
    """Where in a model something stands that the model does not know."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or ():
            yield f"{path}.{name}"
        for name in type(value).model_fields:
            yield from extras(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from extras(item, f"{path}[{number}]")


def check(model: Any, result: Any, name: str) -> Any:
    """`result` as `model`, which it fits with nothing left over."""
    parsed = TypeAdapter(model).validate_python(result)
    left = list(extras(parsed, name))
    assert left == [], left
    return parsed
