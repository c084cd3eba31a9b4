"""How much evidence a draft needs: as much as days without a surge have had too seldom to matter.

Of the highest evidence of each day and family, the upper part falls off by e at every so many nats;
where it falls to the budget is the threshold. A highest value of all would be of one day alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log

import numpy as np

from .usual import Floats

OF_FAMILIES, OF_DISTRICTS = 0.35 / 30, 0.03 / 30
"""False drafts a day, of all families together and of the districts. One in 30 days is promised;
days to come are unlike those that were seen, and made demand has up to twice as many."""
LOOKS = 10 / 30
"""First looks a day that turn out to be nothing."""
TAIL = 0.25
"""Share of the days that shows how the evidence falls off."""
THOUGHT = 10.0
"""Days of the tail that are thought to fall off by one nat, as they would by known rates."""
FURTHEST = 4.0
"""Times the usual distance from where the tail begins, beyond which a day is a surge that nobody
declared: it must not raise the threshold for the next one."""
LOWEST = 8.5
"""Less than this no draft needs: it takes five persons at least."""
LEAST_DAYS = 14
BEFORE = 14.0
"""The threshold until so many days were seen."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Evidence, in nats, for a draft and for a quiet first look."""

    draft: float
    look: float


def thresholds(peaks: Floats, often: float = OF_FAMILIES) -> Thresholds:
    """For so many false drafts a day, by the highest evidence of each family and day, (families,
    days), NaN where none was seen.
    """
    seen = peaks[np.isfinite(peaks)]
    days = int(np.isfinite(peaks).any(axis=0).sum())
    if days < LEAST_DAYS:
        return Thresholds(BEFORE, BEFORE / 2)
    draft = max(LOWEST, reached(seen, days, often))
    return Thresholds(draft, min(reached(seen, days, LOOKS), draft))


def reached(peaks: Floats, days: int, often: float) -> float:
    """The evidence that is reached `often` a day, by the peaks of so many days."""
    falling = np.sort(peaks)[::-1]
    size = floor(len(falling) * TAIL)
    begin = falling[size]
    beyond = falling[:size] - begin
    usual = float(np.median(beyond)) / log(2)
    beyond = np.minimum(beyond, FURTHEST * usual)
    known = size + THOUGHT
    # A day to come exceeds an exponential tail of which the scale is learned as a Pareto one.
    longer = known * ((size / days / often) ** (1 / known) - 1)
    return float(begin + (beyond.sum() + THOUGHT) / known * longer)
