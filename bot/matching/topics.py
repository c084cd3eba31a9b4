"""An entry as a whole: what all its phrasings together say, and no other entry does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .rows import Flags, Floats, Numbers, Rows, summed, taken
from .space import Space, Vector

SMOOTH = 0.5
"""Phrasings of other entries that are assumed to hold any gram as well."""


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """For each gram the entries that say it: how much of the entry it is, and how much its own."""

    ways: tuple[str, ...]
    count: int
    """Entries."""
    directions: Rows
    """By gram: (way * count + entry, weight of the gram in the sum of the entry's phrasings, of
    length 1 in that way).
    """
    own: npt.NDArray[np.float32]
    """For each of these pairs, the share of the phrasings with the gram that are the entry's."""
    said: npt.NDArray[np.int64]
    """gram * count + entry of each of these pairs in the last way, in order."""

    @classmethod
    def over(cls, space: Space, owner: Numbers, count: int) -> Topics:
        """From the phrasings in a space and the entry, 0 to `count` - 1, of each."""
        ways = tuple(space.number)
        many, width = len(space.rarity), max(len(ways) * count, 1)
        rows = space.phrasings
        number, weight = rows.pairs["number"], rows.pairs["weight"]
        entry = np.concatenate([owner + way * count for way in range(len(ways))]).repeat(rows.sizes)
        met, place, held = np.unique(
            number.astype(np.int64) * width + entry, return_inverse=True, return_counts=True
        )
        gram, entry = met // width, met % width
        total = summed(place, weight, len(met))
        lengths = np.sqrt(summed(entry, total**2, width))
        own = held / (np.bincount(number, minlength=many)[gram] + SMOOTH)
        directions = Rows.of(
            np.bincount(gram, minlength=many), entry, total / np.maximum(lengths[entry], 1e-9)
        )
        last = entry >= (len(ways) - 1) * count
        said = gram[last] * count + entry[last] - (len(ways) - 1) * count
        return cls(ways, count, directions, own.astype(np.float32), said)

    def says(self, grams: Numbers, entries: Numbers) -> Flags:
        """Which of some entries, a row each, say which grams of the last way."""
        if not len(self.said):
            return np.zeros((len(entries), len(grams)), dtype=bool)
        # Neighbours are looked up one after the other, which is quicker in a large FAQ.
        asked = grams[:, None] * self.count + entries
        met: Flags = self.said.take(self.said.searchsorted(asked), mode="clip") == asked
        return met.T

    def compare(self, asked: Vector) -> Floats:
        """For every entry, in each way of a sentence: the cosine, 0 to 1, with the entry as a
        whole; how much of the sentence, 0 to 1, is said in this entry and in no other; how much is
        said in it at all. By way, these three, and entry.
        """
        grams, weights = asked.rare(self.directions.sizes)
        places, sizes = self.directions.places(grams)
        pairs = taken(self.directions.pairs, places)
        weight, square = weights.repeat(sizes), (weights * weights).repeat(sizes)
        weight *= pairs["weight"]
        own = square * taken(self.own, places)
        entry, ways = pairs["number"].astype(np.intp), len(self.ways)
        sums = [summed(entry, values, ways * self.count) for values in (weight, own, square)]
        compared = np.concatenate(sums).reshape(3, ways, self.count).swapaxes(0, 1)
        if len(asked.parts) == ways:
            return compared
        return compared[[self.ways.index(way) for way in asked.parts]]
