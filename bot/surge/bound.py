"""What nobody can beat: how long a surge goes unnoticed where the usual rate and the multiple of
the surge are known exactly, for a given number of false drafts.

A Poisson CUSUM with these known has the least mean delay from its worst start among all tests with
as few false drafts (Lorden, Moustakides). A surge begins at no chosen moment, so the delays are
those from a random start, which are a little shorter. All of it is computed by a Markov chain over
cells of the CUSUM's value, without chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log

import numpy as np

from .usual import Floats

CELLS = 120
LASTS = 240
"""Minutes of the surge that are looked at."""
SETTLED = 12
"""Doublings of a minute after which the chain has forgotten its start."""
STEPS = 7
RARE = 1e-13


@dataclass(frozen=True, slots=True)
class Bound:
    """Minutes until a half and until 95 % of the surges are noticed, None where they are not while
    they last; `missed` is the share of those, 0 to 1.
    """

    median: int | None
    p95: int | None
    missed: float


def bound(rate: float, multiple: float, reports: float) -> Bound:
    """For a usual `rate` of reports a minute, where one false draft in so many usual `reports` is
    allowed.
    """
    usual, surging = _chains(rate, multiple, _threshold(rate, multiple, reports / rate))
    settled = usual
    for _ in range(SETTLED):
        settled = settled @ settled
        settled /= settled.sum(axis=1).max()
    state = settled[0] / settled[0].sum()
    left = [1.0]
    for _ in range(LASTS):
        state = state @ surging
        left.append(float(state.sum()))
    return Bound(_falls(left, 0.5), _falls(left, 0.05), left[-1])


def _falls(left: list[float], share: float) -> int | None:
    return next((minute for minute, each in enumerate(left) if each <= share), None)


def _threshold(rate: float, multiple: float, minutes: float) -> float:
    """The threshold with so many minutes until a false draft: their logarithm is nearly straight in
    it, so secants find it.
    """
    tried = [(height, _until(rate, multiple, height)) for height in (6.0, 9.0)]
    for _ in range(STEPS):
        (one, first), (other, second) = tried[-2:]
        if abs(second - log(minutes)) < 1e-3 or second == first:
            break
        height = other + (log(minutes) - second) * (other - one) / (second - first)
        height = min(max(height, 1.0), 20.0)
        tried.append((height, _until(rate, multiple, height)))
    return min(tried, key=lambda each: abs(each[1] - log(minutes)))[0]


def _until(rate: float, multiple: float, height: float) -> float:
    """The logarithm of the mean minutes from zero to a false draft."""
    usual, _ = _chains(rate, multiple, height)
    return log(float(np.linalg.solve(np.eye(CELLS) - usual, np.ones(CELLS))[0]))


def _chains(rate: float, multiple: float, height: float) -> tuple[Floats, Floats]:
    """From cell to cell within a minute, as usual and in a surge; what is missing from one in a row
    is noticed.
    """
    cells = np.arange(CELLS) * (height / CELLS)
    usual, surging = np.zeros((2, CELLS, CELLS))
    most = int(multiple * rate + 12 * (multiple * rate) ** 0.5 + 12)
    for count in range(most):
        reached = np.maximum(cells + count * log(multiple) - (multiple - 1) * rate, 0.0)
        place = reached / (height / CELLS)
        low = np.floor(place).astype(np.intp)
        for chain, mean in ((usual, rate), (surging, multiple * rate)):
            chance = float(np.exp(count * log(mean) - mean - lgamma(count + 1)))
            if chance < RARE:
                continue
            for cell, part in ((low, 1 - (place - low)), (low + 1, place - low)):
                within = np.flatnonzero(cell < CELLS)
                chain[within, cell[within]] += chance * part[within]
    return usual, surging
