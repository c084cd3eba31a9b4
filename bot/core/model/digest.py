"""How a tier stands, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

COUNTED = 500
"""So many are counted of what is due, and no more: the digest says that there are more."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many tickets came to a tier on a day in Beijing, and how many were closed there."""

    day: date
    opened: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a tier is told `at` a moment; it was told last at `since`, or is told since then.

    `waiting` are the tickets that agents have to work on, `unowned` those of them that nobody has;
    `due_today` is what is due in the rest of the day, `overdue` what was due before: of these two
    at most `COUNTED` are counted. `opened` came and `closed` were closed since it was told last.
    `usual` is in how many working minutes it answers first, None where that is
    not known. `stars` are how often so many were given on the `days`: the last whole ones, the
    oldest first.
    """

    at: datetime
    since: datetime
    waiting: int = 0
    unowned: int = 0
    due_today: int = 0
    overdue: int = 0
    opened: int = 0
    closed: int = 0
    usual: int | None = None
    stars: Mapping[int, int] = field(default_factory=dict)
    days: tuple[DayCount, ...] = ()
