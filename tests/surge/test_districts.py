from __future__ import annotations

import numpy as np

from bot.surge import districts

USUAL = np.full((16, 300), 0.02)
CALM = np.random.default_rng(2).poisson(USUAL).astype(np.float64)


def raised(where: list[int], times: float) -> np.ndarray:
    seen = CALM.copy()
    seen[where, -60:] += np.random.default_rng(3).poisson(USUAL[where, -60:] * (times - 1))
    return seen


def test_several_districts_that_fail_are_found_and_named() -> None:
    seen = raised([2, 5, 11, 14], 8)
    assert districts.evidence(seen, USUAL)[-1] > 15
    assert {2, 5, 11, 14} <= set(districts.failing(seen, USUAL))


def test_one_or_two_are_not_several() -> None:
    for where in ([3], [3, 9]):
        usual = np.full((16, 300), 0.1)
        usual[:] = 1e-3
        seen = np.zeros((16, 300))
        seen[where, -20:] = 1.0
        assert districts.evidence(seen, usual).max() == 0
        assert districts.failing(seen, usual) == ()


def test_a_rise_of_the_whole_city_counts_in_full() -> None:
    whole, part = raised(list(range(16)), 6), raised([2, 5, 11], 6)
    assert districts.evidence(whole, USUAL)[-1] > districts.evidence(part, USUAL)[-1] > 0


def test_a_usual_day_shows_little() -> None:
    assert districts.evidence(CALM, USUAL).max() < 10


def test_shares_of_few_reports_keep_near_even() -> None:
    few, many = np.array([2.0, 0.0]), np.array([2000.0, 0.0])
    assert districts.shares(few, 10.0)[1] > 0.08
    assert districts.shares(many, 10000.0)[1] < 0.01
    assert np.isclose(districts.shares(many, 10000.0).sum(), 0.2)
