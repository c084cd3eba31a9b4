"""An entry as a whole: what all its phrasings together say, and no other entry does."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Vector = Mapping[str, float]
SMOOTH = 0.5
"""Phrasings of other entries that are assumed to hold any gram as well."""


@dataclass(frozen=True, slots=True)
class Topics:
    """For each entry the direction of its phrasings, and its part in every gram it holds."""

    directions: Mapping[str, Vector]
    parts: Mapping[str, Vector]

    @classmethod
    def over(cls, stored: Iterable[tuple[str, Vector]]) -> Topics:
        """From (entry, vector of a phrasing) pairs."""
        sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        held: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for id_, vector in stored:
            for gram, weight in vector.items():
                sums[id_][gram] += weight
                held[id_][gram] += 1
        everywhere: dict[str, float] = defaultdict(float)
        for counts in held.values():
            for gram, count in counts.items():
                everywhere[gram] += count
        return cls(
            {id_: _unit(total) for id_, total in sums.items()},
            {
                id_: {g: n / (everywhere[g] + SMOOTH) for g, n in counts.items()}
                for id_, counts in held.items()
            },
        )

    def compare(self, asked: Vector, id_: str) -> tuple[float, float]:
        """Cosine, 0 to 1, of a question with the entry as a whole; and how much of the question,
        0 to 1, is said in this entry and in no other.
        """
        direction, parts = self.directions[id_], self.parts[id_]
        cosine = own = 0.0
        for gram in asked.keys() & direction.keys():
            weight = asked[gram]
            cosine += weight * direction[gram]
            own += weight * weight * parts[gram]
        return cosine, own


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum([w * w for w in vector.values()]))
    return {gram: w / length for gram, w in vector.items()} if length else {}
