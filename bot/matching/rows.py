"""Rows of pairs, of different lengths, laid end to end: a sparse matrix by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Item = TypeVar("Item", bound=np.generic)


def summed(places: npt.ArrayLike, values: npt.ArrayLike, count: int) -> Floats:
    """For each place, 0 to `count` - 1, the sum of the values that stand there."""
    sums = np.bincount(places, values, count)
    return sums.astype(np.float64, copy=False)


def taken(values: npt.NDArray[Item], places: npt.NDArray[np.integer]) -> npt.NDArray[Item]:
    """The values at some places, all of which there are."""
    # To wrap what is out of range is quicker than to refuse it.
    return values.take(places, mode="wrap")


_UPTO = np.arange(1 << 14)


def _upto(count: int) -> Numbers:
    return _UPTO[:count] if count <= len(_UPTO) else np.arange(count)


PAIR = np.dtype([("number", np.int32), ("weight", np.float32)])
"""Both lie side by side, as they are read together."""
Pairs = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of (number, weight) pairs: row i is `sizes[i]` of them from `starts[i]` on."""

    starts: Numbers
    sizes: Numbers
    pairs: Pairs

    @classmethod
    def of(cls, sizes: npt.ArrayLike, numbers: npt.ArrayLike, weights: npt.ArrayLike) -> Rows:
        """From the pairs of all rows and how many each has."""
        many = np.array(sizes, dtype=np.intp)
        pairs = np.empty(int(many.sum()), dtype=PAIR)
        pairs["number"], pairs["weight"] = numbers, weights
        return cls(many.cumsum() - many, many, pairs)

    def places(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The places of all pairs in some rows, row by row; and how many each row has."""
        sizes = self.sizes.take(rows)
        offsets = self.starts.take(rows)
        offsets += sizes
        offsets -= sizes.cumsum()
        places = offsets.repeat(sizes)
        places += _upto(len(places))
        return places, sizes

    def read(self, rows: Numbers) -> tuple[Pairs, Numbers]:
        """The pairs of some rows, row by row; and how many each row has."""
        places, sizes = self.places(rows)
        return taken(self.pairs, places), sizes

    def some(self, rows: Numbers) -> Rows:
        """Some of the rows, numbered anew."""
        pairs, sizes = self.read(rows)
        return Rows.of(sizes, pairs["number"], pairs["weight"])

    def turned(self, columns: int) -> Rows:
        """The same pairs by column: row j of the result holds the rows in which j stands."""
        order = np.argsort(self.pairs["number"], kind="stable")
        rows = np.repeat(np.arange(len(self.sizes), dtype=np.int32), self.sizes)
        sizes = np.bincount(self.pairs["number"], minlength=columns)
        return Rows.of(sizes, rows[order], self.pairs["weight"][order])
