"""The questions a flow may ask of a slot without asking the person: name -> predicate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot.core.invoice import classify, regions
from bot.core.invoice.numbers import needs_code
from bot.core.model.ticket import Slot
from bot.core.text import clock

FRESH = timedelta(days=2)


def known(slot: Slot | None, at: datetime) -> bool:
    """Whether the slot is filled."""
    return slot is not None


def recent(slot: Slot | None, at: datetime) -> bool:
    """Whether the slot's date is today or at most `FRESH` before, which the usual delay explains.

    Two days are the desk's own rule: no official figure for the delay is published; the national
    checking site offers an invoice from the day after its issue.
    """
    if slot is None:
        return False
    age = clock.day(at) - date.fromisoformat(slot.text)
    return timedelta() <= age <= FRESH


def elsewhere(slot: Slot | None, at: datetime) -> bool:
    """Whether the number or code says that the invoice was issued outside Beijing."""
    place = classify.place_of(slot.text, slot.text) if slot is not None else None
    return place not in (None, regions.BEIJING)


def coded(slot: Slot | None, at: datetime) -> bool:
    """Whether the number is an older invoice's, which is known only together with its code."""
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
"""The kinds of field that a predicate can be asked of; one that is not here takes any slot."""
