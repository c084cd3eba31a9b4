"""Many phrasings, and questions about them, made of the words in `words.toml`.

The same size gives the same sentences on every machine, and a smaller one the first of a larger.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

from bot.matching.text import normalise

WORDS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
SEED = 20260101
SHORTEST, LONGEST = 6, 30
FEWEST, MOST = 20, 40
"""Phrasings of one entry."""
STRANGE = 0.15
"""Share of questions that no entry answers."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one entry is about: its id, the names of its subject, its need in several ways."""

    id: str
    names: Sequence[str]
    kind: str
    ways: Sequence[str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Entries (id -> phrasings), and all their phrasings as normalised: no two are the same."""

    entries: Mapping[str, Sequence[str]]
    normalised: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, and the entry that answers it; None when no entry does."""

    text: str
    id: str | None


def topics() -> list[Topic]:
    """Every subject with every need, well mixed."""
    needs = [(kind, ways) for kind in ("action", "symptom") for ways in WORDS[f"{kind}s"]]
    found = [
        Topic(f"{subject[0]}-{number}", subject, kind, ways)
        for subject, (number, (kind, ways)) in product(WORDS["subjects"], enumerate(needs))
    ]
    Random(SEED).shuffle(found)
    return found


def sentence(topic: Topic, frames: Mapping[str, Sequence[str]], chance: Random) -> str:
    """One wording of a topic, with or without a time, a person, a place and a tone around it."""
    around = {
        part: chance.choice(words["of"]) if chance.random() < words["often"] else ""
        for part, words in WORDS["around"].items()
    }
    need = chance.choice(topic.ways).format(s=chance.choice(topic.names))
    asked = chance.choice(frames[topic.kind]).format(w=need)
    front = "".join(around[part] for part in ("openings", "times", "people", "places"))
    return front + asked + around["tones"]


def corpus(size: int) -> Corpus:
    """`size` phrasings of 6 to 30 characters. Raises `ValueError` beyond what the words yield."""
    seen: set[str] = set()
    entries: dict[str, tuple[str, ...]] = {}
    for topic in topics():
        if len(seen) == size:
            break
        chance = Random(f"{SEED} {topic.id}")
        wanted = min(chance.randint(FEWEST, MOST), size - len(seen))
        entries[topic.id] = tuple(islice(_unseen(topic, chance, seen), wanted))
    if len(seen) < size:
        raise ValueError(f"the words yield {len(seen)} phrasings, not {size}")
    return Corpus(entries, frozenset(seen))


def _unseen(topic: Topic, chance: Random, seen: set[str]) -> Iterator[str]:
    while True:
        text = sentence(topic, WORDS["phrasings"], chance)
        plain = normalise(text)
        if SHORTEST <= len(text) <= LONGEST and plain not in seen:
            seen.add(plain)
            yield text


def questions(known: Corpus, count: int) -> list[Question]:
    """Questions in other words than the phrasings, with slips, some about something else."""
    chance = Random(SEED + count)
    about = [topic for topic in topics() if topic.id in known.entries]
    return [_question(chance, about, known) for _ in range(count)]


def _question(chance: Random, about: Sequence[Topic], known: Corpus) -> Question:
    if chance.random() < STRANGE:
        strangers = WORDS["strangers"]
        place, asked = chance.choice(strangers["places"]), chance.choice(strangers["asked"])
        return Question(place + asked, None)
    topic = chance.choice(about)
    while True:
        text = sentence(topic, WORDS["questions"], chance)
        for _ in range(chance.choice((0, 0, 1, 1, 1, 2))):
            text = chance.choice(SLIPS)(text, chance.randrange(len(text) - 1))
        if normalise(text) not in known.normalised:
            return Question(text, topic.id)


def _drop(text: str, place: int) -> str:
    return text[:place] + text[place + 1 :]


def _drop_two(text: str, place: int) -> str:
    return text[:place] + text[place + 2 :]


def _double(text: str, place: int) -> str:
    return text[: place + 1] + text[place:]


def _swap(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _mistype(text: str, place: int) -> str:
    """The first character from `place` on that a keyboard takes for another."""
    for at in range(place, len(text)):
        if text[at] in TWINS:
            return text[:at] + TWINS[text[at]] + text[at + 1 :]
    return text


TWINS: Mapping[str, str] = dict(WORDS["slips"]["twins"])
SLIPS: tuple[Callable[[str, int], str], ...] = (_drop, _drop_two, _double, _swap, _mistype)
