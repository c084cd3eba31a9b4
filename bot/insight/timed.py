"""Build a matcher, ask it every question, and take the time of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from time import perf_counter

from bot.insight.figures import Judged
from bot.insight.trials import Entries, Question
from bot.matching import Lexicon, Matcher
from bot.matching.lexicon import NONE
from bot.matching.meaning import Encoder
from bot.matching.model import Model

WARM_UP = 50
"""Phrasings asked before the clock runs, so that all tables are loaded and no question is met."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of every question, the seconds each verdict took, and those of the building."""

    judged: Sequence[Judged]
    seconds: Sequence[float]
    build: float


def run(
    entries: Entries,
    questions: Sequence[Question],
    lexicon: Lexicon = NONE,
    model: Model | None = None,
    encoder: Encoder | None = None,
) -> Run:
    """Each question to a matcher built anew from the entries."""
    start = perf_counter()
    matcher = Matcher(entries, lexicon, model, encoder)
    build = perf_counter() - start
    for phrasing in islice(chain.from_iterable(entries.values()), WARM_UP):
        matcher.verdict(phrasing)
    judged, seconds = [], []
    for question in questions:
        start = perf_counter()
        verdict, candidates = matcher.consider(question.text)
        seconds.append(perf_counter() - start)
        judged.append(Judged(question, candidates, verdict))
    return Run(judged, seconds, build)
