"""Which wishes a short message expresses: a human, yes, no, back, later, solved.

The wishes and their phrases are the authors' data; this only compares. A phrase holds when the
message is that phrase, spelled or sounding; one listed under `contains` also inside a message, and
one under `exactly` only where nothing is left out as filler: 谢谢老师 is not 老师.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .sound import sounds
from .text import KEPT, normalise, plain

SHORTEST_HEARD = 2
"""Syllables a phrase needs to be recognised by sound: one syllable sounds like too many words."""
LONGEST_HEARD = 16
"""Syllables up to which a message is heard through for `contains`: longer ones are stories, in
which chance alone makes some sound."""


_NONE = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Wish:
    """The phrases of one wish, as spelled and as heard, and what must not be taken for it."""

    exactly: frozenset[str]
    equals: frozenset[str]
    equals_heard: frozenset[str]
    contains: tuple[str, ...]
    contains_heard: tuple[str, ...]
    exceptions: tuple[str, ...]
    exceptions_heard: tuple[str, ...]

    @classmethod
    def of(cls, phrases: Mapping[str, Sequence[str]]) -> Wish:
        """From lists of phrases under `equals`, `exactly`, `contains` and `except`, each optional.

        Raises `ValueError` for another key.
        """
        if unknown := phrases.keys() - {"equals", "exactly", "contains", "except"}:
            raise ValueError(f"unknown key {min(unknown)!r}")
        exactly, equals, contains, exceptions = (
            tuple(p for p in map(plain, phrases.get(key, ())) if p)
            for key in ("exactly", "equals", "contains", "except")
        )
        # Without its particle 好了吗 sounds like 好了, so it is an exception in writing only.
        whole = [phrase for phrase in exceptions if normalise(phrase) == phrase]
        same = {*equals, *contains, *map(normalise, (*equals, *contains))}
        return cls(
            frozenset(exactly),
            frozenset(same),
            frozenset(_heard(same)),
            contains,
            _heard(contains),
            tuple(sorted(exceptions, key=len, reverse=True)),
            tuple(sorted(_heard(whole), key=len, reverse=True)),
        )

    def in_(self, spelled: str, heard: str) -> bool:
        """Whether a message, `plain` and by its sounds, expresses the wish."""
        if spelled in self.exactly:
            return True
        left = spelled
        for exception in self.exceptions:
            left = left.replace(exception, "")
        if left != spelled:
            spelled, heard = left, sounds(left)
        for exception in self.exceptions_heard:
            heard = heard.replace(exception, "")
        return (
            not self.equals.isdisjoint((spelled, normalise(spelled)))
            or heard in self.equals_heard
            or any(phrase in spelled for phrase in self.contains)
            or (
                len(heard) <= LONGEST_HEARD
                and any(phrase in heard for phrase in self.contains_heard)
            )
        )


def _heard(phrases: Sequence[str] | set[str]) -> tuple[str, ...]:
    found = (sounds(phrase) for phrase in sorted(phrases))
    return tuple(sound for sound in found if len(sound) >= SHORTEST_HEARD)


class Named(NamedTuple):
    """A phrase with the name of its wish."""

    phrase: str
    name: str


class Phrases:
    """The phrases of all wishes that count as a whole, and those that count inside a message."""

    __slots__ = ("_begins", "_whole")

    def __init__(self, whole: Iterable[Named], inside: Iterable[Named]) -> None:
        self._whole: dict[str, frozenset[str]] = {}
        for each in whole:
            self._whole[each.phrase] = self.same(each.phrase) | {each.name}
        self._begins: dict[str, list[Named]] = {}
        for each in inside:
            self._begins.setdefault(each.phrase[:2], []).append(each)

    def same(self, text: str) -> frozenset[str]:
        """The names of the wishes of which a text is a phrase."""
        return self._whole.get(text, _NONE)

    def inside(self, text: str) -> Iterator[str]:
        """The names of the wishes of which a phrase stands in a text, any number of times each."""
        for place, letter in enumerate(text):
            for begin in (letter, text[place : place + 2]):
                for each in self._begins.get(begin, ()):
                    if text.startswith(each.phrase, place):
                        yield each.name


class Words:
    """All wishes by name, from data such as `{"human": {"contains": ["转人工"], "except": []}}`."""

    __slots__ = ("_heard", "_means", "_spelled", "_wishes")

    def __init__(self, groups: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.__setstate__({name: Wish.of(phrases) for name, phrases in groups.items()})

    def __getstate__(self) -> dict[str, Wish]:
        # What is looked up is made of the wishes, and the cache does not outlive the process.
        return self._wishes

    def __setstate__(self, wishes: dict[str, Wish]) -> None:
        self._wishes = wishes
        self._means = lru_cache(KEPT)(self._expressed)
        self._spelled = Phrases(
            self._named(lambda wish: wish.equals | wish.exactly),
            self._named(lambda wish: (*wish.contains, *wish.exceptions)),
        )
        self._heard = Phrases(
            self._named(lambda wish: wish.equals_heard),
            self._named(lambda wish: (*wish.contains_heard, *wish.exceptions_heard)),
        )

    def _named(self, of: Callable[[Wish], Iterable[str]]) -> Iterator[Named]:
        return (Named(each, name) for name, wish in self._wishes.items() for each in of(wish))

    def means(self, text: str) -> frozenset[str]:
        """The names of the wishes that a message expresses, often none."""
        return self._means(text)

    def just(self, text: str) -> frozenset[str]:
        """The names of the wishes of which a message is a phrase and nothing else."""
        return self._spelled.same(plain(text))

    def without(self, name: str, text: str) -> str:
        """The text without the phrases that make it this wish, spelled plainly where it has any."""
        whole = left = plain(text)
        for phrase in self._wishes[name].contains if name in self._wishes else ():
            left = left.replace(phrase, "")
        return text if left == whole else left

    def _expressed(self, text: str) -> frozenset[str]:
        spelled, heard = plain(text), sounds(text)
        said = {*self._spelled.inside(spelled), *self._heard.inside(heard)}
        said |= self._spelled.same(spelled) | self._spelled.same(normalise(spelled))
        said |= self._heard.same(heard)
        return frozenset(name for name in said if self._wishes[name].in_(spelled, heard))
