import math

import numpy as np
import pytest

from bot.insight.choice import Choice, Choices, fit


def choice(rows: list[list[float]], right: int | None, worth: float = 1.0) -> Choice:
    return Choice(np.array(rows, dtype=float), right, worth)


def test_evidence_of_the_right_candidate_gains_weight() -> None:
    choices = [choice([[1.0, 0.2], [1.0, 0.9]], 1), choice([[1.0, 0.1], [1.0, 0.7]], 1)]
    _, likeness = fit(choices * 10, [0.0, 0.0])
    assert likeness > 1


def test_questions_without_a_right_candidate_teach_to_choose_none() -> None:
    (bias,) = fit([choice([[1.0]], None)] * 20, [0.0])
    assert bias < -1


def test_the_fit_is_a_maximum_wherever_it_starts() -> None:
    choices = [choice([[1.0, 0.8], [1.0, 0.3]], 0), choice([[1.0, 0.5]], None, 3.0)] * 5
    weights = fit(choices, [0.0, 0.0])
    assert fit(choices, [9.0, -30.0]) == pytest.approx(weights, abs=1e-2)
    slope = Choices.of(choices, 2).slope(np.array(weights), 1.0)
    assert all(abs(value) < 1e-2 for value in slope.first)


def test_the_first_derivative_is_the_slope_of_the_height() -> None:
    table = Choices.of([choice([[1.0, 0.8], [0.2, 0.3]], 1), choice([], None)], 2)
    at, step = np.array([0.4, -0.7]), 1e-6
    here = table.slope(at, 1.0)
    for place in range(2):
        moved = at + step * (np.arange(2) == place)
        rise = (table.slope(moved, 1.0).height - here.height) / step
        assert rise == pytest.approx(here.first[place], abs=1e-4)


def test_a_choice_of_nothing_is_no_evidence() -> None:
    nothing = [choice([], None), choice([[0.0]], None)]
    assert fit(nothing, [0.5]) == pytest.approx([0.0])
    assert math.isfinite(Choices.of(nothing, 1).slope(np.array([0.5]), 1.0).height)
