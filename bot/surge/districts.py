"""Core functions that fail in several districts at once: an expectation-based Poisson scan.

Each district is held against what is usual there, not against the other districts, so that a rise
of the whole city counts in full. Most reports tell no district; they are no part of this.
"""

from __future__ import annotations

import numpy as np

from . import windows
from .usual import LEAST, Floats

WINDOW = 60
"""Minutes that are looked at."""
SEVERAL = 3
"""Districts that have to fail together."""
TIMES = 2.0
"""Times the usual from which on a district fails, given that two persons there say so."""
PERSONS = 2
DAMPING = 100.0
"""Reports that are thought to have come evenly from all districts."""


def shares(counts: Floats, total: float) -> Floats:
    """The share of each district in so many reports, of which it had (districts,)."""
    known = counts.sum() / max(total, 1.0)
    even = known / len(counts)
    damped: Floats = (counts + DAMPING * even) / (total + DAMPING)
    return damped


def evidence(counts: Floats, usual: Floats) -> Floats:
    """In nats, how much likelier it is at the end of each minute that the districts which fail
    worst do so: (minutes,), 0 where fewer than `SEVERAL` fail. Both are (districts, minutes).
    """
    seen = windows.sums(counts, WINDOW)
    thought = np.maximum(windows.sums(usual, WINDOW), LEAST)
    several = np.flatnonzero(_fails(seen, thought).sum(axis=0) >= SEVERAL)
    found = np.zeros(counts.shape[1])
    score, _ = _scan(seen[:, several], thought[:, several])
    found[several] = score.max(axis=0)
    return found


def failing(counts: Floats, usual: Floats) -> tuple[int, ...]:
    """Which districts fail at the end of the last minute, worst first."""
    seen = counts[:, -WINDOW:].sum(axis=1, keepdims=True)
    thought = np.maximum(usual[:, -WINDOW:].sum(axis=1, keepdims=True), LEAST)
    score, order = _scan(seen, thought)
    best = int(np.argmax(score[:, 0]))
    return tuple(int(each) for each in order[: best + 1, 0]) if score[best, 0] > 0 else ()


def _fails(seen: Floats, thought: Floats) -> np.ndarray:
    return (seen >= PERSONS) & (seen >= TIMES * thought)


def _scan(seen: Floats, thought: Floats) -> tuple[Floats, np.ndarray]:
    """The score of the worst one, two, ... districts at each minute, and the order of districts."""
    fails = _fails(seen, thought)
    order = np.argsort(np.where(fails, -seen / thought, 0.0), axis=0, kind="stable")
    seen, thought, fails = (np.take_along_axis(each, order, 0) for each in (seen, thought, fails))
    together, expected = np.cumsum(seen, axis=0), np.cumsum(thought, axis=0)
    score = together * np.log(np.maximum(together, 1.0) / expected) + expected - together
    score = np.where(fails, score, 0.0)
    score[: SEVERAL - 1] = 0.0
    return score, order
