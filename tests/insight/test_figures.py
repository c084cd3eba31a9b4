"""The figures, on trials whose figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import pytest

from bot.insight.figures import Judged, Point, curve, figures, percentile, shipped, threshold
from bot.insight.trials import Question
from bot.matching import Candidate
from bot.matching.verdict import judge
from bot.matching.weights import SHIPPED

MODEL = replace(SHIPPED, answer_from=0.7, known_from=0.0, suggest_from=0.2, flipped=0.6)


def judged(right: str, *found: tuple[str, float], conflict: float = 0.0) -> Judged:
    """A question answered by the entries named in `right`, a letter each, and what was found."""
    candidates = [Candidate(id_, score, id_, {"conflict": conflict}) for id_, score in found]
    return Judged(Question("问", frozenset(right)), candidates, judge(candidates, MODEL))


OWN = [
    judged("a", ("a", 0.9), ("b", 0.05)),
    judged("b", ("a", 0.8), ("b", 0.15)),
    judged("cx", ("c", 0.5), ("b", 0.2)),
    judged("d", ("a", 0.3), ("b", 0.2), ("c", 0.1), ("e", 0.06), ("d", 0.05)),
    judged("e"),
]
STRANGE = [judged("", ("a", 0.95)), judged("", ("b", 0.6)), *[judged("", ("c", 0.1))] * 9]
ALL = [*OWN, *STRANGE, *[judged("")] * 9]


def right_at_5(own: Sequence[Judged], strange: Sequence[Judged]) -> float | None:
    return figures([*own, *strange], [0.0], 0.0).right_at_5


def test_every_figure_is_the_share_it_says() -> None:
    found = figures(ALL, [0.001, 0.004, 0.002], 0.12345)
    assert found.n == 25
    assert found.acc1 == 0.4
    assert found.hit3 == 0.6
    assert found.mrr10 == 0.54  # (1 + 1/2 + 1 + 1/5 + 0) / 5
    assert found.right_at_5 == 0.2  # one of twenty may lie above, so above 0.6: only the first
    assert (found.answered_right, found.answered_wrong, found.suggested_hit) == (0.2, 0.2, 0.2)
    assert (found.oos_answered, found.oos_offered) == (0.05, 0.05)
    assert (found.p50_ms, found.p99_ms, found.build_s) == (2.0, 4.0, 0.123)


def test_a_score_equal_to_the_threshold_is_not_above_it() -> None:
    tied = [judged("", ("a", 0.9))] * 2 + [judged("")] * 18
    assert right_at_5(OWN, tied) == 0.0
    assert right_at_5([judged("a", ("a", 0.91))], tied) == 1.0


def test_fewer_than_twenty_strangers_tolerate_none_above() -> None:
    assert threshold([0.1, 0.9, 0.5] + [0.0] * 16) == 0.9
    assert threshold([0.1, 0.9, 0.5] + [0.0] * 17) == 0.5


def test_strangers_without_candidates_lie_below_everything() -> None:
    assert right_at_5(OWN, [judged("")] * 3) == 0.4
    assert threshold([-inf] * 3) == -inf


def test_shares_of_no_questions_are_none() -> None:
    own, strange = figures(OWN, [0.0], 0.0), figures(STRANGE, [0.0], 0.0)
    assert own.oos_answered is None
    assert own.right_at_5 == own.acc1
    assert [strange.acc1, strange.mrr10, strange.right_at_5, strange.answered_wrong] == [None] * 4


def test_a_candidate_after_the_tenth_counts_for_nothing() -> None:
    others = [(letter, 0.05) for letter in "bcdefghijk"]
    assert figures([judged("a", *others, ("a", 0.01))], [0.0], 0.0).mrr10 == 0.0


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert (percentile(values, 50), percentile(values, 99), percentile([7.0], 99)) == (50, 99, 7)
    with pytest.raises(ValueError, match="no value"):
        percentile([], 50)


def test_the_curve_has_a_point_wherever_one_more_question_is_answered() -> None:
    assert curve(ALL, MODEL) == [
        Point(0.95, 0.0, None, 0.05),
        Point(0.9, 0.2, 1.0, 0.05),
        Point(0.8, 0.4, 0.5, 0.05),
        Point(0.6, 0.4, 0.5, 0.1),
        Point(0.5, 0.6, 2 / 3, 0.1),
        Point(0.3, 0.8, 0.5, 0.1),
        Point(0.1, 0.8, 0.5, 0.55),
    ]


def test_the_shipped_point_is_what_the_verdicts_come_to() -> None:
    asked = [*ALL, judged("c", ("c", 0.99), conflict=0.9)]
    here, found = shipped(curve(asked, MODEL), MODEL), figures(asked, [0.0], 0.0)
    assert here is not None
    assert found.answered_right is not None
    assert found.answered_wrong is not None
    assert here.coverage == pytest.approx(found.answered_right + found.answered_wrong, abs=1e-3)
    assert here.strange == found.oos_answered


def test_what_the_guard_holds_back_is_answered_at_no_threshold() -> None:
    assert curve([judged("a", ("a", 0.99), conflict=0.9)], MODEL) == []


def test_a_threshold_that_answers_nothing_has_no_point() -> None:
    assert shipped(curve([judged("a", ("a", 0.6))], MODEL), MODEL) is None


def test_a_score_at_the_models_threshold_is_answered() -> None:
    asked = [judged("a", ("a", 0.7))]
    assert shipped(curve(asked, MODEL), MODEL) == Point(0.7, 1.0, 1.0, None)
    assert figures(asked, [0.0], 0.0).answered_right == 1.0


def test_without_questions_in_scope_there_is_no_curve() -> None:
    with pytest.raises(ValueError, match="no question in scope"):
        curve(STRANGE, MODEL)
