"""Festivals by the one day that they are, for those who date an invoice by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

FIXED: Mapping[str, tuple[int, int]] = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "三八": (3, 8),
    "妇女节": (3, 8),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "双12": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
"""Month and day, every year the same."""

_YEARS = range(2021, 2031)
MOVING: Mapping[str, Mapping[int, str]] = {
    name: dict(zip(_YEARS, days.split(), strict=True))
    for name, days in {
        "春节": "02-12 02-01 01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03",
        "清明": "04-04 04-05 04-05 04-04 04-04 04-05 04-05 04-04 04-04 04-05",
        "端午": "06-14 06-03 06-22 06-10 05-31 06-19 06-09 05-28 06-16 06-05",
        "中秋": "09-21 09-10 09-29 09-17 10-06 09-25 09-15 10-03 09-22 09-12",
    }.items()
}
"""The days of 2021 to 2030, by the lunar calendar and the sun (GB/T 33661-2017); in another year
the day is asked back."""

_BEFORE: Mapping[str, tuple[str, int]] = {"除夕": ("春节", 1), "大年三十": ("春节", 1)} | {
    "年三十": ("春节", 1),
    "大年初一": ("春节", 0),
}

NAMES = (*FIXED, *MOVING, *_BEFORE)


def day(name: str, year: int) -> date | None:
    """The day of a festival of `NAMES` in a year, None where it is not known."""
    if name in FIXED:
        return date(year, *FIXED[name])
    of, before = _BEFORE.get(name, (name, 0))
    found = MOVING[of].get(year)
    return date.fromisoformat(f"{year}-{found}") - timedelta(days=before) if found else None
