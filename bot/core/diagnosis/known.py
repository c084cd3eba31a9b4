"""What is known of a case: said, pressed, or following from the invoice itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bot.core.content.diagnosis import FAILED, UNKNOWN, Value
from bot.core.content.likelihood import Diagnosis, Shares
from bot.core.content.script import AGAIN, DIAGNOSE, REMEDY
from bot.core.diagnosis.belief import Known
from bot.core.invoice import classify, regions
from bot.core.model.ticket import Slot
from bot.core.text import clock

HERE, ELSEWHERE = "11", "*"
"""The region of Beijing as authors write it, and any other."""


def known(
    diagnosis: Diagnosis,
    slots: Mapping[str, Slot],
    skipped: Sequence[str],
    invoice: Mapping[str, str],
    hints: Mapping[str, Shares],
    at: datetime,
) -> Known:
    """All of it; `skipped` are facts of which the person cannot tell, `invoice` are the values of
    the invoice by their keys (`number`, `code`, `date`, `kind` as a QR code tells it), `hints` what
    somebody's words may tell of facts and of the cause.

    What somebody said of a fact counts before what follows from the invoice.
    """
    said = {
        fact.id: slots[fact.id].text
        for fact in diagnosis.facts.values()
        if fact.id in slots and fact.value(slots[fact.id].text)
    }
    values = {fact: value for fact, value in said.items() if value != UNKNOWN}
    shown = dict(follows(diagnosis, invoice, at))
    settled = {**shown, **values}
    return Known(
        values=settled,
        likely={fact: shares for fact, shares in hints.items() if fact not in settled},
        asked=(*(id_ for id_ in skipped if id_ in diagnosis.facts), *(said.keys() - values.keys())),
        out=ruled_out(diagnosis, slots),
    )


def ruled_out(diagnosis: Diagnosis, slots: Mapping[str, Slot]) -> tuple[str, ...]:
    """The causes whose remedy was told and did not help."""
    return tuple(
        cause
        for cause in diagnosis.causes
        if any(slots[key].text == FAILED for key in (REMEDY + cause, AGAIN + cause) if key in slots)
    )


def questions(trail: Sequence[str], diagnosis: Diagnosis) -> int:
    """How many facts were asked since the last remedy on this way, as `flow/step` each."""
    count = 0
    for place in reversed(trail):
        flow, _, step = place.partition("/")
        if flow != DIAGNOSE or step not in diagnosis.facts:
            break
        count += 1
    return count


def follows(
    diagnosis: Diagnosis, invoice: Mapping[str, str], at: datetime
) -> Iterator[tuple[str, str]]:
    """The values that an invoice's number, day and kind tell, by fact; `invoice` as in `known`."""
    number, code = invoice.get("number", ""), invoice.get("code", "")
    kind = classify.kind_of(number, code, invoice.get("kind", ""))
    place = classify.place_of(number, code)
    region = "" if place is None else HERE if place == regions.BEIJING else ELSEWHERE
    days = _age(invoice.get("date", ""), at)
    for fact in diagnosis.facts.values():
        for value in fact.values:
            if _fits(value, days, kind.id if kind else "", region):
                yield fact.id, value.id
                break


def _fits(value: Value, days: int | None, kind: str, region: str) -> bool:
    if value.days is not None:
        first, last = value.days
        return days is not None and first <= days <= last
    return bool(kind and kind in value.kinds) or bool(region and region in value.regions)


def _age(day: str, at: datetime) -> int | None:
    """How many days ago the invoice was issued, in Beijing; None where that is not known."""
    return (clock.day(at) - date.fromisoformat(day)).days if day else None
