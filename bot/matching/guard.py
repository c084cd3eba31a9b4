"""Tells sentences apart that are alike but for one word which turns the meaning.

能查到 and 查不到 share nearly every character, and so do sentences with another number or with
opposite words (上传, 下载). The marks of a sentence are what of this it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import NONE, Lexicon
from .sound import romanised
from .text import Folding, normalise

KEPT = 1 << 14
"""Sentences whose marks are remembered: every phrasing of a FAQ, compared again and again."""

_OPEN_QUESTION = re.compile(r"(.)[不没](?=\1)|\b([a-z]+) (?:bu|mei) (?=\2\b)", re.ASCII)
"""A verb affirmed and denied asks openly and denies nothing (能不能, 有没有)."""
_TAIL_QUESTION = re.compile(r"(?:[了过到好完]没有?|有.*没有|不)$")
_DENIAL = re.compile(
    r"不|没|无|未|(?<![区特识级类辨分])别|勿|莫|非(?!常)|失败"
    r"|\b(?:not|no|cannot|cant|failed|without|bu|mei|shi bai|wu fa)\b",
    re.ASCII,
)
_NUMBER = re.compile(r"\d+")


def denied(normalised: str) -> bool:
    """Whether a normalised sentence denies something; an open question does not."""
    if not _DENIAL.search(normalised):
        return False
    open_ = _OPEN_QUESTION.sub("", normalised)
    return bool(_DENIAL.search(_TAIL_QUESTION.sub("", open_)))


@dataclass(frozen=True, slots=True)
class Marks:
    """What turns the meaning of a sentence: whether it denies, its numbers, its opposite words."""

    denied: bool
    numbers: frozenset[str]
    sides: frozenset[tuple[int, int]]
    """(pair, side) of each opposite word met whose other side is not met too."""

    def contradict(self, other: Marks) -> bool:
        """Whether one denies what the other affirms, names another number, or the opposite."""
        return (
            self.denied != other.denied
            or bool(self.numbers and other.numbers and self.numbers.isdisjoint(other.numbers))
            or any((pair, 1 - side) in other.sides for pair, side in self.sides)
        )


class Guard:
    """Finds the marks of sentences by the opposites of a lexicon.

    It keeps no state but a cache of marks and may be shared.
    """

    __slots__ = ("_opposed", "_opposites", "marks")

    def __init__(self, lexicon: Lexicon = NONE) -> None:
        fold = Folding(lexicon.synonyms)
        pairs = [(fold(normalise(one)), fold(normalise(other))) for one, other in lexicon.opposites]
        self.__setstate__(tuple(pair for pair in pairs if all(pair)))

    def __getstate__(self) -> tuple[tuple[str, str], ...]:
        # The cache does not outlive the process.
        return self._opposites

    def __setstate__(self, opposites: tuple[tuple[str, str], ...]) -> None:
        self._opposites = opposites
        words = "|".join(re.escape(word) for pair in self._opposites for word in pair)
        self._opposed = re.compile(words or r"(?!)")
        self.marks = lru_cache(KEPT)(self._marks)

    def _marks(self, normalised: str, mute: bool = False) -> Marks:
        """The marks of a normalised sentence with its synonyms folded; `mute`: of its pinyin."""
        text = romanised(normalised) if mute else normalised
        sides = self._sides(text) if self._opposed.search(text) else frozenset()
        return Marks(denied(text), frozenset(_NUMBER.findall(text)), sides)

    def _sides(self, text: str) -> frozenset[tuple[int, int]]:
        return frozenset(
            (pair, side)
            for pair, words in enumerate(self._opposites)
            for side, word in enumerate(words)
            if word in text and words[1 - side] not in text
        )
