"""How soon planted incidents are found beside what nobody can beat, and how often nothing was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from math import inf, isinf
from typing import Any

import numpy as np

from bot.insight import demand
from bot.insight.demand import FAMILIES, SIZES
from bot.insight.figures import percentile
from bot.insight.simulation import Found, Run, run
from bot.insight.watched import HISTORY
from bot.surge.bound import Bound, bound
from bot.surge.days import Almanac, days
from bot.surge.usual import MINUTES

RATES = (2, 5, 10, 20, 60)
"""Reports an hour of each family, in office hours of an ordinary working day."""
QUICK, WHOLE = 4, 20
"""Desks a rate."""
MONTH = 30
"""Days of the promise, and of the bound, in which one false draft is allowed."""


Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of the incidents of one size at one rate; minutes, None where more were missed,
    and shares of 0 to 1.
    """

    incidents: int
    look_median_min: int | None
    median_min: int | None
    p95_min: int | None
    missed: float
    bound_median_min: int | None
    bound_p95_min: int | None
    bound_missed: float


class TooLong(Exception):
    """The calendar has fewer days than are to be judged."""


def runs(
    almanac: Almanac, period: tuple[date, date], *, desks: int, judged: int, seed: int
) -> dict[int, list[Run]]:
    """So many desks at each of the `RATES`, each with `judged` days somewhere in a period, of which
    both ends count, behind its history. Raises `TooLong`.
    """
    first, last = period
    spare = (last - first).days + 1 - HISTORY - judged
    if spare < 0:
        raise TooLong(f"calendar.toml has {spare + judged} behind {HISTORY} of history")
    found = {}
    for rate in RATES:
        chances = [np.random.default_rng([seed, rate, desk]) for desk in range(desks)]
        starts = [first + timedelta(days=int(each.integers(spare + 1))) for each in chances]
        pairs = zip(starts, chances, strict=True)
        found[rate] = [run(rate, days(at, HISTORY + judged, almanac), each) for at, each in pairs]
    return found


def rows(made: Mapping[int, Sequence[Run]]) -> dict[tuple[int, int], Row]:
    """By rate and size."""
    return {
        (rate, size): _row(
            [each for one in of_rate for each in one.found if each.incident.size == size],
            bound(rate / MINUTES, size, rate * demand.hours_a_day() * MONTH * FAMILIES),
        )
        for rate, of_rate in made.items()
        for size in SIZES
    }


def _row(found: Sequence[Found], best: Bound) -> Row:
    drafts = [inf if each.draft is None else each.draft for each in found]
    looks = [inf if each.look is None else each.look for each in found]
    return Row(
        len(found),
        _minutes(looks, 50),
        _minutes(drafts, 50),
        _minutes(drafts, 95),
        round(sum(map(isinf, drafts)) / len(found), 3) if found else 0.0,
        best.median,
        best.p95,
        round(best.missed, 3),
    )


def _minutes(values: Sequence[float], percent: int) -> int | None:
    value = percentile(values, percent) if values else inf
    return None if isinf(value) else int(value)


def false_drafts(of_rate: Sequence[Run]) -> float:
    """In 30 days, of all families of a desk together."""
    return round(sum(one.false for one in of_rate) * MONTH / sum(one.days for one in of_rate), 2)


HEAD = "rate   size    n   look  draft    p95  missed   bound    p95  missed"


def lines(made: Mapping[int, Sequence[Run]], found: Mapping[tuple[int, int], Row]) -> Iterator[str]:
    """A line a rate and size, minutes and shares; then false drafts a rate."""
    yield HEAD
    for (rate, size), row in found.items():
        ours = "".join(_cell(each) for each in (row.look_median_min, row.median_min, row.p95_min))
        best = "".join(_cell(each) for each in (row.bound_median_min, row.bound_p95_min))
        yield (
            f"{rate:>2}/h {size:>5}x{row.incidents:>5}{ours}{row.missed:>8.3f}"
            f" {best}{row.bound_missed:>8.3f}"
        )
    for rate, of_rate in made.items():
        days = sum(one.days for one in of_rate)
        yield f"{rate:>2}/h  false drafts in 30 days: {false_drafts(of_rate):.2f} ({days} days)"


def _cell(minutes: int | None) -> str:
    return f"{'-' if minutes is None else minutes:>7}"


def figures(made: Mapping[int, Sequence[Run]], found: Mapping[tuple[int, int], Row]) -> Figures:
    """What the last line says: the false drafts of all desks, those of each rate, and the rows."""
    every = [one for of_rate in made.values() for one in of_rate]
    return {
        "false_drafts_30d": false_drafts(every),
        **{f"{rate}/h": {"false_drafts_30d": false_drafts(of)} for rate, of in made.items()},
        **{f"{rate}/h {size}x": asdict(row) for (rate, size), row in found.items()},
    }
