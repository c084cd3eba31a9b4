import math

import pytest

from bot.insight.choice import Choice, fit, slope, solve


def test_a_system_of_equations_is_solved_even_with_a_zero_on_the_diagonal() -> None:
    assert solve([[0.0, 2.0], [4.0, 0.0]], [6.0, 8.0]) == [2.0, 3.0]


def test_evidence_of_the_right_candidate_gains_weight() -> None:
    choices = [Choice([[1.0, 0.2], [1.0, 0.9]], 1), Choice([[1.0, 0.1], [1.0, 0.7]], 1)]
    _, likeness = fit(choices * 10, [0.0, 0.0])
    assert likeness > 1


def test_questions_without_a_right_candidate_teach_to_choose_none() -> None:
    (bias,) = fit([Choice([[1.0]], None)] * 20, [0.0])
    assert bias < -1


def test_the_fit_is_a_maximum_wherever_it_starts() -> None:
    choices = [Choice([[1.0, 0.8], [1.0, 0.3]], 0), Choice([[1.0, 0.5]], None, 3.0)] * 5
    weights = fit(choices, [0.0, 0.0])
    assert fit(choices, [9.0, -30.0]) == pytest.approx(weights, abs=1e-2)
    assert all(abs(value) < 1e-2 for value in slope(choices, weights, 1.0).first)


def test_a_choice_of_nothing_is_no_evidence() -> None:
    assert fit([Choice([], None)], [0.5]) == pytest.approx([0.0])
    assert math.isfinite(slope([Choice([], None)], [0.5], 1.0).height)
