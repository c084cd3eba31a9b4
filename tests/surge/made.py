"""Made weeks of a desk for the tests of surges: a small calendar, and days that are all usual."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from bot.insight import demand
from bot.surge import watch
from bot.surge.days import days
from bot.surge.usual import Floats, Usual, fit
from bot.surge.watch import DAY, LEAD, Weighed

FIRST = date(2030, 4, 1)
"""A Monday."""
HOLIDAY = [date(2030, 5, 1) + timedelta(days=n) for n in range(5)]
DEADLINE = 15


class Almanac:
    """Monday to Friday, a holiday of five days in May, taxes until the 15th."""

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5 and day not in HOLIDAY

    def next_deadline(self, day: date) -> date | None:
        this = day.replace(day=DEADLINE)
        return this if day <= this else (this + timedelta(days=31)).replace(day=DEADLINE)


WEEKS = days(FIRST, 63, Almanac())


def truth(rate: float, seed: int = 1) -> Floats:
    """The mean of the reports a minute of three families and of the questions."""
    return demand.rates(rate, WEEKS, np.random.default_rng(seed))


def drawn(rates: Floats, seed: int = 2) -> Floats:
    """Reports a minute, (streams, minutes)."""
    made: Floats = np.random.default_rng(seed).poisson(rates).astype(np.float64)
    return made


def learned(seen: Floats, count: int = 56) -> Usual:
    """What the first days teach."""
    hours = watch.hours(seen[:, : count * DAY])
    return fit(hours, np.ones(hours.shape, np.bool_), WEEKS[:count])


def judged(seen: Floats, day: int, usual: Usual | None = None) -> Weighed:
    """A day with the minutes before it, by what the first eight weeks teach."""
    rates = (usual or learned(seen)).minutes(WEEKS[day - 1 : day + 2])
    part = slice(day * DAY - LEAD, (day + 1) * DAY)
    nothing = np.zeros((len(seen), DAY + LEAD), np.bool_)
    return watch.weigh(seen[:, part], rates[:, DAY - LEAD : 2 * DAY], nothing)
