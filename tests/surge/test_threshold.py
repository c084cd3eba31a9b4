from __future__ import annotations

import numpy as np
import pytest

from bot.surge.threshold import BEFORE, LEAST_DAYS, LOWEST, OF_FAMILIES, reached, thresholds

CHANCE = np.random.default_rng(4)
PEAKS = 4 + CHANCE.exponential(1.2, (3, 56))


def test_the_threshold_is_reached_as_seldom_as_it_says() -> None:
    often = 0.1
    passed = []
    for _ in range(200):
        peaks = CHANCE.exponential(1.5, 3 * 56)
        height = reached(peaks, 56, often)
        passed.append(3 * np.exp(-height / 1.5))
    assert 0.5 * often < np.mean(passed) < 1.5 * often


def test_days_on_which_more_was_usual_raise_it() -> None:
    assert thresholds(PEAKS + 3).draft == pytest.approx(thresholds(PEAKS).draft + 3)


def test_one_day_of_a_great_surge_does_not() -> None:
    spiked = PEAKS.copy()
    spiked[0, 50] = 5000.0
    assert thresholds(spiked).draft < thresholds(PEAKS).draft + 1


def test_a_first_look_takes_less_and_a_draft_five_persons() -> None:
    found = thresholds(PEAKS)
    assert found.look < found.draft
    assert thresholds(PEAKS / 10).draft == LOWEST > 4 * np.log(6)


def test_few_days_make_none_of_their_own() -> None:
    few = PEAKS.copy()
    few[:, LEAST_DAYS - 1 :] = np.nan
    assert thresholds(few).draft == BEFORE
    assert thresholds(PEAKS[:, :LEAST_DAYS], OF_FAMILIES).draft != BEFORE
