"""Where too few days were seen to know what is usual: a family's share among all that comes."""

from __future__ import annotations

import numpy as np

from .evidence import MULTIPLES
from .usual import Floats

LEAST_DAYS = 28
"""Days of history from which on the usual is known by hour and by day."""
DAMPING = 20.0
"""Reports that are thought to have come evenly."""


def shares(counts: Floats) -> Floats:
    """The share of each family, (families,), in counts of any time, (streams, ...)."""
    of_streams = counts.reshape(len(counts), -1).sum(axis=1)
    damped = of_streams + DAMPING / len(counts)
    found: Floats = damped[:-1] / damped.sum()
    return found


def tolls(counts: Floats, shares: Floats) -> Floats:
    """What each minute costs each multiple, (multiples, families, minutes), given how many came in
    all: a day that is busy for all is none for one, and what hits all alike is not seen.
    """
    rise = np.log1p((np.array(MULTIPLES)[:, None] - 1) * shares)
    costs: Floats = rise[:, :, None] * counts.sum(axis=0)
    return costs
