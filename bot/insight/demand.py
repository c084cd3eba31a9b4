"""Made demand for a desk: weeks of reports with all that makes days unlike, and nothing else.

Everything is drawn from one generator, so that the same seed makes the same demand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.surge.days import MARKS, Days
from bot.surge.usual import HOURS, MINUTES, Floats

Ints = npt.NDArray[np.int64]
Chance = np.random.Generator

FAMILIES = 3
QUESTIONS = 3.0
"""All other questions of the desk, as a multiple of the reports of one family."""
OFFICE = slice(9 * MINUTES, 17 * MINUTES)
"""The minutes whose mean on an ordinary working day is what a rate is said of."""
WORKING = ((0.95, 10.3, 1.4), (0.85, 15.2, 1.9), (0.3, 20.5, 1.8))
OFF = ((0.25, 11.0, 2.0), (0.25, 16.0, 3.0), (0.2, 20.5, 2.0))
"""Bumps of an hour profile: height, hour of the middle, width in hours."""
NIGHT = 0.02
WEEKDAYS = (1.15, 1.05, 1.0, 0.95, 0.9, 1.1, 0.95, 1.0)
WORKED = (1, 1, 1, 1, 1, 0, 0)
EARLIER = (1.1, 1.15, 1.25, 1.4, 1.5)
"""Factors of the five days before a deadline: the desk knows one factor for them all."""
FACTORS = {"deadline": 1.8, "month_end": 1.3, "after_holiday": 1.5, "holiday": 0.6}
DAY_NOISE = 0.20
HOUR_NOISE = 0.12
DISTRICTS = 16
UNKNOWN = 0.7
AGAIN = 0.3
"""Share of reports that their person makes once more, and the mean minutes until then."""
AGAIN_AFTER = 60.0


SIZES = (2, 3, 5, 10)
LASTS = 240
"""Minutes of a planted incident."""
EVERY = 2.2
"""Days from one planted incident to the next."""
BEGINS = (9 * 60, 15 * 60)
"""Minutes of a working day between which incidents begin: their hours are those of the rate."""


@dataclass(frozen=True, slots=True)
class Planted:
    """An incident of a family that multiplies its reports by `size` from the minute `begin` on."""

    family: int
    begin: int
    size: int

    @property
    def end(self) -> int:
        """The minute after its last."""
        return self.begin + LASTS


@dataclass(frozen=True, slots=True)
class Reports:
    """One family's reports in order: `minute` and `person` are numbers from the beginning on,
    `district` is -1 where it is not known.
    """

    minute: Ints
    person: Ints
    district: Ints


def rates(rate: float, days: Days, chance: Chance) -> Floats:
    """The true mean of reports a minute: (families and last the questions, minutes of all days).

    Of each day all streams have the same noise, of each hour their own.
    """
    level = np.array(WEEKDAYS)[days.weekday] * _marked(days) * _noise(DAY_NOISE, len(days), chance)
    minutes = (_shape()[days.working] * level[:, None]).ravel() / MINUTES
    streams = np.array([rate] * FAMILIES + [rate * QUESTIONS])
    noise = _noise(HOUR_NOISE, (len(streams), len(days) * HOURS), chance)
    return streams[:, None] * minutes * np.repeat(noise, MINUTES, axis=1)


def hours_a_day() -> float:
    """For how many hours at its rate a day of an ordinary week has reports, on average."""
    of_days = _shape()[np.array(WORKED)].mean(axis=1) * HOURS * np.array(WEEKDAYS[: len(WORKED)])
    return float(of_days.mean())


def _shape() -> Floats:
    """Each minute of a day off and of a working day, as a multiple of the rate."""
    shape = np.stack([_bumps(OFF), _bumps(WORKING)])
    of_rate: Floats = shape / shape[1, OFFICE].mean()
    return of_rate


def _bumps(bumps: tuple[tuple[float, float, float], ...]) -> Floats:
    hour = (np.arange(HOURS * MINUTES) + 0.5) / MINUTES
    parts = [high * np.exp(-(((hour - middle) / wide) ** 2) / 2) for high, middle, wide in bumps]
    shape: Floats = NIGHT + np.sum(parts, axis=0)
    return shape


def _marked(days: Days) -> Floats:
    level = np.ones(len(days))
    for name, factor in FACTORS.items():
        level = level * np.where(days.marks[:, MARKS.index(name)], factor, 1.0)
    near = days.marks[:, MARKS.index("before_deadline")]
    run = 0
    for day, is_near in enumerate(near):
        run = run + 1 if is_near else 0
        level[day] *= EARLIER[min(run, len(EARLIER)) - 1] if run else 1.0
    return level


def _noise(deviation: float, shape: int | tuple[int, ...], chance: Chance) -> Floats:
    """Factors of mean one."""
    variance = np.log1p(deviation**2)
    return chance.lognormal(-variance / 2, np.sqrt(variance), shape)


def planted(days: Days, first: int, chance: Chance) -> list[Planted]:
    """Incidents on working days from the `first` of these days on, of each size as many."""
    found: list[Planted] = []
    sizes: list[int] = []
    for day in np.arange(first + chance.uniform(0, EVERY), len(days), EVERY).astype(int):
        if not days.working[day]:
            continue
        sizes = sizes or [int(size) for size in chance.permutation(SIZES)]
        begin = int(day) * HOURS * MINUTES + int(chance.integers(*BEGINS))
        found.append(Planted(len(found) % FAMILIES, begin, sizes.pop()))
    return found


def with_planted(rates: Floats, incidents: list[Planted]) -> Floats:
    """Rates a minute with the incidents in them."""
    raised = rates.copy()
    for each in incidents:
        raised[each.family, each.begin : each.end] *= each.size
    return raised


def reports(rate: Floats, chance: Chance) -> Reports:
    """Reports of one family by its true rate a minute. Everybody has a person of their own; some
    report again, which is none of the rate.
    """
    minute = np.repeat(np.arange(len(rate)), chance.poisson(rate))
    person = np.arange(len(minute))
    district = np.where(
        chance.random(len(minute)) < UNKNOWN, -1, chance.integers(0, DISTRICTS, len(minute))
    )
    again = chance.random(len(minute)) < AGAIN
    later = minute[again] + 1 + chance.exponential(AGAIN_AFTER, again.sum()).astype(np.int64)
    minutes = np.concatenate([minute, later])
    order = np.argsort(minutes, kind="stable")
    order = order[minutes[order] < len(rate)]
    persons = np.concatenate([person, person[again]])
    districts = np.concatenate([district, district[again]])
    return Reports(minutes[order], persons[order], districts[order])
