"""What speaks for an entry: from the closest of its phrasings, and from the entry as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from .general import FEW
from .guard import Guard
from .reading import COURTESIES, WAYS, Sentence
from .rows import Floats, Numbers
from .space import Space, Vector
from .topics import Topics

CIRCUMSTANCE = (
    "none", "known", "known_words", "strange", "length", "story", "stranger", "stranger_heard",
)  # fmt: skip
CLOSENESS = (*WAYS, "contained", "clause")
LIKENESS = ("ratio", "sound_ratio", "partial", "same", "denied", "conflict")
BELONGING = (
    *(f"{kind}_{way}" for way in WAYS for kind in ("topic", "part", "said")),
    "topic_clause", "said_clause",
)  # fmt: skip
TOLD = (
    "topic_single", "topic_worded", "topic_heard", "topic_clause", "part_heard", "said_worded",
    "said_heard", "said_clause", "contained", "clause", "known", "telling", "unheard",
    "unheard_share", "unsaid", "unsaid_share",
)  # fmt: skip
"""What weighs otherwise in a story, where most words are no part of the question: it counts a
second time there, as `told_` and its name, with a weight of its own."""
_TOLD = tuple(f"told_{name}" for name in TOLD)
TELLING = ("telling", "unheard", "unheard_share", "unsaid", "unsaid_share")
MEANT = ("meant", "topic_meant")
NAMES = (*CIRCUMSTANCE, *CLOSENESS, *LIKENESS, *BELONGING, *TELLING, "foreign", *_TOLD)
"""All evidence in its order; an encoder's, `MEANT`, comes last."""
SAME_HEARD = 4
"""Syllables from which two sentences that sound the same are the same, typed in pinyin or with
the wrong characters; shorter ones may be different words."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A row for each name, with one number for each candidate."""

    names: Sequence[str]
    rows: Floats

    def __getitem__(self, name: str) -> Floats:
        row: Floats = self.rows[self.names.index(name)]
        return row

    def of(self, candidates: Numbers) -> list[Mapping[str, float]]:
        """What there is for each of some candidates, by name."""
        place = _places(tuple(self.names))
        return [Column(place, self.rows, candidate) for candidate in candidates.tolist()]


class Column(Mapping[str, float]):
    """The evidence for one candidate, by name: most of it nobody looks at."""

    __slots__ = ("_candidate", "_place", "_rows")

    def __init__(self, place: Mapping[str, int], rows: Floats, candidate: int) -> None:
        self._place = place
        self._rows = rows
        self._candidate = candidate

    def __getitem__(self, name: str) -> float:
        return float(self._rows[self._place[name], self._candidate])

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


@lru_cache
def _places(names: Sequence[str]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}


def joined(tables: Sequence[Evidence]) -> Evidence:
    """All rows of several tables about the same candidates."""
    names = tuple(chain.from_iterable(table.names for table in tables))
    return Evidence(names, np.concatenate([table.rows for table in tables]))


def circumstance(asked: Sentence, count: int) -> Evidence:
    """What is the same for every candidate: how much of the sentence the FAQ knows, its length."""
    same = (
        1.0,
        asked.vector.known("heard"),
        asked.vector.known("heard" if asked.mute else "worded"),
        asked.strange,
        min(len(asked.sounds), 60) / 60,
        float(asked.story),
        asked.stranger[asked.mute],
        asked.stranger[1],
    )
    return Evidence(CIRCUMSTANCE, np.array(same).repeat(count).reshape(len(same), count))


def closeness(asked: Sentence, numbers: Numbers, space: Space) -> Evidence:
    """For some phrasings the cosine, 0 to 1, in each way; how much of the phrasing is in the
    sentence; and the cosine with the closest clause.
    """
    cosines, contained = space.compare(asked.comparable, numbers)
    clause = (cosines[0] + cosines[-1]) / 2
    if asked.clauses:
        clause = space.cosines(asked.clauses, "heard", numbers).max(axis=0)
    ways = [cosines] * (len(WAYS) // len(cosines))
    return Evidence(CLOSENESS, np.concatenate((*ways, [contained, clause])))


def likeness(asked: Sentence, stored: Sequence[tuple[str, str]], guard: Guard) -> Evidence:
    """For some phrasings, (normalised, sounds) each, how alike the sequences are, 0 to 1."""
    texts, heard = [text for text, _ in stored], [sounds for _, sounds in stored]
    marks = [guard.marks(text, asked.mute) for text in texts]
    sound = _alike(fuzz.ratio, asked.sounds, heard)
    partial = sound.copy()
    shorter = [n for n, sounds in enumerate(heard) if len(sounds) < len(asked.sounds)]
    if shorter:
        partial[shorter] = _alike(fuzz.partial_ratio, asked.sounds, [heard[n] for n in shorter])
    same = np.zeros(len(stored))
    for n in (sound == 1.0).nonzero()[0].tolist():
        known = len(heard[n]) >= SAME_HEARD and asked.marks.numbers == marks[n].numbers
        same[n] = known or asked.normalised == texts[n]
    denied = np.array([mark.denied != asked.marks.denied for mark in marks], dtype=np.float64)
    against = denied
    if asked.marks.numbers or asked.marks.sides:
        against = np.array([asked.marks.contradict(mark) for mark in marks], dtype=np.float64)
    ratio = sound if asked.mute else _alike(fuzz.ratio, asked.normalised, texts)
    rows = (ratio, sound, partial, same, denied, sound * against)
    return Evidence(LIKENESS, np.concatenate(rows).reshape(len(rows), len(stored)))


def _alike(scorer: Callable[..., float], asked: str, stored: Sequence[str]) -> Floats:
    """The scorer's likeness, 0 to 1, of one sequence to each of some others."""
    alike: Floats = cdist([asked], stored, scorer=scorer, dtype=np.float64)[0]
    return alike / 100


def belonging(asked: Sentence, entries: Numbers, topics: Topics) -> Evidence:
    """For some entries, in each way: the cosine with the entry, 0 to 1, how much of the sentence
    only it says, and how much it says at all; the first and last also for the closest clause.
    """
    compared = topics.compare(asked.comparable)
    closest = compared[-1]
    if asked.clauses:
        closest = np.maximum.reduce([_of_clause(topics, clause) for clause in asked.clauses])
    ways = [*compared] * (len(WAYS) // len(compared))
    rows = np.concatenate((*ways, closest[[0, 2]]))
    return Evidence(BELONGING, rows.take(entries, axis=1))


def telling(asked: Sentence, entries: Numbers, topics: Topics) -> Evidence:
    """How much the sentence tells; how much of that is in words which no entry says, and its share;
    for some entries, how much is in words which the entry does not say, and its share.
    """
    told = asked.told
    unheard, unsaid = told.unknown(asked.vector.unseen, entries, topics)
    rows = np.empty((len(TELLING), len(entries)))
    rows[0], rows[1], rows[3] = told.whole, unheard, unsaid
    rows[[2, 4]] = rows[[1, 3]] / max(told.whole, FEW)
    return Evidence(TELLING, rows)


@lru_cache(COURTESIES)
def _of_clause(topics: Topics, clause: Vector) -> Floats:
    heard: Floats = topics.compare(clause)[0]
    return heard


def told(asked: Sentence, evidence: Evidence) -> Evidence:
    """The evidence of `TOLD` again if the sentence is a story, else zeros."""
    if not asked.story:
        return Evidence(_TOLD, np.zeros((len(TOLD), evidence.rows.shape[1])))
    place = _places(tuple(evidence.names))
    return Evidence(_TOLD, evidence.rows[[place[name] for name in TOLD]])
