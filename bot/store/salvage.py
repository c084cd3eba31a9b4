"""What can still be read of a value of which a part cannot.

An older desk may have kept what it could not read again: a file's name that was no text. Whoever
wrote it must not be without a conversation for that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

T = TypeVar("T")


def salvaged(adapter: TypeAdapter[T], text: str) -> T | None:
    """The value without what cannot be read of it; None where nothing is left.

    What is cut out is the smallest part that may be missing: a name, or else the file that has it,
    or else the line that the file came with.
    """
    try:
        rest = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for _ in range(len(text)):  # each round cuts something out
        try:
            return adapter.validate_python(rest)
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_context=False, include_input=False)
        cut = [_cut(rest, place) for place in _places(wrong)]
        if not any(cut):
            return None
    return None


def _places(wrong: Iterable[ErrorDetails]) -> list[tuple[int | str, ...]]:
    """What to cut out, the last first: what stands before it in a list keeps its place."""
    missing = {"missing": -1}  # what lacks something goes as a whole
    places = dict.fromkeys(each["loc"][: missing.get(each["type"])] for each in wrong)
    inner = [p for p in places if not any(p[:n] in places for n in range(len(p)))]
    return inner[::-1]


def _cut(whole: Any, place: Sequence[int | str]) -> bool:
    if not place:
        return False
    *way, last = place
    try:
        for step in way:
            whole = whole[step]
        del whole[last]
    except (LookupError, TypeError):
        return False
    return True
