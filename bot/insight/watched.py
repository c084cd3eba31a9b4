"""What a desk that watches made demand knows, and what it learns each night.

Nothing here decides what a surge is; that is `bot.surge`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.insight import demand
from bot.insight.demand import DISTRICTS, FAMILIES, Chance, Reports
from bot.surge import districts, watch
from bot.surge.counting import counted
from bot.surge.days import Days
from bot.surge.threshold import OF_DISTRICTS, Thresholds, thresholds
from bot.surge.usual import Floats, fit
from bot.surge.watch import DAY, LEAD, Surge

HISTORY = 56
CITY = FAMILIES
"""Stands for several districts in the place of a family."""


@dataclass(frozen=True, slots=True)
class Today:
    """One day behind the minutes before it that its test needs: `part` of all minutes, and what is
    usual in these, by what the last night taught; thresholds a row, the families and the city.
    """

    part: slice
    usual: Floats
    shares: Floats
    thresholds: tuple[Thresholds, ...]


class Watched:
    """All minutes of a demand as they are counted, a person once, and what became of them.

    `counts` are (streams, minutes), `known` are minutes of surges, which the test leaves out, and
    `declared` those of them that the history leaves out as well. `peaks` is the highest evidence
    of each day: (families and the city, days). `open` are surges that go on.
    """

    def __init__(self, rates: Floats, days: Days, chance: Chance) -> None:
        made = [demand.reports(rate, chance) for rate in rates[:-1]]
        self.days = days
        self.reports = [_once(each) for each in made]
        streams = [np.bincount(each.minute, minlength=rates.shape[1]) for each in self.reports]
        self.counts = np.array([*streams, chance.poisson(rates[-1])], np.float64)
        self.known = np.zeros(self.counts.shape, np.bool_)
        self.declared = np.zeros(self.counts.shape, np.bool_)
        self.peaks = np.full((FAMILIES + 1, len(days)), np.nan)
        self.open: dict[int, Surge | None] = {}
        self._replay()

    def _replay(self) -> None:
        """What the days before the first that is judged would have been to the test."""
        past = slice(0, HISTORY * DAY)
        hours, kept = watch.hours(self.counts[:, past]), watch.whole_hours(self.known[:, past])
        usual = watch.replayed(hours, kept, self.days[:HISTORY])
        rows = self._evidence(past, usual, self._shares(HISTORY))
        self.peaks[:, :HISTORY] = watch.peaks(rows, np.zeros(rows.shape, np.bool_))

    def today(self, day: int) -> Today:
        """What is known in the morning of a day, by the `HISTORY` days before it."""
        past, near = slice(day - HISTORY, day), self.days[day - 1 : day + 2]
        minutes = slice(past.start * DAY, past.stop * DAY)
        kept = watch.whole_hours(self.declared[:, minutes])
        usual = fit(watch.hours(self.counts[:, minutes]), kept, self.days[past]).minutes(near)
        of_families = thresholds(self.peaks[:-1, past])
        of_city = thresholds(self.peaks[-1:, past], OF_DISTRICTS)
        return Today(
            slice(day * DAY - LEAD, (day + 1) * DAY),
            usual[:, DAY - LEAD : 2 * DAY],
            self._shares(day),
            (of_families,) * FAMILIES + (of_city,),
        )

    def evidence(self, today: Today) -> Floats:
        """By families and last the city, (rows, minutes), with what is known of surges by now."""
        return self._evidence(today.part, today.usual, today.shares)

    def _evidence(self, part: slice, usual: Floats, shares: Floats) -> Floats:
        counts, known = self.counts[:, part], self.known[:, part]
        by_district = self._by_district(part)
        city = watch.of_districts(by_district, counts, usual, known, shares)
        return np.concatenate([watch.weigh(counts, usual, known).evidence, city[None]])

    def begin(self, today: Today, family: int, minute: int, declared: bool) -> None:
        """A surge was noticed at the end of a minute of today's; staff declare it or do not."""
        self.open[family] = None
        if family == CITY:
            return
        part = today.part
        weighed = watch.weigh(self.counts[:, part], today.usual, self.known[:, part])
        surge = watch.surge(weighed, family, minute)
        self.open[family] = surge
        began = part.start + surge.began
        self.known[family, began:] = True
        self.declared[family, began:] |= declared

    def over(self, today: Today, family: int, minute: int, city: Floats) -> int | None:
        """The first minute of today's from this one on in which an open surge is over."""
        if family == CITY:
            calm = np.flatnonzero(city[minute:] < today.thresholds[CITY].look)
            return minute + int(calm[0]) if len(calm) else None
        part = today.part
        return watch.over(self.counts[:, part], today.usual, self.known[:, part], family, minute)

    def end(self, today: Today, family: int, minute: int) -> None:
        """An open surge is over in a minute of today's."""
        del self.open[family]
        if family != CITY:
            self.known[family, today.part.start + minute + 1 :] = False
            self.declared[family, today.part.start + minute + 1 :] = False

    def close(self, day: int, rows: Floats, drafted: Floats) -> None:
        """Keep the highest evidence of a day outside of known surges, and what was `drafted` by
        evidence (rows,) and dismissed, NaN where nothing was.
        """
        known = self.known[:-1, day * DAY : (day + 1) * DAY]
        out = np.concatenate([known, known.all(axis=0, keepdims=True)])
        self.peaks[:, day] = np.fmax(watch.peaks(rows[:, LEAD:], out)[:, 0], drafted)

    def _shares(self, day: int) -> Floats:
        """Of the districts, by the weeks before a day."""
        past = slice((day - HISTORY) * DAY, day * DAY)
        told = self._by_district(past, HISTORY * DAY).sum(axis=(0, 2))
        return districts.shares(told, float(self.counts[:-1, past].sum()))

    def _by_district(self, part: slice, step: int = 1) -> Floats:
        """Counts of a part of the minutes, (families, districts, steps of so many minutes)."""
        steps = (part.stop - part.start) // step
        rows = []
        for each in self.reports:
            begin, end = np.searchsorted(each.minute, (part.start, part.stop))
            minute, district = each.minute[begin:end] - part.start, each.district[begin:end]
            told = district >= 0
            at = district[told] * steps + minute[told] // step
            rows.append(np.bincount(at, minlength=DISTRICTS * steps))
        return np.array(rows, np.float64).reshape(FAMILIES, DISTRICTS, steps)


def _once(made: Reports) -> Reports:
    counts = counted(made.minute, made.person)
    return Reports(made.minute[counts], made.person[counts], made.district[counts])
