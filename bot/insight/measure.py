"""How well the matcher does, style by style."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.insight.figures import Judged
from bot.insight.trials import Trial
from bot.matching.model import Model
from bot.matching.verdict import SHOWN, judge

COLUMNS = ("n", "acc1", "hit3", "right", "wrong", "offered", "has it")
WIDTH = 16
"""Of the column of styles, at least."""


def judged(trials: Sequence[Trial], model: Model) -> list[Judged]:
    """The trials with the verdicts that a model comes to."""
    return [Judged(t.question, t.candidates, judge(t.candidates[:SHOWN], model)) for t in trials]


def lines(asked: Sequence[Judged]) -> Iterator[str]:
    """A line of figures a style, as shares of its questions: ranking and verdicts.

    `right` and `wrong` were answered directly, `offered` got suggestions, of which some `has it`.
    Of out-of-scope questions every answer is wrong. Questions without a style count in the lines
    of their scope.
    """
    styles: dict[str, list[Judged]] = defaultdict(list)
    for one in asked:
        styles["= in scope" if one.question.ids else "= out of scope"].append(one)
        if one.question.style:
            styles[one.question.style].append(one)
    width = max([WIDTH, *(len(style) + 1 for style in styles)])
    yield "style".ljust(width) + "".join(name.rjust(8) for name in COLUMNS)
    for style, group in sorted(styles.items()):
        counts = (
            sum(one.hit(1) for one in group),
            sum(one.hit(3) for one in group),
            sum(one.answered in one.question.ids for one in group),
            sum(one.answered not in {None, *one.question.ids} for one in group),
            sum(bool(one.suggested) for one in group),
            sum(not one.question.ids.isdisjoint(one.suggested) for one in group),
        )
        shares = "".join(f"{count / len(group):8.3f}" for count in counts)
        yield f"{style:{width}}{len(group):8}{shares}"
