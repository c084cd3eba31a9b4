"""How well a matcher does, in one row of figures and along every threshold: pure.

A question is in scope when some entry answers it; shares of none are None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from math import ceil, inf

from bot.insight.trials import Trial
from bot.matching import Answer, Suggest, Verdict
from bot.matching.model import Model
from bot.matching.verdict import judge

TOLERATED = 5
"""Out-of-scope questions, in percent, that may lie above the threshold of `right_at_5`."""


@dataclass(frozen=True, slots=True)
class Judged(Trial):
    """A question with its candidates, likeliest first, and the desk's verdict on it."""

    verdict: Verdict

    @property
    def answered(self) -> str | None:
        """The entry given at once, if one was."""
        return self.verdict.id if isinstance(self.verdict, Answer) else None

    @property
    def suggested(self) -> tuple[str, ...]:
        """The entries offered to choose from."""
        return self.verdict.ids if isinstance(self.verdict, Suggest) else ()

    @property
    def score(self) -> float:
        """Score of the first candidate; below every other when there is none."""
        return self.candidates[0].score if self.candidates else -inf


@dataclass(frozen=True, slots=True)
class Shares:
    """What came of questions: shares, 0 to 1, of those in scope where nothing else is said."""

    n: int
    """Questions, out of scope included."""
    acc1: float | None
    """Share whose first candidate is right."""
    hit3: float | None
    """Share with a right one among the first three candidates."""
    mrr10: float | None
    """Mean of 1 / place of the first right one among ten candidates, 0 when there is none."""
    right_at_5: float | None
    """Share whose first candidate is right with a score above the threshold. The threshold is the
    lowest that at most `TOLERATED` percent of the out-of-scope questions are above."""
    answered_right: float | None
    """Share answered at once with a right entry."""
    answered_wrong: float | None
    """Share answered at once with a wrong entry."""
    suggested_hit: float | None
    """Share that was offered a choice with a right entry in it."""
    oos_answered: float | None
    """Share of the out-of-scope questions that were answered at once."""
    oos_offered: float | None
    """Share of the out-of-scope questions that were offered a choice."""
    answered_by_style: Mapping[str, float | None]
    """By style, share of its questions that were answered at once, rightly or not."""


@dataclass(frozen=True, slots=True)
class Figures(Shares):
    """The same with the times it took: the row that `fapiao-desk match` prints."""

    p50_ms: float
    """Median time of a verdict, in milliseconds."""
    p99_ms: float
    """Time of a verdict that 99 % do not exceed, in milliseconds."""
    build_s: float
    """Time to build the matcher, in seconds."""


def figures(judged: Sequence[Judged], seconds: Sequence[float], build: float) -> Figures:
    """The figures of questions judged by one matcher, each verdict's time, and the building's.

    Raises `ValueError` when there is no question.
    """
    return Figures(
        **asdict(shares(judged)),
        p50_ms=round(1000 * percentile(seconds, 50), 3),
        p99_ms=round(1000 * percentile(seconds, 99), 3),
        build_s=round(build, 3),
    )


def shares(judged: Sequence[Judged]) -> Shares:
    """What came of questions that were judged."""
    own, strange = _scopes(judged)
    least = threshold([one.score for one in strange])
    return Shares(
        n=len(judged),
        acc1=share(one.hit(1) for one in own),
        hit3=share(one.hit(3) for one in own),
        mrr10=share(_reciprocal(one) for one in own),
        right_at_5=share(one.hit(1) and one.score > least for one in own),
        answered_right=share(one.answered in one.question.ids for one in own),
        answered_wrong=share(
            one.answered is not None and one.answered not in one.question.ids for one in own
        ),
        suggested_hit=share(not one.question.ids.isdisjoint(one.suggested) for one in own),
        oos_answered=share(one.answered is not None for one in strange),
        oos_offered=share(bool(one.suggested) for one in strange),
        answered_by_style=_answered_by_style(judged),
    )


def _answered_by_style(judged: Sequence[Judged]) -> dict[str, float | None]:
    styles = sorted({one.question.style for one in judged} - {""})
    return {
        style: share(one.answered is not None for one in judged if one.question.style == style)
        for style in styles
    }


def share(values: Iterable[float]) -> float | None:
    """The mean of shares or of yes and no, to four places; None of nothing."""
    counted = list(values)
    return round(sum(counted) / len(counted), 4) if counted else None


def threshold(strange: Sequence[float]) -> float:
    """The lowest score that at most `TOLERATED` percent of the out-of-scope scores are above.

    It is one of these scores, so those equal to it are not above it, however many they are.
    """
    tolerated = len(strange) * TOLERATED // 100
    return sorted(strange, reverse=True)[tolerated] if strange else -inf


def percentile(values: Sequence[float], percent: int) -> float:
    """The least of the values that `percent` of them do not exceed (nearest rank).

    Raises `ValueError` when there is no value.
    """
    if not values:
        raise ValueError("no value to take a percentile of")
    return sorted(values)[max(ceil(len(values) * percent / 100), 1) - 1]


@dataclass(frozen=True, slots=True)
class Point:
    """What would be if the desk answered from this threshold on, in shares of 0 to 1."""

    threshold: float
    coverage: float
    """In-scope questions that are answered."""
    precision: float | None
    """Right ones among the answered in-scope questions."""
    strange: float | None
    """Out-of-scope questions that are answered."""


def curve(judged: Sequence[Judged], model: Model) -> list[Point]:
    """A point for every score at which one more question is answered, highest first.

    What the model holds back for a flipped word, or as perhaps none is meant, stays held back at
    every threshold, so the point at its own is what its verdicts come to. Raises `ValueError`
    when no question is in scope.
    """
    own, strange = map(len, _scopes(judged))
    if not own:
        raise ValueError("no question in scope, so there is no coverage to show")
    bold = replace(model, answer_from=0.0, suggest_from=0.0)
    daring = [one for one in judged if isinstance(judge(one.candidates, bold), Answer)]
    daring.sort(key=lambda one: -one.score)
    points = []
    answered = right = wrong = 0
    for score, group in groupby(daring, key=lambda one: one.score):
        for one in group:
            answered += bool(one.question.ids)
            right += one.hit(1)
            wrong += not one.question.ids
        points.append(
            Point(
                score,
                answered / own,
                right / answered if answered else None,
                wrong / strange if strange else None,
            )
        )
    return points


def shipped(points: Sequence[Point], model: Model) -> Point | None:
    """The point at the model's own threshold; None when it answers nothing."""
    return next((p for p in reversed(points) if p.threshold >= model.answer_from), None)


def _scopes(judged: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    own = [one for one in judged if one.question.ids]
    return own, [one for one in judged if not one.question.ids]


def _reciprocal(one: Judged) -> float:
    places = (n for n, c in enumerate(one.candidates[:10], 1) if c.id in one.question.ids)
    place = next(places, None)
    return 1 / place if place else 0.0
