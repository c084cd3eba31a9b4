"""The door for updates: whatever comes can be kept, and is checked once before it is an event.

kept = written(parsed(body))    # whatever came, as text that the inbox can keep
update = checked(kept)          # or Nonsense, which says where
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.channels.telegram.shapes import Update

Json = Mapping[str, Any]

DEEPEST = 64
"""Levels of nesting; a batch of updates has nine."""
CUT = '{"too deep": true}'
"""Stands for what is nested deeper. Inside of a text its quotes would be escaped."""
WIDEST = 19
"""Digits of the largest number of 64 bits, which is also what SQLite takes."""


class Nonsense(ValueError):
    """An update that makes no sense. Says where and why, and nothing of what stands there."""


def _whole(digits: str) -> int | str:
    """A number that nothing here can count with stays the text that it is."""
    if len(digits.lstrip("-")) > WIDEST:
        return digits
    number = int(digits)
    return number if -(2**63) <= number < 2**63 else digits


_DECODER = json.JSONDecoder(parse_int=_whole, parse_constant=str)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)


def parsed(body: bytes | str) -> Any:
    """JSON in which no number is too large, none is NaN, and nothing is too deep.

    Raises `ValueError` for what is no JSON.
    """
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    if text.count("{") + text.count("[") > DEEPEST:
        text = _shallow(text)
    return _DECODER.decode(text)


def _shallow(text: str) -> str:
    kept, start, depth = list[str](), 0, 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept += [text[start : token.start()], CUT]
        elif token[0] in "]}":
            if depth == DEEPEST + 1:
                start = token.end()
            depth -= 1
    if depth <= DEEPEST:
        kept.append(text[start:])
    return "".join(kept)


def written(update: Json) -> str:
    """The update as JSON that can be kept: half a character of two parts stays escaped."""
    text = json.dumps(update, ensure_ascii=False)
    return text if _is_text(text) else json.dumps(update)


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def checked(kept: str) -> Json:
    """The update that was kept so. Raises `Nonsense` unless all that is read of it can be right."""
    if CUT in kept:
        raise Nonsense(f"it is nested deeper than {DEEPEST} levels")
    update: Json = parsed(kept)
    if r"\ud" in kept and not _is_text(json.dumps(update, ensure_ascii=False)):
        raise Nonsense("it has half of a character (a lone surrogate)")
    try:
        Update.model_validate(update)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise Nonsense(f"{place or 'the update'}: {first['msg']}") from None
    return update
