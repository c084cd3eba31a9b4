"""Values from outside, parsed and checked as Telegram does: integers, JSON, shapes, URLs."""

from __future__ import annotations

import json
import math
import re
from types import UnionType
from typing import Any, NoReturn, TypeAlias
from urllib.parse import urlsplit

from bot.local_telegram.wire.errors import bad_request

DEEPEST = 100
"""How deep JSON may be nested; the same as in Telegram's own parser (TDLib's JsonBuilder.h)."""
Shape: TypeAlias = type | UnionType | dict[str, Any] | list[Any]
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def whole(value: object) -> int | None:
    """`value` as an integer of 64 bits; None for anything else, as for 1.5, true, "1_0", []."""
    is_written = isinstance(value, str) or type(value) is int
    if not is_written or not _WHOLE.fullmatch(text := str(value)):
        return None
    number = int(text)
    return number if -(2**63) <= number < 2**63 else None


def fits(value: object, shape: Shape) -> bool:
    """Whether `value` has `shape`.

    A shape is a type, a list with the shape of every item, or an object with the shapes of required
    fields; other fields may be there too.
    """
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return False
        return all(fits(value.get(name), inner) for name, inner in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    return isinstance(value, shape) and not isinstance(value, bool)


def is_loopback(url: str) -> bool:
    """Whether the host of `url` is this machine."""
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except ValueError:
        return False


def parse_json(text: str, name: str) -> Any:
    """The value of the JSON `text`; it can be written as JSON in UTF-8 again.

    Raises a 400 "can't parse NAME" for broken JSON, for nesting deeper than `DEEPEST` and for
    numbers that are not finite, and another for half of a surrogate pair.
    """
    try:
        value = json.loads(text, parse_constant=_reject, parse_float=_finite)
        if text.count("[") + text.count("{") > DEEPEST and _is_deep(value):
            raise ValueError("too deep")
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except (ValueError, RecursionError):
        raise bad_request(f"can't parse {name}") from None
    return value


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _reject(text)


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
