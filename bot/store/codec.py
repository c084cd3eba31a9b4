"""Frozen values to JSON and back."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import Discriminator, Tag, TypeAdapter

from bot.core.model import effects
from bot.core.model.extract import Extract


def _tag(value: Any) -> str:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return str(kind)


_effect = Annotated[
    Annotated[effects.Send, Tag("send")]
    | Annotated[effects.Edit, Tag("edit")]
    | Annotated[effects.Respond, Tag("respond")]
    | Annotated[effects.Relay, Tag("relay")]
    | Annotated[effects.Amend, Tag("amend")]
    | Annotated[effects.Topic, Tag("topic")]
    | Annotated[effects.Read, Tag("read")],
    Discriminator(_tag),
]

EXTRACTS: TypeAdapter[tuple[Extract, ...]] = TypeAdapter(tuple[Extract, ...])
EFFECT: TypeAdapter[effects.Outgoing] = TypeAdapter(_effect)

T = TypeVar("T")
REMEMBERED = 200_000  # characters


class Codec(Generic[T]):
    """Writes nothing that it cannot read again.

    Reading back what was just written costs as much as reading it when it is needed, so what was
    found is remembered until then. One thread uses a codec at a time.
    """

    def __init__(self, adapter: TypeAdapter[T]) -> None:
        self._adapter = adapter
        self._read: dict[str, T] = {}
        self._size = 0

    def text(self, value: T) -> str:
        """The value as JSON. Raises `ValueError` where it could not be read again."""
        text = self._adapter.dump_json(value, warnings="error").decode()
        self._remember(text, self._adapter.validate_json(text))
        return text

    def value(self, text: str) -> T:
        """The value that was written so. Raises `ValueError` where there is none."""
        known = self._read.pop(text, None)
        if known is None:
            return self._adapter.validate_json(text)
        self._size -= len(text)
        return known

    def forget(self) -> None:
        """Remember nothing: somebody was erased."""
        self._read.clear()
        self._size = 0

    def _remember(self, text: str, value: T) -> None:
        if text not in self._read:
            self._size += len(text)
        self._read[text] = value
        while self._size > REMEMBERED:
            oldest = next(iter(self._read))
            del self._read[oldest]
            self._size -= len(oldest)
