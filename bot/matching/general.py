"""How much the words of a sentence tell in themselves, by their counts in general Chinese.

A rare word is what a sentence is about (改签, 书签), a common one (怎么, 一下) is not. A FAQ that
says neither knows nothing of this: to it both are as rare as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from math import log
from operator import add

import numpy as np
import rjieba

from .rows import Floats, Numbers
from .sound import sounded
from .space import Space
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
    grams: Numbers
    """Of each pair of neighbours, then of each syllable that is a word."""
    words: Sequence[int]
    """The places of these syllables."""
    whole: float
    """What the whole sentence tells."""

    @classmethod
    def of(cls, terms: Sequence[str], space: Space) -> Told:
        """From the words of a normalised sentence, with the grams of a space."""
        sounds = ""
        told: list[float] = []
        words: list[int] = []
        for term in terms:
            if size := len(sound := sounded(term)):
                if size == 1:
                    words.append(len(told))
                sounds += sound
                told += [information(term) / size] * size
        grams = [*map(add, sounds, sounds[1:]), *(sounds[place] for place in words)]
        numbers = map(space.number[HEARD].get, grams, repeat(len(space.rarity) - 1))
        numbered = np.fromiter(numbers, np.intp, len(grams))
        return cls(np.array(told, dtype=np.float64), numbered, words, sum(told))

    def unknown(self, unseen: int, entries: Numbers, topics: Topics) -> tuple[float, Floats]:
        """What is told in syllables that no phrasing knows, and for some entries what is told in
        syllables that the entry does not know. From `unseen` on a gram is in no phrasing.
        """
        pairs = len(self.grams) - len(self.words)
        strange = np.empty((len(entries) + 1, len(self.grams)), dtype=bool)
        np.greater_equal(self.grams, unseen, out=strange[0])
        np.logical_not(topics.says(self.grams, entries), out=strange[1:])
        missed = np.ones((len(strange), len(self.information)), dtype=bool)
        missed[:, :pairs] = strange[:, :pairs]
        missed[:, 1:] &= strange[:, :pairs]
        if self.words:
            missed[:, self.words] &= strange[:, pairs:]
        told: Floats = missed @ self.information
        return float(told[0]), told[1:]
