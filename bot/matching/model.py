"""The numbers that the matcher learns, and what they are; `weights` has those that come along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """What each evidence weighs, and from which probability, 0 to 1, the desk dares what.

    The desk answers when the first entry has `answer_from` and all entries together have
    `known_from`, for a wrong answer is worse where none is right; it suggests when all together
    have `suggest_from`. `flipped` is the likeness, 0 to 1, from which a contradiction between
    question and phrasing means one flipped word, not another way of saying it: two of eight
    syllables may differ, a word exchanged in a short sentence.
    """

    weights: Mapping[str, float]
    answer_from: float
    known_from: float
    suggest_from: float
    flipped: float
