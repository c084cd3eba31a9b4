"""How well the matcher does, style by style."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.insight.trials import Trial
from bot.matching import Answer, Suggest
from bot.matching.verdict import judge
from bot.matching.weights import SHIPPED, Model

COLUMNS = ("n", "acc1", "hit3", "right", "wrong", "offered", "has it")
SHOWN = 10
"""Candidates a verdict is made of, as `Matcher.verdict` does."""


def table(trials: Sequence[Trial], model: Model = SHIPPED) -> Iterator[str]:
    """A line of figures a style, as shares of its questions: ranking and verdicts.

    `right` and `wrong` were answered directly, `offered` got suggestions, of which some `has it`.
    Of out-of-scope questions every answer is wrong.
    """
    styles: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        styles[trial.question.style].append(trial)
        styles["= in scope" if trial.question.ids else "= out of scope"].append(trial)
    yield "style".ljust(16) + "".join(name.rjust(8) for name in COLUMNS)
    for style, group in sorted(styles.items()):
        verdicts = [judge(t.candidates[:SHOWN], model) for t in group]
        pairs = list(zip(group, verdicts, strict=True))
        counts = (
            sum(t.hit(1) for t in group),
            sum(t.hit(3) for t in group),
            sum(isinstance(v, Answer) and t.hit(1) for t, v in pairs),
            sum(isinstance(v, Answer) and not t.hit(1) for t, v in pairs),
            sum(isinstance(v, Suggest) for v in verdicts),
            sum(isinstance(v, Suggest) and not t.question.ids.isdisjoint(v.ids) for t, v in pairs),
        )
        yield f"{style:16}{len(group):8}" + "".join(f"{c / len(group):8.3f}" for c in counts)
