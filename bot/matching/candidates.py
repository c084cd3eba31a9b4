"""Which phrasings are worth comparing: an index from parts of a sentence to the phrasings.

A part (gram) is a unit or a pair of neighbours, of characters as of sounds. The rare ones are
looked up first and a fixed number of postings is read, so that the cost hardly grows with the FAQ.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

BUDGET = 1000
"""Postings read for one question; only the most common grams of a large FAQ are left unread."""

LENGTH = 0.5


def grams(parts: Sequence[str]) -> tuple[str, ...]:
    """Every part, and every pair of neighbours."""
    return (*parts, *(a + b for a, b in pairwise(parts)))


@dataclass(frozen=True, slots=True)
class Index:
    """Built once over the grams of all phrasings; a phrasing is its place in that sequence."""

    rarity: Mapping[str, float]
    unknown: float
    postings: Mapping[str, Sequence[int]]
    shortness: Sequence[float]
    """For each phrasing a factor that keeps long ones, which share more by chance, from winning."""

    @classmethod
    def over(cls, phrasings: Iterable[Iterable[str]]) -> Index:
        postings: dict[str, list[int]] = defaultdict(list)
        shortness = []
        for number, found in enumerate(phrasings):
            distinct = dict.fromkeys(found)
            shortness.append(len(distinct or "1") ** -LENGTH)
            for gram in distinct:
                postings[gram].append(number)
        size = len(shortness)
        rarity = {gram: math.log((size + 1) / len(held)) for gram, held in postings.items()}
        return cls(rarity, math.log(size + 1), dict(postings), tuple(shortness))

    def weigh(self, found: Iterable[str]) -> dict[str, float]:
        """A vector of length 1: each gram by its rarity; one never seen is as rare as can be."""
        weights = {
            gram: self.rarity.get(gram, self.unknown) * (1 + math.log(n))
            for gram, n in Counter(found).items()
        }
        length = math.sqrt(sum(w * w for w in weights.values()))
        return {gram: w / length for gram, w in weights.items()} if length else {}

    def find(self, vector: Mapping[str, float], limit: int) -> list[int]:
        """The numbers of at most `limit` phrasings that share the most weight, best first."""
        known = [(len(self.postings[g]), g) for g in vector if g in self.postings]
        shared: dict[int, float] = defaultdict(float)
        left = BUDGET
        for held, gram in sorted(known):
            weight = vector[gram] * self.rarity[gram]
            for number in self.postings[gram][: max(left, 0)]:
                shared[number] += weight
            left -= held
            if left <= 0:
                break
        for number, weight in shared.items():
            shared[number] = weight * self.shortness[number]
        return sorted(shared, key=shared.__getitem__, reverse=True)[:limit]
