"""Where too few days were seen to know what is usual: a family's share among all that comes.

A day that is busy for all is then none for one, whatever the calendar says of it; what hits all
alike is not seen.
"""

from __future__ import annotations

import numpy as np

from .days import Flags
from .evidence import MULTIPLES
from .usual import Floats

LEAST_DAYS = 28
"""Days of history from which on the usual is known by hour and by day."""
DAMPING = 20.0
"""Reports that are thought to have come evenly."""


def shares(counts: Floats) -> Floats:
    """The share of each stream, (streams,), in counts of any time, (streams, ...)."""
    damped = counts.reshape(len(counts), -1).sum(axis=1) + DAMPING / len(counts)
    found: Floats = damped / damped.sum()
    return found


def usual(counts: Floats, shares: Floats, left_out: Flags) -> Floats:
    """How many reports of each family are usual, (families, minutes), beside what the others had;
    `counts` and `left_out` are (streams, minutes).
    """
    had = np.where(left_out, 0.0, counts)
    known = np.where(left_out, 0.0, shares[:, None])
    odds = shares[:-1, None] / (known.sum(axis=0) - known[:-1])
    found: Floats = np.where(left_out[:-1], 0.0, odds * (had.sum(axis=0) - had[:-1]))
    return found


def tolls(counts: Floats, shares: Floats, left_out: Flags) -> Floats:
    """What each minute costs each multiple, (multiples, families, minutes), given how many came in
    all.
    """
    together = np.where(left_out, 0.0, counts).sum(axis=0)
    known = np.where(left_out, 0.0, shares[:, None]).sum(axis=0)
    among = np.where(left_out[:-1], 0.0, shares[:-1, None] / known)
    costs: Floats = together * np.log1p((np.array(MULTIPLES)[:, None, None] - 1) * among)
    return costs
