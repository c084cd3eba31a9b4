"""What the desk does with a sentence: answer, offer a choice, or say that it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .model import Model

SHOWN = 10
"""Candidates that a verdict is made of."""
CHOICES = 4
UNLIKELY = 0.01
"""A choice that one in a hundred would want is not offered beside a better one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A FAQ entry that may be meant.

    `score` is the probability, 0 to 1, that it is this one and neither another nor none; `phrasing`
    the stored one that came closest; `evidence` what the score was made of, by name.
    """

    id: str
    score: float
    phrasing: str
    evidence: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """Sure enough to answer at once."""

    id: str
    score: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class Suggest:
    """Too close to call: up to four entries to choose from, likeliest first, with their scores."""

    ids: tuple[str, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Abstain:
    """Nothing in the FAQ seems to be meant."""


Verdict = Answer | Suggest | Abstain


def judge(candidates: Sequence[Candidate], model: Model) -> Verdict:
    """The verdict on candidates in the order of their scores, each of another entry.

    A first candidate that says nearly the same but for one flipped word is offered, never given.
    """
    together = sum(c.score for c in candidates)
    if not candidates or together < model.suggest_from:
        return Abstain()
    first = candidates[0]
    sure = first.score >= model.answer_from and together >= model.known_from
    if sure and first.evidence["conflict"] < model.flipped:
        return Answer(first.id, first.score, first.phrasing)
    offered = [first, *(c for c in candidates[1:CHOICES] if c.score >= UNLIKELY)]
    return Suggest(tuple(c.id for c in offered), tuple(c.score for c in offered))
