"""How much likelier a surge is than the usual, at every minute: a bank of Poisson CUSUMs.

For each of a few multiples, what was counted since some minute is weighed as if it came at so many
times the usual rate; the beginning and the multiple that say most count. What is looked at ends
`LOOK_BACK` minutes ago, so the test has no memory besides the counts themselves.
"""

from __future__ import annotations

import numpy as np

from . import windows
from .usual import Floats

MULTIPLES = (2.5, 6.0)
"""One that small and one that big surges are found with, which take no threshold each."""
LOOK_BACK = 480
"""Minutes that a surge may have gone on for."""
OVER = 7.0
"""How much likelier the usual has to be than the first of the multiples, for a surge to be over."""
_LOGS = np.log(MULTIPLES)[:, None, None]


def tolls(usual: Floats) -> Floats:
    """What each minute costs each multiple, (multiples, families, minutes), where this many reports
    are usual.
    """
    costs: Floats = (np.array(MULTIPLES)[:, None, None] - 1) * usual
    return costs


def evidence(counts: Floats, tolls: Floats) -> Floats:
    """In nats, the highest log-likelihood ratio of any beginning and multiple at the end of each
    minute, never below 0: (families, minutes).
    """
    walk = _walk(counts, tolls)
    gained = walk - windows.lowest(walk, LOOK_BACK + 1)
    found: Floats = gained.max(axis=0)[:, 1:]
    return found


def beginning(counts: Floats, tolls: Floats) -> int:
    """The likeliest first minute of a surge that goes on in the last minute, of one family:
    `counts` (1, minutes), `tolls` (multiples, 1, minutes).
    """
    walk = _walk(counts, tolls)[:, 0, -LOOK_BACK - 1 :]
    lowest = walk.min(axis=1)
    best = int(np.argmax(walk[:, -1] - lowest))
    last = int(np.flatnonzero(walk[best] == lowest[best])[-1])
    return int(counts.shape[1] + 1 - walk.shape[1] + last)


def over(counts: Floats, tolls: Floats) -> int | None:
    """The first minute at which a surge of one family that was noticed before the first minute is
    over; None while it goes on.
    """
    walk = _walk(counts, tolls)[0, 0]
    lost = np.maximum.accumulate(walk) - walk
    ends = np.flatnonzero(lost >= OVER)
    return int(ends[0]) - 1 if len(ends) else None


def _walk(counts: Floats, tolls: Floats) -> Floats:
    """Log-likelihood ratios since before the first minute: (multiples, families, 1 + minutes)."""
    gains = counts * _LOGS - tolls
    return np.concatenate([np.zeros((*gains.shape[:2], 1)), np.cumsum(gains, axis=2)], axis=2)
