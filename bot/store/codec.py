"""Frozen values to JSON and back."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import Field, TypeAdapter

from bot.core.model import effects
from bot.core.model.extract import Extract
from bot.core.model.facts import Fact

EXTRACTS: TypeAdapter[tuple[Extract, ...]] = TypeAdapter(tuple[Extract, ...])
FACT: TypeAdapter[Fact] = TypeAdapter(Annotated[Fact, Field(discriminator="kind")])
EFFECT: TypeAdapter[effects.Outgoing] = TypeAdapter(
    Annotated[effects.Outgoing, Field(discriminator="kind")]
)

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
