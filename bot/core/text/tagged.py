"""Small frozen values as short strings, a word for the class first: `opt:3:failed`.

What is written so lies in people's chats and in databases for years, so a word and the order of a
class's fields never change; a field that came later is the last and has a default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Literal,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Part = Callable[[str], Any]
"""One field's value, or None where the text is none."""

_NUMBER = re.compile("0|[1-9][0-9]{0,17}")  # as it is written, and no more than SQLite holds


class Tagged(Generic[T]):
    """Writes and reads the classes of a table by their words.

    A field is an `int` from 0, a `str` that is not empty, a `Literal` of strings, or of a class
    whose `read` takes what its `str` gives. Only the last field of the longest class may hold a
    colon.
    """

    def __init__(self, words: Mapping[type[T], str]) -> None:
        self._words = words
        self._kinds = {(word, n): kind for kind, word in words.items() for n in _counts(kind)}
        self._parts = {kind: _parts(kind) for kind in words}
        self._most = max(count for _, count in self._kinds)

    def text(self, value: T) -> str:
        """The value as it is kept."""
        kind = type(value)
        parts = (str(getattr(value, name)) for name in self._parts[kind])
        return ":".join((self._words[kind], *parts))

    def value(self, text: str) -> T | None:
        """What was written so, or None."""
        word, *given = text.split(":", self._most)
        kind = self._kinds.get((word, len(given)))
        if kind is None:
            return None
        readers = self._parts[kind].values()
        values = [read(part) for read, part in zip(readers, given, strict=False)]
        return None if None in values else kind(*values)


def _counts(kind: type[DataclassInstance]) -> range:
    """How many parts its text may have: those of fields with a default may be missing."""
    count = len(fields(kind))
    return range(sum(each.default is MISSING for each in fields(kind)), count + 1)


def _parts(kind: type[DataclassInstance]) -> Mapping[str, Part]:
    """What reads each field, by its name."""
    hints = get_type_hints(kind)
    return {each.name: _reader(hints[each.name]) for each in fields(kind)}


def _reader(hint: Any) -> Part:
    if get_origin(hint) is Literal:
        known = get_args(hint)
        return lambda text: text if text in known else None
    return _READERS.get(hint) or hint.read


_READERS: Mapping[Any, Part] = {
    int: lambda text: int(text) if _NUMBER.fullmatch(text) else None,
    str: lambda text: text or None,
}
