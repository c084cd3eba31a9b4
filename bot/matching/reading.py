"""A sentence made ready to be compared: in several ways, as a whole and clause by clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .foreign import Foreign
from .general import Told
from .guard import Guard, Marks
from .sound import sounds_of, typed_in_pinyin
from .space import Space, Vector, grams
from .text import HALF, clauses, normalise, terms, units

WAYS: Mapping[str, Callable[[str], Sequence[str]]] = {
    "spelled": lambda text: grams(units(text)),
    "single": units,
    "worded": terms,
    "heard": lambda text: grams(sounds_of(text)),
}
"""The ways of looking at a normalised sentence: by characters and their neighbours, by characters
alone, by words, by sounds."""
SOUGHT = ("spelled", "heard")
"""The ways in which phrasings are found; all are compared in all ways."""

CLAUSES = 12
"""Clauses looked at one by one; of a longer story the first and the last ones."""
COURTESIES = 64
"""Clauses that are remembered: most people say 你好, 谢谢 or 急 beside what they ask."""
STORY = 24
"""Syllables above which a message is a story: it may name the weather, the bank and the cat in
passing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question with all that is compared of it."""

    text: str
    normalised: str
    sounds: str
    vector: Vector
    """In all ways."""
    clauses: tuple[Vector, ...]
    """Each clause as heard, if there are several."""
    marks: Marks
    foreign: frozenset[str]
    strange: float
    """Share of its sounds, 0 to 1, that stand in no pair which some phrasing has."""
    stranger: tuple[float, float]
    """How close, 0 to 1, the closest foreign sentence is, as spelled and as heard."""
    told: Told
    """What it tells, word by word."""
    mute: bool
    """Typed in pinyin: only its sounds can be compared."""

    @property
    def comparable(self) -> Vector:
        """The ways in which it can be compared: one typed in pinyin only as heard."""
        return self.vector.only("heard") if self.mute else self.vector

    @property
    def story(self) -> bool:
        """Whether it tells more than it asks."""
        return len(self.sounds) > STORY


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns text into sentences with the rarities of one FAQ and its synonyms."""

    fold: Callable[[str], str]
    space: Space
    foreign: Foreign
    guard: Guard

    def read(self, text: str) -> Sentence:
        """The sentence of any text."""
        normalised = self.fold(normalise(text))
        sounds = sounds_of(normalised)
        parts = clauses(text)
        if len(parts) > CLAUSES:
            parts = parts[: CLAUSES // 3] + parts[-(CLAUSES - CLAUSES // 3) :]
        mute = typed_in_pinyin(normalised)
        found = {way: of(normalised) for way, of in WAYS.items()}
        return Sentence(
            text=HALF.sub(" ", text),
            normalised=normalised,
            sounds=sounds,
            vector=self.space.vector(found),
            clauses=tuple(self._hear(part) for part in parts) if len(parts) > 1 else (),
            marks=self.guard.marks(normalised, mute),
            foreign=self.foreign.words_in(normalised, sounds if mute else ""),
            # A story is full of words that are no part of its question.
            strange=self._strange(sounds, found["heard"]) if len(parts) < 2 else 0.0,
            stranger=self.foreign.closest_to(found["spelled"], found["heard"]),
            told=Told.of(found["worded"], self.space),
            mute=mute,
        )

    def _hear(self, clause: str) -> Vector:
        return _heard(self.space, self.fold, clause)

    def _strange(self, sounds: str, heard: Sequence[str]) -> float:
        known = self.space.number["heard"]
        pairs = enumerate(heard[len(sounds) :])
        met = {place for first, pair in pairs if pair in known for place in (first, first + 1)}
        return 1 - len(met) / max(len(sounds), 1)


@lru_cache(COURTESIES)
def _heard(space: Space, fold: Callable[[str], str], clause: str) -> Vector:
    """The same one for the same clause, so that what is found for it is remembered as well."""
    return space.vector({"heard": grams(sounds_of(fold(clause)))})
