"""How likely each entry is meant: evidence of several kinds, one weight each, one probability.

The model is a choice among the candidate entries and 'none of them': every entry has a strength
(the weighted sum of its evidence), none has strength 0, and shares are by exponential. So a close
runner-up lowers the score of the first, and scores of all entries sum to at most 1. The weights
are learned, see `weights`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from .candidates import Index, grams
from .guard import Marks
from .sound import sounds, typed_in_pinyin
from .text import clauses, normalise, units

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence made ready to be compared: as spelled, as heard, and what it must not flip."""

    normalised: str
    sounds: str
    spelled: Vector
    heard: Vector
    clauses: tuple[Vector, ...]
    """Each clause as heard, if there are several."""
    marks: Marks
    foreign: frozenset[str]
    """Foreign words in it (see `Reader`)."""
    strange: float
    """Share of its sounds, 0 to 1, that stand in no pair which some phrasing has."""
    known: float
    """Share of its weight, 0 to 1, in sounds that some stored phrasing has."""
    mute: bool
    """Typed in pinyin: only its sounds can be compared."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns text into sentences with the rarities of one FAQ and its synonyms."""

    fold: Callable[[str], str]
    letters: Index
    syllables: Index
    foreign: Sequence[str] = ()
    """Normalised words for what is no business of this FAQ, unless an entry says them too."""

    def read(self, text: str) -> Sentence:
        normalised = self.fold(normalise(text))
        sound = sounds(normalised)
        heard = self.syllables.weigh(grams(sound))
        parts = clauses(text)
        spelled = units(normalised)
        mute = typed_in_pinyin(normalised)
        # A story is full of words that are no part of its question.
        strange = 1 - covered(sound, self.syllables.rarity) if len(parts) < 2 else 0.0
        return Sentence(
            normalised=normalised,
            sounds=sound,
            spelled=self.letters.weigh(grams(spelled)),
            heard=heard,
            clauses=tuple(map(self._hear, parts)) if len(parts) > 1 else (),
            marks=Marks.of(normalised),
            foreign=frozenset(word for word in self.foreign if word in normalised),
            strange=strange,
            known=sum(w * w for gram, w in heard.items() if gram in self.syllables.rarity),
            mute=mute,
        )

    def _hear(self, clause: str) -> Vector:
        return self.syllables.weigh(grams(sounds(self.fold(clause))))


def covered(sound: Sequence[str], pairs: Container[str]) -> float:
    """Share of the sounds, 0 to 1, that stand in a pair of neighbours found in `pairs`."""
    met = {
        place
        for first, (a, b) in enumerate(pairwise(sound))
        if a + b in pairs
        for place in (first, first + 1)
    }
    return len(met) / max(len(sound), 1)


def dot(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    return sum([one[gram] * other[gram] for gram in one.keys() & other.keys()])


def closeness(asked: Sentence, stored: Sentence) -> dict[str, float]:
    """Evidence, 0 to 1 each, that two sentences ask the same."""
    common = asked.heard.keys() & stored.heard.keys()
    heard = sum([asked.heard[gram] * stored.heard[gram] for gram in common])
    sound_ratio = fuzz.ratio(asked.sounds, stored.sounds) / 100
    longer = len(asked.sounds) > len(stored.sounds)
    spelled = heard if asked.mute else dot(asked.spelled, stored.spelled)
    return {
        "spelled": spelled,
        "heard": heard,
        "ratio": sound_ratio
        if asked.mute
        else fuzz.ratio(asked.normalised, stored.normalised) / 100,
        "sound_ratio": sound_ratio,
        "partial": fuzz.partial_ratio(stored.sounds, asked.sounds) / 100 if longer else sound_ratio,
        "same": float(asked.normalised == stored.normalised),
        "contained": sum([stored.heard[gram] ** 2 for gram in common]),
        "clause": max(
            (dot(part, stored.heard) for part in asked.clauses), default=(spelled + heard) / 2
        ),
    }


def strength(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What all evidence amounts to: its weighted sum."""
    return sum([weight * evidence[name] for name, weight in weights.items()])


def shares(strengths: Sequence[float]) -> list[float]:
    """The probability of each choice beside 'none', whose strength is 0."""
    top = max(0.0, *strengths) if strengths else 0.0
    raised = [math.exp(s - top) for s in strengths]
    whole = math.exp(-top) + sum(raised)
    return [r / whole for r in raised]
