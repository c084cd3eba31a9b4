"""The questions a flow may ask of a slot without asking the person: name -> predicate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot.core.invoice import classify, regions
from bot.core.invoice.numbers import needs_code
from bot.core.model.case import Slot
from bot.core.text import clock

FRESH = timedelta(days=2)


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
    age = clock.day(at) - date.fromisoformat(slot.text)
    return timedelta() <= age <= FRESH


def elsewhere(slot: Slot | None, at: datetime) -> bool:
    """The number or code says that the invoice was issued outside Beijing."""
    place = classify.place_of(slot.text, slot.text) if slot is not None else None
    return place not in (None, regions.BEIJING)


def coded(slot: Slot | None, at: datetime) -> bool:
    """The number is one of the older kind, which only counts together with its code."""
    return slot is not None and needs_code(slot.text)


PREDICATES: Mapping[str, Callable[[Slot | None, datetime], bool]] = {
    "known": known,
    "recent": recent,
    "elsewhere": elsewhere,
    "coded": coded,
}

READS: Mapping[str, frozenset[str]] = {
    "recent": frozenset({"date"}),
    "elsewhere": frozenset({"number", "code"}),
    "coded": frozenset({"number"}),
}
"""The kinds of field whose value a predicate understands; one that is not here takes any slot."""
