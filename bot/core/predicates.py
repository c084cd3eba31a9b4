"""The questions a flow may ask of a slot without asking the person: name -> predicate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot.core.case import Slot
from bot.core.fields import BEIJING, needs_code

FRESH = timedelta(days=2)
BEIJING_REGION = "11"


def known(slot: Slot | None, at: datetime) -> bool:
    """The slot is filled."""
    return slot is not None


def recent(slot: Slot | None, at: datetime) -> bool:
    """The slot's date is today or so close before that the delay alone explains it.

    Two days are the desk's own rule: no official figure for the delay is published; the national
    checking site offers an invoice from the day after its issue.
    """
    if slot is None:
        return False
    age = at.astimezone(BEIJING).date() - date.fromisoformat(slot.text)
    return timedelta() <= age <= FRESH


def elsewhere(slot: Slot | None, at: datetime) -> bool:
    """The number or code says that the invoice was issued outside Beijing.

    Digits 3-4 of a 20-digit number and the first two of a 10-digit code are the region; a 12-digit
    code has a 0 before it (General Administration of Taxation, announcement 11 of 2024, and the
    national checking site's own table of codes).
    """
    starts = {20: 2, 12: 1, 10: 0}
    if slot is None or len(slot.text) not in starts:
        return False
    start = starts[len(slot.text)]
    return slot.text[start : start + 2] != BEIJING_REGION


def coded(slot: Slot | None, at: datetime) -> bool:
    """The number is one of the older kind, which only counts together with its code."""
    return slot is not None and needs_code(slot.text)


PREDICATES: Mapping[str, Callable[[Slot | None, datetime], bool]] = {
    "known": known,
    "recent": recent,
    "elsewhere": elsewhere,
    "coded": coded,
}
