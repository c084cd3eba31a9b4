"""Made demand with planted incidents, watched minute by minute on a clock that is made as well.

Staff are thought to declare a draft that is right at once, and to dismiss one that is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.insight import demand
from bot.insight.demand import FAMILIES, Chance, Planted
from bot.insight.watched import CITY, HISTORY, Today, Watched
from bot.surge.days import Days
from bot.surge.usual import Floats
from bot.surge.watch import LEAD


@dataclass(slots=True)
class Found:
    """What became of a planted incident: minutes until the first draft and the first look, None
    where none came while it lasted.
    """

    incident: Planted
    draft: int | None = None
    look: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """`false` drafts and what was `found` in so many judged `days`."""

    found: list[Found]
    false: int
    days: int


def run(rate: float, days: Days, chance: Chance) -> Run:
    """All of `days` at this many reports an hour and family; those after the first `HISTORY` are
    judged.
    """
    usual = demand.rates(rate, days, chance)
    incidents = demand.planted(days, HISTORY, chance)
    desk = Watched(demand.with_planted(usual, incidents), days, chance)
    found = [Found(each) for each in incidents]
    false = sum(_false(desk, day, found) for day in range(HISTORY, len(days)))
    return Run(found, false, len(days) - HISTORY)


def _false(desk: Watched, day: int, found: list[Found]) -> int:
    """Let the day pass, event by event; how many of its drafts are false."""
    today, false, minute = desk.today(day), 0, LEAD
    dismissed = np.full(FAMILIES + 1, np.nan)
    rows = desk.evidence(today)
    while (event := _next(desk, today, rows, minute)) is not None:
        minute, family = event
        _looks(today, rows, minute + 1, found)
        if family in desk.open:
            desk.end(today, family, minute)
        else:
            hit = [each for each in found if _is_of(each.incident, family, today, minute)]
            for each in hit:
                each.draft = each.draft or _after(each.incident, today, minute)
            if not hit:
                false += 1
                dismissed[family] = np.fmax(dismissed[family], rows[family, minute])
            desk.begin(today, family, minute, declared=bool(hit))
        minute += 1
        rows = desk.evidence(today)
    _looks(today, rows, rows.shape[1], found)
    desk.close(day, rows, dismissed)
    return false


def _next(desk: Watched, today: Today, rows: Floats, since: int) -> tuple[int, int] | None:
    """The next minute in which a surge is noticed or over, and whose."""
    events = []
    for family, (row, each) in enumerate(zip(rows, today.thresholds, strict=True)):
        if family in desk.open:
            minute = desk.over(today, family, since, rows[CITY])
        else:
            enough = np.flatnonzero(row[since:] >= each.draft)
            minute = since + int(enough[0]) if len(enough) else None
        if minute is not None:
            events.append((minute, family))
    return min(events, default=None)


def _is_of(incident: Planted, family: int, today: Today, minute: int) -> bool:
    at = today.part.start + minute
    return family in (incident.family, CITY) and incident.begin <= at < incident.end


def _after(incident: Planted, today: Today, minute: int) -> int:
    """Minutes from the beginning of an incident to the end of a minute of today's."""
    return int(today.part.start + minute + 1 - incident.begin)


def _looks(today: Today, rows: Floats, until: int, found: list[Found]) -> None:
    """Note the first looks at incidents before a minute of today's."""
    for each in found:
        begin, end = (
            min(max(at - today.part.start, LEAD), until)
            for at in (each.incident.begin, each.incident.end)
        )
        if each.look is None and begin < end:
            family = each.incident.family
            row = rows[family, begin:end]
            enough = np.flatnonzero(row >= today.thresholds[family].look)
            if len(enough):
                each.look = _after(each.incident, today, begin + int(enough[0]))
