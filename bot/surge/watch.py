"""The test of a minute, or of many at once: what is usual now, what speaks for a surge, since when.

Counts are (streams, minutes): the families, and last all other questions. A minute's evidence needs
the `LEAD` minutes before it and nothing else, so a desk that starts anew loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import districts, shares
from . import evidence as cusum
from .days import Days, Flags
from .level import WINDOW, level, of_questions, without
from .usual import HOURS, MINUTES, Floats, by_minute, fit

LEAD = cusum.LOOK_BACK + WINDOW
"""Minutes before the first whose evidence is wanted."""
DAY = HOURS * MINUTES
FOLDS = 4


@dataclass(frozen=True, slots=True)
class Weighed:
    """`counts` and `usual` (families, minutes) and `tolls` (multiples, families, minutes), nothing
    in any where minutes belong to known surges; `evidence` (families, minutes) in nats.
    """

    counts: Floats
    usual: Floats
    tolls: Floats
    evidence: Floats


@dataclass(frozen=True, slots=True)
class Surge:
    """A family that rises: minutes counted as in the arrays it was found in. `persons` reported
    since it `began`, where `usual` would have on a day like this.
    """

    family: int
    began: int
    noticed: int
    persons: int
    usual: float


def weigh(counts: Floats, usual: Floats, left_out: Flags) -> Weighed:
    """By what is usual a minute, (streams, minutes); minutes that are `left_out` say nothing."""
    seen, thought = without(counts, left_out), without(usual, left_out)
    today = thought[:-1] * level(seen, thought)
    tolls = cusum.tolls(today)
    return Weighed(seen[:-1], today, tolls, cusum.evidence(seen[:-1], tolls))


def weigh_by_shares(counts: Floats, of_all: Floats, left_out: Flags) -> Weighed:
    """By the share of each stream, (streams,), as `shares` tells it before there is a usual."""
    seen = without(counts, left_out)[:-1]
    tolls = shares.tolls(counts, of_all, left_out)
    usual = shares.usual(counts, of_all, left_out)
    return Weighed(seen, usual, tolls, cusum.evidence(seen, tolls))


def surge(weighed: Weighed, family: int, minute: int) -> Surge:
    """The surge of a family of which enough speaks at the end of a minute."""
    one = slice(family, family + 1)
    counts, tolls = weighed.counts[one, : minute + 1], weighed.tolls[:, one, : minute + 1]
    began = cusum.beginning(counts, tolls)
    usual = float(weighed.usual[family, began : minute + 1].sum())
    return Surge(family, began, minute, int(counts[0, began:].sum()), usual)


def over(counts: Floats, usual: Floats, left_out: Flags, family: int, since: int) -> int | None:
    """The first minute in which a surge is over that was noticed before the minute `since`; None
    while it goes on. Of its own family nothing is left out.
    """
    others = level(without(counts, left_out), without(usual, left_out))
    one = slice(family, family + 1)
    tolls = cusum.tolls(usual[one] * others[one])
    ends = cusum.over(counts[one, since:], tolls[:, :, since:])
    return None if ends is None else since + ends


def of_districts(
    by_district: Floats, counts: Floats, usual: Floats, left_out: Flags, of_all: Floats
) -> Floats:
    """Evidence that several districts fail, (minutes,): `by_district` (families, districts,
    minutes), `of_all` (districts,) the share of each in all reports.
    """
    seen = np.where(left_out[:-1, None, :], 0.0, by_district).sum(axis=0)
    thought = without(usual, left_out)[:-1].sum(axis=0) * of_questions(counts, usual)
    return districts.evidence(seen, of_all[:, None] * thought)


def hours(counts: Floats) -> Floats:
    """Counts by minute of whole days, (streams, minutes), by hour: (streams, days, 24)."""
    found: Floats = counts.reshape(len(counts), -1, HOURS, MINUTES).sum(axis=3)
    return found


def whole_hours(left_out: Flags) -> Flags:
    """Which hours nothing is left out of: (streams, days, 24)."""
    kept = left_out.reshape(len(left_out), -1, HOURS, MINUTES).any(axis=3)
    return np.logical_not(kept)


def replayed(counts: Floats, kept: Flags, days: Days) -> Floats:
    """What would have been usual in each minute of days that were seen, (streams, minutes), each
    part of them as the other parts teach it; `counts` and `kept` are (streams, days, 24).
    """
    usual = np.empty_like(counts)
    for part in np.array_split(np.arange(len(days)), FOLDS):
        others = kept.copy()
        others[:, part] = False
        usual[:, part] = fit(counts, others, days).hours(days)[:, part]
    return by_minute(usual)


def peaks(evidence: Floats, left_out: Flags) -> Floats:
    """The highest evidence of each whole day, (rows, days), NaN where all of it is left out."""
    seen = np.where(left_out, -np.inf, evidence).reshape(len(evidence), -1, DAY).max(axis=2)
    highest: Floats = np.where(np.isfinite(seen), seen, np.nan)
    return highest
