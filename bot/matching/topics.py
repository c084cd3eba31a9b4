"""An entry as a whole: what all its phrasings together say, and no other entry does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .space import BUDGET, Floats, Numbers, Rows, Space, Vector, summed

SMOOTH = 0.5
"""Phrasings of other entries that are assumed to hold any gram as well."""


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """For each gram the entries that say it: how much of the entry it is, and how much its own."""

    count: int
    directions: Rows
    """By gram: (entry, weight of the gram in the sum of the entry's phrasings, of length 1)."""
    parts: Rows
    """By gram: (entry, share of the phrasings with this gram that are the entry's)."""

    @classmethod
    def over(cls, space: Space, owner: Numbers, count: int) -> Topics:
        """From the phrasings in a space and the entry, 0 to `count` - 1, of each."""
        rows = space.phrasings
        entry = np.repeat(owner, np.diff(rows.starts))
        pairs = rows.numbers.astype(np.int64) * count + entry
        met, place, held = np.unique(pairs, return_inverse=True, return_counts=True)
        gram, entry = met // max(count, 1), met % max(count, 1)
        total = summed(place, rows.weights, len(met))
        lengths = np.sqrt(summed(entry, total**2, count))
        everywhere = np.bincount(rows.numbers, minlength=len(space.number))
        starts = np.searchsorted(gram, np.arange(len(space.number) + 1))
        numbers = entry.astype(np.int32)
        own = held / (everywhere[gram] + SMOOTH)
        return cls(
            count,
            Rows(starts, numbers, (total / np.maximum(lengths[entry], 1e-9)).astype(np.float32)),
            Rows(starts, numbers, own.astype(np.float32)),
        )

    def compare(self, asked: Vector) -> tuple[Floats, Floats, Floats]:
        """For every entry the cosine, 0 to 1, of a sentence with the entry as a whole; how much of
        the sentence, 0 to 1, is said in this entry and in no other; how much is said in it at all.
        """
        rare = self.directions.shortest(asked.grams, BUDGET)
        places, sizes = self.directions.places(asked.grams[rare])
        entry = self.directions.numbers[places]
        weights = asked.weights[rare]
        weight, square = weights.repeat(sizes), (weights * weights).repeat(sizes)
        return (
            summed(entry, weight * self.directions.weights[places], self.count),
            summed(entry, square * self.parts.weights[places], self.count),
            summed(entry, square, self.count),
        )
