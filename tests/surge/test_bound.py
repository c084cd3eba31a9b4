"""The bound is what a simulated CUSUM comes to that knows everything."""

from __future__ import annotations

import numpy as np
import pytest

from bot.surge.bound import _threshold as threshold
from bot.surge.bound import bound

RATE, MULTIPLE = 0.5, 4.0
REPORTS = 2000.0


def walks(times: float, minutes: int, paths: int) -> np.ndarray:
    chance = np.random.default_rng(6)
    gains = chance.poisson(RATE * times, (minutes, paths)) * np.log(MULTIPLE)
    gains -= (MULTIPLE - 1) * RATE
    value, values = np.zeros(paths), np.empty((minutes, paths))
    for minute in range(minutes):
        value = np.maximum(0, value + gains[minute])
        values[minute] = value
    return values


def test_its_threshold_gives_as_many_false_drafts_as_are_allowed() -> None:
    height = threshold(RATE, MULTIPLE, REPORTS / RATE)
    over = walks(1, 30_000, 60) >= height
    firsts = np.where(over.any(axis=0), over.argmax(axis=0), len(over))
    hits = over.any(axis=0).sum()
    assert firsts.sum() / hits == pytest.approx(REPORTS / RATE, rel=0.4)


def test_its_median_is_that_of_surges_that_are_simulated() -> None:
    height = threshold(RATE, MULTIPLE, REPORTS / RATE)
    over = walks(MULTIPLE, 240, 4000) >= height
    found = bound(RATE, MULTIPLE, REPORTS)
    assert found.median is not None
    assert found.p95 is not None
    assert abs(found.median - np.median(over.argmax(axis=0) + 1)) <= 1
    assert abs(found.p95 - np.percentile(over.argmax(axis=0) + 1, 95)) <= 2


def test_a_bigger_surge_and_a_higher_rate_are_found_sooner() -> None:
    small, big = bound(0.1, 3, 5000), bound(0.1, 6, 5000)
    assert small.median is not None
    assert big.median is not None
    assert big.median < small.median
    assert bound(0.05, 1.5, 5000).median is None
    assert bound(0.05, 1.5, 5000).missed > bound(0.1, 1.5, 5000).missed > 0.5
