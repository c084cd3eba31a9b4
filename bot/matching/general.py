"""How much the words of a sentence tell in themselves, by their counts in general Chinese.

A rare word is what a sentence is about (改签, 书签), a common one (怎么, 一下) is not. A FAQ that
says neither knows nothing of this: to it both are as rare as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np
import rjieba

from .rows import Flags, Floats, Numbers
from .sound import sounded
from .space import Space
from .text import terms
from .topics import Topics

COUNTED = 60_101_967
"""Words that the dictionary has counted."""
RAREST = 14.0
"""Negative logarithm of the share of a word that tells as much as can be: one in a million."""
LATIN = 0.64
"""What a word in Latin letters tells, which the dictionary has not counted."""
FEW = 0.05
"""What a sentence tells at least, so that there is a share of it."""
HEARD = "heard"


@lru_cache(1 << 14)
def information(word: str) -> float:
    """What a word tells, from 0 for one that is everywhere to 1."""
    if word.isascii():
        return LATIN
    # The dictionary tells the count that makes it keep a word whole: one more than the word has.
    count = rjieba.suggest_freq(word) - 1 if rjieba.has_word(word) else 0
    return min(log(COUNTED / max(count, 1)) / RAREST, 1.0)


@dataclass(frozen=True, slots=True)
class Told:
    """The syllables of a sentence, what each tells, and the grams by which they are known.

    A syllable is known by a pair that it stands in, one that is a word of its own also alone.
    """

    information: Floats
    """By syllable: its part of what its word tells."""
    pairs: Numbers
    """The gram of each pair of neighbours."""
    alone: Numbers
    """The places of syllables that are words."""
    words: Numbers
    """Their grams."""

    @classmethod
    def of(cls, normalised: str, space: Space) -> Told:
        """From a normalised sentence, with the grams of a space."""
        words = [(word, sound) for word in terms(normalised) if (sound := sounded(word))]
        sounds = "".join(sound for _, sound in words)
        sizes = [len(sound) for _, sound in words]
        each = [information(word) / len(sound) for word, sound in words]
        alone = [place for place, size in zip(_starts(sizes), sizes, strict=True) if size == 1]
        return cls(
            np.array(each, dtype=np.float64).repeat(sizes),
            _numbers(space, [one + other for one, other in pairwise(sounds)]),
            np.array(alone, dtype=np.intp),
            _numbers(space, [sounds[place] for place in alone]),
        )

    def whole(self) -> float:
        """What the whole sentence tells."""
        return float(self.information.sum())

    def unheard(self, unseen: int) -> float:
        """What is told in syllables that no phrasing knows."""
        known = self._known((self.pairs < unseen)[None], (self.words < unseen)[None])
        return float((~known[0]) @ self.information)

    def unsaid(self, entries: Numbers, topics: Topics) -> Floats:
        """For some entries, what is told in syllables that the entry does not know."""
        said = topics.says(np.concatenate((self.pairs, self.words)), entries)
        known = self._known(said[:, : len(self.pairs)], said[:, len(self.pairs) :])
        unsaid: Floats = (~known) @ self.information
        return unsaid

    def _known(self, pairs: Flags, words: Flags) -> Flags:
        """By row the syllables that are known by these pairs and words."""
        known = np.zeros((len(pairs), len(self.information)), dtype=bool)
        known[:, : pairs.shape[1]] |= pairs
        known[:, len(self.information) - pairs.shape[1] :] |= pairs
        known[:, self.alone] |= words
        return known


def _starts(sizes: Sequence[int]) -> list[int]:
    ends = np.cumsum(sizes, dtype=np.intp)
    starts: list[int] = (ends - sizes).tolist()
    return starts


def _numbers(space: Space, grams: Sequence[str]) -> Numbers:
    unseen = len(space.rarity) - 1
    number = space.number[HEARD]
    return np.array([number.get(gram, unseen) for gram in grams], dtype=np.intp)
