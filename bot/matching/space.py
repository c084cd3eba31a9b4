"""Sentences as vectors of their parts, and an index from the parts to the stored phrasings.

A part (gram) is a unit or a pair of neighbours: of characters, of sounds, of words. Rare ones weigh
more. A sentence is looked at in several ways, each with grams of its own; all are numbered in one
series, so that numpy is called once for all ways. The index looks the rare grams up first and reads
a fixed number of postings, so that the cost of a question hardly grows with the FAQ.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise, repeat
from sys import intern

import numpy as np
import numpy.typing as npt

from .rows import Floats, Numbers, Pairs, Rows, summed, taken

BUDGET = 3000
"""Pairs read for one sentence in one way; only the most common grams of a large FAQ are left
unread.
"""


FAR = 0.15
"""Share of the largest value below which a value is hardly among the largest: few are sorted
quicker than all.
"""
_NONE = np.zeros(1)


def grams(parts: Sequence[str]) -> list[str]:
    """Every part, and every pair of neighbours."""
    return [*parts, *(a + b for a, b in pairwise(parts))]


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A sentence: the numbers of its grams, way by way in order, and their weights.

    Its length in each way is 1.
    """

    grams: Numbers
    weights: Floats
    parts: Mapping[str, slice]
    """By way, which of the grams are its own."""
    unseen: int
    """The number of every gram that no stored phrasing has."""

    def known(self, way: str) -> float:
        """Share of the sentence's weight, 0 to 1, in grams that some stored phrasing has."""
        part = self.parts[way]
        weights = self.weights[part][self.grams[part] < self.unseen]
        return float(weights @ weights)

    def only(self, way: str) -> Vector:
        """The sentence in one way."""
        part = self.parts[way]
        own = {way: slice(0, part.stop - part.start)}
        return Vector(self.grams[part], self.weights[part], own, self.unseen)

    def rare(self, by_gram: Numbers) -> tuple[Numbers, Floats]:
        """The grams to look up where each has so many pairs, and their weights: in each way all,
        or those with the fewest, up to `BUDGET` pairs, but one.
        """
        sizes = by_gram.take(self.grams)
        if sizes.sum() <= BUDGET:
            return self.grams, self.weights
        kept = np.concatenate([part.start + _few(sizes[part]) for part in self.parts.values()])
        return self.grams.take(kept), self.weights.take(kept)


def _few(sizes: Numbers) -> Numbers:
    """The places of all sizes above 0, or of the smallest that sum to `BUDGET`, but of one."""
    if sizes.sum() <= BUDGET:
        return sizes.nonzero()[0]
    order = sizes.argsort(kind="stable")
    return order[: max(1, int(sizes.take(order).cumsum().searchsorted(BUDGET, "right")))]


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Built once over the grams of all phrasings; a phrasing is its place in that sequence."""

    size: int
    """Phrasings."""
    number: Mapping[str, Mapping[str, int]]
    """Of each gram, by way; those of a way follow those of the way before."""
    rarity: Floats
    """Logarithm of how few of the phrasings hold a gram (inverse document frequency); the last one
    is that of a gram never seen, which is as rare as can be.
    """
    phrasings: Rows
    """Row `way * size + phrasing`, by the place of the way: (gram, weight)."""
    postings: Rows
    """By gram, empty in ways that are not `sought`: (way * size + phrasing, weight), by the place
    of the way in `sought`.
    """
    sought: tuple[str, ...]
    """The ways in which phrasings can be found."""

    @classmethod
    def over(
        cls, phrasings: Mapping[str, Iterable[Sequence[str]]], sought: Sequence[str] = ()
    ) -> Space:
        """From the grams of every phrasing, by way; without `sought` all are found in all ways."""
        number: dict[str, dict[str, int]] = {}
        found: list[int] = []
        again: list[tuple[int, int]] = []
        sizes: list[int] = []
        numbering = count()
        for way, each in phrasings.items():
            own = defaultdict[str, int](numbering.__next__)
            for said in each:
                once = dict.fromkeys(said)
                if len(once) < len(said):
                    times = enumerate(Counter(said).values(), len(found))
                    again += [(place, many) for place, many in times if many > 1]
                found += map(own.__getitem__, once)
                sizes.append(len(once))
            # One string for what other ways and other spaces have as well.
            number[way] = {intern(gram): place for gram, place in own.items()}
        known = next(numbering)
        size = len(sizes) // len(phrasings)
        numbers = np.array(found, dtype=np.int32)
        rarity = np.log((size + 1) / np.maximum(np.bincount(numbers, minlength=known), 1))
        weights = rarity[numbers]
        for place, many in again:
            weights[place] *= 1 + np.log(float(many))
        rows = np.repeat(np.arange(len(sizes)), sizes)
        lengths = np.sqrt(summed(rows, weights**2, len(sizes)))
        weights /= np.maximum(lengths, 1e-9)[rows]
        forward = Rows.of(sizes, numbers, weights.astype(np.float32))
        sought = tuple(sought or phrasings)
        blocks = [np.arange(size) + list(number).index(way) * size for way in sought]
        postings = forward.some(np.concatenate(blocks)).turned(known + 1)
        return cls(size, number, np.append(rarity, math.log(size + 1)), forward, postings, sought)

    def vector(self, said: Mapping[str, Sequence[str]]) -> Vector:
        """Each gram of a sentence by its rarity, in the ways in which its grams are given."""
        unseen = len(self.rarity) - 1
        numbers: list[int] = []
        again: list[tuple[int, int]] = []
        ends = [0]
        for way, found in said.items():
            once = dict.fromkeys(found)
            if len(once) < len(found):
                times = Counter(found).values()
                again += [(ends[-1] + n, many) for n, many in enumerate(times) if many > 1]
            numbers += map(self.number[way].get, once, repeat(unseen))
            ends.append(len(numbers))
        grams = np.fromiter(numbers, np.intp, len(numbers))
        weights = self.rarity.take(grams)
        for place, many in again:
            weights[place] *= 1 + math.log(many)
        parts = dict(zip(said, map(slice, ends, ends[1:]), strict=False))
        for part in parts.values():
            own = weights[part]
            own /= math.sqrt(own @ own) or 1.0
        return Vector(grams, weights, parts, unseen)

    def closest(self, asked: Vector) -> list[float]:
        """In each way of `sought` the cosine, 0 to 1, with the phrasing that is closest; 0 if none
        shares anything.
        """
        closest: list[float] = self._shared(asked).max(axis=1, initial=0.0).tolist()
        return closest

    def nearest(self, asked: Vector, limit: int) -> list[Numbers]:
        """In each way of `sought` that the sentence has at most `limit` phrasings, best first, by
        the rare grams that they share with it.
        """
        shared = zip(self.sought, self._shared(asked), strict=True)
        return [_most(much, limit) for way, much in shared if way in asked.parts]

    def _shared(self, asked: Vector) -> Floats:
        """For every phrasing the part of the cosine that the rare grams make, a row for each way
        of `sought`.
        """
        found, weights = asked.rare(self.postings.sizes)
        pairs, sizes = self.postings.read(found)
        shares = weights.repeat(sizes)
        shares *= pairs["weight"]
        ways = len(self.sought)
        return summed(pairs["number"], shares, ways * self.size).reshape(ways, self.size)

    def compare(self, asked: Vector, phrasings: Numbers) -> tuple[Floats, Floats]:
        """For some phrasings in each way of a sentence, a row each, the cosine, 0 to 1; and in its
        last way the share of the phrasing's weight, 0 to 1, in grams that the sentence has.
        """
        row, pairs = self._laid(tuple(asked.parts), phrasings)
        theirs = pairs["weight"]
        mine = self._weights(asked, pairs["number"])
        ways, many = len(asked.parts), len(phrasings)
        cosines = summed(row, mine * theirs, ways * many).reshape(ways, many)
        last = slice(int(row.searchsorted((ways - 1) * many)), None)
        both = (mine[last] > 0) * theirs[last] ** 2
        return cosines, summed(row[last] - (ways - 1) * many, both, many)

    def cosines(self, asked: Sequence[Vector], way: str, phrasings: Numbers) -> Floats:
        """For some phrasings in one way the cosine, 0 to 1, with several sentences, a row each."""
        row, pairs = self._laid((way,), phrasings)
        many = len(phrasings)
        products = (self._weights(each, pairs["number"]) * pairs["weight"] for each in asked)
        found = [summed(row, product, many) for product in products]
        return np.concatenate(found).reshape(len(asked), many)

    def _laid(self, ways: Sequence[str], phrasings: Numbers) -> tuple[Numbers, Pairs]:
        """The grams of some phrasings end to end, way by way: whose they are, and themselves."""
        order = list(self.number)
        blocks = np.array([[order.index(way) * self.size] for way in ways])
        rows = (blocks + phrasings).ravel()
        pairs, sizes = self.phrasings.read(rows)
        return np.arange(len(rows)).repeat(sizes), pairs

    def _weights(self, asked: Vector, numbers: npt.NDArray[np.int32]) -> Floats:
        """The weights in a sentence of some grams, 0 for those it does not say."""
        # A table of small numbers stays in the processor's cache, one of the weights would not.
        many = len(asked.grams)
        place = np.zeros(len(self.rarity), dtype=np.min_scalar_type(many))
        place[asked.grams] = np.arange(1, many + 1)
        return taken(np.concatenate((_NONE, asked.weights)), taken(place, numbers))


def _most(much: Floats, limit: int) -> Numbers:
    """The places of at most `limit` values above 0: the largest first, of equal ones the first."""
    (met,) = (much > FAR * much.max(initial=0.0)).nonzero()
    if len(met) < limit:
        (met,) = (much > 0).nonzero()
    most: Numbers = met.take((-much.take(met)).argsort(kind="stable")[:limit])
    return most
