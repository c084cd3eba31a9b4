"""How many reports are usual in each hour of a day: learned from the weeks before it.

A rate is the product of an hour's profile (of working days or of days off), a factor of the weekday
and a factor for each mark of the day. Where days are few, a factor keeps close to what it would be
without them: that of one stream to that of all together, that of all together to one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .days import MARKS, NO_WEEKDAY, Days, Flags

Floats = npt.NDArray[np.float64]

HOURS = 24
MINUTES = 60
ROUNDS = 6
NOISE = 0.04
"""Variance of a day's level, which no number of reports makes smaller: 20 % of deviation."""
SPREAD_OF_ALL = 0.09
"""Variance of a factor about one, before any day is seen."""
SPREAD_OF_ONE = 0.01
"""Variance of a factor of one stream about that of all."""
PROFILE_REPORTS = 20.0
"""Reports an hour of the day that a stream is thought to have had like all others."""
CLIP = 3.0
"""Deviations beyond which a cell is taken for what it is not usual to be."""
LEAST = 1e-4
"""Reports an hour, below which nothing is usual."""


@dataclass(frozen=True, slots=True)
class Usual:
    """`profile` is reports an hour (streams, off and working, 24), `weekday` (streams, 8) and
    `marks` (streams, marks) are factors.
    """

    profile: Floats
    weekday: Floats
    marks: Floats

    def hours(self, days: Days) -> Floats:
        """Usual reports in each hour: (streams, days, 24)."""
        factors = self.weekday[:, days.weekday] * np.exp(np.log(self.marks) @ days.marks.T)
        rates: Floats = np.maximum(self.profile[:, days.working] * factors[:, :, None], LEAST)
        return rates

    def minutes(self, days: Days) -> Floats:
        """Usual reports in each minute: (streams, minutes of all days), without steps between
        hours.
        """
        return by_minute(self.hours(days))


def by_minute(hours: Floats) -> Floats:
    """Rates an hour (streams, days, 24) as rates a minute (streams, minutes): straight from the
    middle of each hour to the next, and so that about as many come within the hour.
    """
    rates = hours.reshape(len(hours), -1)
    # The mean of an hour is an eighth of each neighbour's middle and three quarters of its own.
    beside = np.pad(rates, ((0, 0), (1, 1)), mode="edge")
    middles = np.maximum(rates - (beside[:, :-2] - 2 * rates + beside[:, 2:]) / 8, rates / 2)
    at = (np.arange(rates.shape[1] * MINUTES) + 0.5) / MINUTES - 0.5
    places = np.arange(rates.shape[1])
    return np.array([np.interp(at, places, row) for row in middles]) / MINUTES


def fit(counts: Floats, kept: Flags, days: Days) -> Usual:
    """Learn from reports an hour, (streams, days, 24); cells that are not `kept` teach nothing."""
    whole = np.logical_and.reduce(kept, axis=0, keepdims=True)
    one = Usual(np.zeros((1, 2, HOURS)), np.ones((1, NO_WEEKDAY + 1)), np.ones((1, len(MARKS))))
    together = _fit(counts.sum(axis=0, keepdims=True), whole, days, one, 0.0, SPREAD_OF_ALL)
    seen = np.where(kept, counts, 0.0).sum(axis=(1, 2))
    thought = np.where(kept, together.hours(days), 0.0).sum(axis=(1, 2))
    shares = (seen / np.maximum(thought, LEAST))[:, None, None]
    streams = len(counts)
    prior = Usual(
        together.profile * shares,
        np.repeat(together.weekday, streams, axis=0),
        np.repeat(together.marks, streams, axis=0),
    )
    return _fit(counts, kept, days, prior, PROFILE_REPORTS, SPREAD_OF_ONE)


def _fit(
    counts: Floats, kept: Flags, days: Days, prior: Usual, reports: float, spread: float
) -> Usual:
    """Factor after factor, each made to fit what the others leave, a few rounds."""
    usual = prior
    types = np.stack([days.working == 0, days.working == 1])
    columns = np.stack([days.weekday == each for each in range(NO_WEEKDAY + 1)])
    for turn in range(ROUNDS):
        seen = counts if turn < 2 else np.minimum(counts, _highest(usual.hours(days)))
        seen = np.where(kept, seen, 0.0)
        usual = Usual(
            _profile(seen, kept, days, usual, prior, types, reports), usual.weekday, usual.marks
        )
        ratio, weight = _of_days(seen, kept, usual.hours(days))
        weekday = _factors(usual.weekday, prior.weekday, columns, ratio, weight, spread)
        weekday[:, NO_WEEKDAY] = 1.0
        usual = Usual(usual.profile, weekday, usual.marks)
        ratio, weight = _of_days(seen, kept, usual.hours(days))
        marks = _factors(usual.marks, prior.marks, days.marks.T, ratio, weight, spread)
        usual = Usual(usual.profile, usual.weekday, marks)
    return usual


def _highest(usual: Floats) -> Floats:
    highest: Floats = usual + CLIP * np.sqrt(usual + 2 * NOISE * usual**2) + 1
    return highest


def _profile(
    seen: Floats, kept: Flags, days: Days, usual: Usual, prior: Usual, types: Flags, reports: float
) -> Floats:
    flat = Usual(np.ones_like(prior.profile), usual.weekday, usual.marks)
    exposed = np.einsum("td,sdh->sth", types.astype(float), np.where(kept, flat.hours(days), 0.0))
    counted = np.einsum("td,sdh->sth", types.astype(float), seen)
    thought = reports / np.maximum(prior.profile, LEAST)
    profile: Floats = (counted + reports) / np.maximum(exposed + thought, LEAST)
    return profile


def _of_days(seen: Floats, kept: Flags, usual: Floats) -> tuple[Floats, Floats]:
    """For each day, how many times the usual it had, and how much that tells."""
    thought = np.where(kept, usual, 0.0).sum(axis=2)
    ratio = seen.sum(axis=2) / np.maximum(thought, LEAST)
    return ratio, thought / (1 + NOISE * thought)


def _factors(
    old: Floats, prior: Floats, columns: Flags, ratio: Floats, weight: Floats, spread: float
) -> Floats:
    """The factors after a round, a column for each group of days; `columns` is (groups, days)."""
    of_groups = columns.astype(float).T
    told = (weight * ratio) @ of_groups * old
    factors: Floats = (prior / spread + told) / (1 / spread + weight @ of_groups)
    return factors
