"""Days with their year: how figures and documents write them, and their canonical spelling.

The canonical spelling is that of ISO 8601: `2025-05-12`. Days in words, without their year or told
by their distance are the business of `bot.core.values.days`; nothing here imports more than Python,
because the readers of files use it in a small process.
"""

from __future__ import annotations

import re
from datetime import date

from bot.core.text.spelling import compact

EARLIEST = date(2000, 1, 1)
"""No invoice that somebody asks for is older."""
_AFTER_ALL = date(2100, 1, 1)

SEPARATED = r"(?P<y>[12]\d{3})(?P<sep> ?[-./。·] ?| )(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)日?"
"""2025-05-12, 2025.5.12, 2025 5 12; a pattern for use inside another."""
COMPACT = r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
"""20250512; a pattern for use inside another."""

_CHINESE = r"(?P<y>\d{4})年(?P<m>\d\d?)月(?P<d>\d\d?)日"
_CLOCK = r"(?:T?\d\d?:.{0,20})?"
_PRINTED = tuple(
    re.compile(form, re.ASCII)
    for form in (rf"{COMPACT}(?:\d{{6}}|\d{{9}})?", SEPARATED + _CLOCK, _CHINESE + _CLOCK)
)
"""With the time of the day behind, which does not count: 20250512100000, 2025-05-12 10:00:00."""


def printed(text: str) -> str | None:
    """The canonical spelling of a day as documents print it: 2025年05月12日, 2025-05-12, 20250512.

    None for what is no day, and for one before `EARLIEST` or after this century.
    """
    bare = compact(text)
    met = next(filter(None, (form.fullmatch(bare) for form in _PRINTED)), None)
    if met is None:
        return None
    try:
        day = date(int(met["y"]), int(met["m"]), int(met["d"]))
    except ValueError:
        return None
    return day.isoformat() if EARLIEST <= day < _AFTER_ALL else None


def shown(value: str) -> str:
    """A canonical day for people: `2025年5月12日`."""
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"
