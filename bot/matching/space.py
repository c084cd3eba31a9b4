"""Sentences as vectors of their parts, and an index from the parts to the stored phrasings.

A part (gram) is a unit or a pair of neighbours: of characters, of sounds, of words. Rare ones weigh
more. The index looks the rare ones up first and reads a fixed number of postings, so that the cost
of a question hardly grows with the FAQ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

BUDGET = 3000
"""Postings read for one sentence; only the most common grams of a large FAQ are left unread."""


def summed(places: npt.ArrayLike, values: npt.ArrayLike, count: int) -> Floats:
    """For each place, 0 to `count` - 1, the sum of the values that stand there."""
    sums = np.bincount(places, values, count)
    return sums.astype(np.float64, copy=False)


def grams(parts: Sequence[str]) -> list[str]:
    """Every part, and every pair of neighbours."""
    return [*parts, *(a + b for a, b in pairwise(parts))]


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A sentence: the numbers of its known grams in order, and their weights.

    With the unknown grams it has length 1, so the squares of `weights` sum to what is known of it.
    """

    grams: Numbers
    weights: Floats

    @property
    def known(self) -> float:
        """Share of the sentence's weight, 0 to 1, in grams that some stored phrasing has."""
        return float(self.weights @ self.weights)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of (number, weight) pairs laid end to end: row i is `starts[i]` to `starts[i + 1]`."""

    starts: Numbers
    numbers: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]

    def places(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The places of all pairs in some rows, row by row; and how many each row has."""
        starts = self.starts[rows]
        sizes = self.starts[rows + 1] - starts
        ends = sizes.cumsum()
        places = (starts - ends + sizes).repeat(sizes)
        places += np.arange(len(places))
        return places, sizes

    def shortest(self, rows: Numbers, budget: int) -> Numbers:
        """Which of some rows to read, the shortest first: at most `budget` pairs, but one row."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        if sizes.sum() <= budget:
            return np.arange(len(rows))
        order = np.argsort(sizes, kind="stable")
        return order[: max(1, int(np.searchsorted(np.cumsum(sizes[order]), budget, "right")))]

    def turned(self, columns: int) -> Rows:
        """The same pairs by column: row j of the result holds the rows in which j stands."""
        order = np.argsort(self.numbers, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        starts = np.searchsorted(self.numbers[order], np.arange(columns + 1))
        return Rows(starts, rows[order], self.weights[order])


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Built once over the grams of all phrasings; a phrasing is its place in that sequence."""

    number: dict[str, int]
    rarity: Sequence[float]
    """Logarithm of how few of the phrasings hold a gram (inverse document frequency); the last one
    is that of a gram never seen, which is as rare as can be.
    """
    phrasings: Rows
    postings: Rows

    @classmethod
    def over(cls, phrasings: Iterable[Sequence[str]]) -> Space:
        number: dict[str, int] = {}
        found: list[int] = []
        times: list[int] = []
        starts = [0]
        for phrasing in phrasings:
            counted = Counter(phrasing)
            found += [number.setdefault(gram, len(number)) for gram in counted]
            times += counted.values()
            starts.append(len(found))
        numbers = np.array(found, dtype=np.int32)
        size = len(starts) - 1
        rarity = np.log((size + 1) / np.maximum(np.bincount(numbers, minlength=len(number)), 1))
        weights = rarity[numbers] * (1 + np.log(np.array(times, dtype=float)))
        rows = np.repeat(np.arange(size), np.diff(starts))
        lengths = np.sqrt(summed(rows, weights**2, size))
        weights /= np.maximum(lengths, 1e-9)[rows]
        forward = Rows(np.array(starts), numbers, weights.astype(np.float32))
        known = [*rarity.tolist(), math.log(size + 1)]
        return cls(number, known, forward, forward.turned(len(number)))

    def __len__(self) -> int:
        return len(self.phrasings.starts) - 1

    def vector(self, found: Iterable[str]) -> Vector:
        """Each gram by its rarity."""
        counted = Counter(found)
        places = list(map(self.number.get, counted, repeat(-1)))
        weights = np.array([self.rarity[place] for place in places])
        if sum(counted.values()) > len(counted):
            weights *= [1 + math.log(times) for times in counted.values()]
        weights /= math.sqrt(weights @ weights) or 1.0
        numbers = np.array(places, dtype=np.intp)
        if -1 in places:
            known = numbers >= 0
            return Vector(numbers[known], weights[known])
        return Vector(numbers, weights)

    def closest(self, asked: Vector) -> float:
        """The cosine, 0 to 1, with the phrasing that is closest; 0 if none shares anything."""
        return float(self._shared(asked).max(initial=0.0))

    def nearest(self, asked: Vector, limit: int) -> Numbers:
        """At most `limit` phrasings, best first, by the rare grams that they share with it."""
        shared = self._shared(asked)
        met = np.flatnonzero(shared > 0)
        if len(met) > limit:
            met = met[np.argpartition(-shared[met], limit)[:limit]]
        return met[np.argsort(-shared[met], kind="stable")]

    def _shared(self, asked: Vector) -> Floats:
        """For every phrasing the part of the cosine that the rare grams make."""
        rare = self.postings.shortest(asked.grams, BUDGET)
        places, sizes = self.postings.places(asked.grams[rare])
        shares = asked.weights[rare].repeat(sizes)
        shares *= self.postings.weights[places]
        return summed(self.postings.numbers[places], shares, len(self))

    def compare(self, asked: Vector, phrasings: Numbers) -> tuple[Floats, Floats]:
        """For some phrasings the cosine with a sentence, 0 to 1; and the share of the phrasing's
        weight, 0 to 1, in grams that the sentence has.
        """
        row, numbers, theirs = self._laid(phrasings)
        mine = self._weights(asked)[numbers]
        return (
            summed(row, mine * theirs, len(phrasings)),
            summed(row, (mine > 0) * theirs**2, len(phrasings)),
        )

    def cosines(self, asked: Sequence[Vector], phrasings: Numbers) -> list[Floats]:
        """For some phrasings the cosine, 0 to 1, with each of several sentences."""
        row, numbers, theirs = self._laid(phrasings)
        return [
            summed(row, self._weights(each)[numbers] * theirs, len(phrasings)) for each in asked
        ]

    def _laid(
        self, phrasings: Numbers
    ) -> tuple[Numbers, npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """The grams of some phrasings end to end: whose they are, their numbers and weights."""
        places, sizes = self.phrasings.places(phrasings)
        row = np.arange(len(phrasings)).repeat(sizes)
        return row, self.phrasings.numbers[places], self.phrasings.weights[places]

    def _weights(self, asked: Vector) -> Floats:
        """By gram its weight in a sentence, 0 for what it does not say."""
        weights = np.zeros(len(self.number))
        weights[asked.grams] = asked.weights
        return weights
