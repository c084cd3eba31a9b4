from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.surge import evidence as cusum
from bot.surge import windows

RATES = st.floats(0.01, 3)


def walk(rate: float, count: int, seed: int, times: float = 1) -> np.ndarray:
    return np.random.default_rng(seed).poisson(rate * times, (1, count)).astype(np.float64)


@given(st.integers(1, 60), st.integers(1, 50), st.integers(0, 99))
def test_windows_are_what_they_say(length: int, width: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(2, length))
    last = [slice(max(0, end - width + 1), end + 1) for end in range(length)]
    least = np.array([[row[each].min() for each in last] for row in rows])
    whole = np.array([[row[each].sum() for each in last] for row in rows])
    np.testing.assert_array_equal(windows.lowest(rows, width), least)
    np.testing.assert_allclose(windows.sums(rows, width), whole, atol=1e-9)


@settings(deadline=None)
@given(RATES, st.integers(0, 99))
def test_evidence_is_the_best_of_all_beginnings_and_multiples(rate: float, seed: int) -> None:
    counts = walk(rate, 40, seed)
    tolls = cusum.tolls(np.full((1, 40), rate))
    found = cusum.evidence(counts, tolls)[0]
    for end in range(40):
        scores = [
            counts[0, begin : end + 1].sum() * np.log(multiple)
            - (multiple - 1) * rate * (end + 1 - begin)
            for begin in range(end + 1)
            for multiple in cusum.MULTIPLES
        ]
        assert np.isclose(found[end], max(0, *scores))


def test_evidence_forgets_what_lies_too_far_back() -> None:
    counts = walk(1, 2000, 3)
    tolls = cusum.tolls(np.full((1, 2000), 1.0))
    late = slice(2000 - cusum.LOOK_BACK - 1, None)
    alone = cusum.evidence(counts[:, late], tolls[:, :, late])
    assert np.isclose(alone[0, -1], cusum.evidence(counts, tolls)[0, -1])


def test_a_surge_is_dated_to_about_its_beginning() -> None:
    found = []
    for seed in range(20):
        counts = np.concatenate([walk(0.5, 300, seed), walk(0.5, 30, seed + 99, 5)], axis=1)
        found.append(cusum.beginning(counts, cusum.tolls(np.full((1, 330), 0.5))))
    assert abs(float(np.median(found)) - 300) <= 2
    assert np.abs(np.array(found) - 300).max() <= 20


def test_a_surge_is_over_when_the_usual_is_back_and_not_before() -> None:
    for seed in range(20):
        counts = np.concatenate([walk(0.5, 200, seed, 4), walk(0.5, 120, seed + 99)], axis=1)
        tolls = cusum.tolls(np.full((1, 320), 0.5))
        end = cusum.over(counts, tolls)
        assert end is not None
        assert 200 <= end < 260
        assert cusum.over(counts[:, :200], tolls[:, :, :200]) is None
