"""What speaks for an entry: from the closest of its phrasings, and from the entry as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from .guard import Guard
from .reading import COURTESIES, Sentence
from .space import Floats, Numbers, Space, Vector
from .topics import Topics

Evidence = Mapping[str, Floats]
"""By name, one number for each candidate."""

TOLD = (
    "topic_single", "topic_worded", "topic_heard", "topic_clause", "part_heard", "said_worded",
    "said_heard", "said_clause", "contained", "clause", "known",
)  # fmt: skip
"""What weighs otherwise in a story, where most words are no part of the question: it counts a
second time there, as `told_` and its name, with a weight of its own."""
_TOLD = {name: f"told_{name}" for name in TOLD}
SAME_HEARD = 4
"""Syllables from which two sentences that sound the same are the same, typed in pinyin or with
the wrong characters; shorter ones may be different words."""


def seen_as(asked: Sentence, way: str) -> str:
    """The way in which a sentence can be compared: one typed in pinyin only as heard."""
    return "heard" if asked.mute else way


def closeness(asked: Sentence, numbers: Numbers, spaces: Mapping[str, Space]) -> Evidence:
    """For some phrasings the cosine, 0 to 1, in each way; how much of the phrasing is in the
    sentence; and the cosine with the closest clause.
    """
    compared = {
        way: spaces[way].compare(asked.vectors[way], numbers)
        for way in {seen_as(asked, way) for way in spaces}
    }
    found = {way: compared[seen_as(asked, way)][0] for way in spaces}
    clause = (found["spelled"] + found["heard"]) / 2
    if asked.clauses:
        space = spaces["heard"]
        clause = np.maximum.reduce(space.cosines(asked.clauses, numbers))
    return {**found, "contained": compared["heard"][1], "clause": clause}


def likeness(asked: Sentence, stored: Sequence[tuple[str, str]], guard: Guard) -> Evidence:
    """For some phrasings, (normalised, sounds) each, how alike the sequences are, 0 to 1."""
    texts, heard = [text for text, _ in stored], [sounds for _, sounds in stored]
    sound = _alike(fuzz.ratio, asked.sounds, heard)
    partial = sound.copy()
    shorter = [n for n, sounds in enumerate(heard) if len(sounds) < len(asked.sounds)]
    if shorter:
        partial[shorter] = _alike(fuzz.partial_ratio, asked.sounds, [heard[n] for n in shorter])
    marks = [guard.marks(text, asked.mute) for text in texts]
    same = [
        asked.normalised == text
        or (like == 1.0 and len(sounds) >= SAME_HEARD and asked.marks.numbers == mark.numbers)
        for text, sounds, like, mark in zip(texts, heard, sound.tolist(), marks, strict=True)
    ]
    against = [asked.marks.contradict(mark) for mark in marks]
    return {
        "ratio": sound if asked.mute else _alike(fuzz.ratio, asked.normalised, texts),
        "sound_ratio": sound,
        "partial": partial,
        "same": np.array(same, dtype=np.float64),
        "denied": np.array([asked.marks.denied != m.denied for m in marks], dtype=np.float64),
        "conflict": sound * np.array(against, dtype=np.float64),
    }


def _alike(scorer: Callable[..., float], asked: str, stored: Sequence[str]) -> Floats:
    """The scorer's likeness, 0 to 1, of one sequence to each of some others."""
    return np.array([scorer(asked, each) for each in stored], dtype=np.float64) / 100


def belonging(asked: Sentence, entries: Numbers, topics: Mapping[str, Topics]) -> Evidence:
    """For some entries, in each way: the cosine with the entry, 0 to 1, how much of the sentence
    only it says, and how much it says at all; the first and last also for the closest clause.
    """
    compared = {
        way: topics[way].compare(asked.vectors[way])
        for way in {seen_as(asked, way) for way in topics}
    }
    found = {
        f"{kind}_{way}": values[entries]
        for way in topics
        for kind, values in zip(
            ("topic", "part", "said"), compared[seen_as(asked, way)], strict=True
        )
    }
    clauses = [_of_clause(topics["heard"], part) for part in asked.clauses] or [compared["heard"]]
    return {
        **found,
        "topic_clause": np.maximum.reduce([topic for topic, _, _ in clauses])[entries],
        "said_clause": np.maximum.reduce([said for _, _, said in clauses])[entries],
    }


@lru_cache(COURTESIES)
def _of_clause(topics: Topics, clause: Vector) -> tuple[Floats, Floats, Floats]:
    return topics.compare(clause)


def circumstance(asked: Sentence, count: int) -> Evidence:
    """What is the same for every candidate: how much of the sentence the FAQ knows, its length."""
    same = {
        "none": 1.0,
        "known": asked.vectors["heard"].known,
        "known_words": asked.vectors[seen_as(asked, "worded")].known,
        "strange": asked.strange,
        "length": min(len(asked.sounds), 60) / 60,
        "story": float(asked.story),
        "stranger": asked.stranger[asked.mute],
        "stranger_heard": asked.stranger[1],
    }
    rows = np.array(list(same.values())).repeat(count).reshape(len(same), count)
    return dict(zip(same, rows, strict=True))


def told(asked: Sentence, evidence: Evidence) -> Evidence:
    """The evidence of `TOLD` again if the sentence is a story, else zeros."""
    if not asked.story:
        return dict.fromkeys(_TOLD.values(), np.zeros(len(evidence["known"])))
    return {told_name: evidence[name] for name, told_name in _TOLD.items()}
