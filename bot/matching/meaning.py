"""What sentences mean, by a sentence encoder: evidence for questions in quite other words.

A sentence is encoded as written and as normalised, and the mean of both is taken: each alone
misses some. The vectors of one FAQ point much the same way; their common direction is taken off
and the directions in which they differ most are damped (whitening: Su et al. 2021,
arXiv:2103.15316), which tells neighbours apart better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .rows import Floats, Numbers

Vectors = npt.NDArray[np.float32]
DAMPING = 0.3
"""Power to which the spread of each direction is divided out: 0 leaves all, 1 makes all equal."""
BATCH = 256
FLOOR = 1e-6


class Encoder(Protocol):
    """Turns sentences into vectors of one length, the same sentence always into the same."""

    def encode(self, texts: list[str], /) -> Vectors:
        """A row for each text."""
        ...


@dataclass(frozen=True, slots=True)
class Meanings:
    """The meanings of all phrasings, and of each entry as the mean of its phrasings."""

    encoder: Encoder
    common: Vectors
    turn: Vectors
    """Turns a vector without the common direction into one to compare."""
    phrasings: Vectors
    entries: Vectors

    @classmethod
    def over(
        cls, encoder: Encoder, texts: Sequence[tuple[str, str]], owner: Numbers, count: int
    ) -> Meanings:
        """From (as written, as normalised) and the entry, 0 to `count` - 1, of each phrasing."""
        raw = _encoded(encoder, texts)
        common = raw.mean(axis=0) * (len(raw) > 1)  # of one there is nothing in common
        apart = raw - common
        spread, directions = np.linalg.eigh(apart.T @ apart / len(raw))
        turn = directions * (np.sqrt(np.maximum(spread, 0)) + FLOOR) ** -DAMPING
        stored = _unit((raw - common) @ turn)
        sums = np.zeros((count, stored.shape[1]))
        np.add.at(sums, owner, stored)
        return cls(encoder, common, turn.astype(np.float32), stored, _unit(sums))

    def compare(self, text: str, normalised: str) -> tuple[Floats, Floats]:
        """The cosine, -1 to 1, of a sentence with every phrasing, and with every entry."""
        vector = _unit((_encoded(self.encoder, [(text, normalised)]) - self.common) @ self.turn)[0]
        return (self.phrasings @ vector).astype(float), (self.entries @ vector).astype(float)


def _encoded(encoder: Encoder, texts: Sequence[tuple[str, str]]) -> Vectors:
    both = [side for pair in texts for side in pair]
    batches = [encoder.encode(both[n : n + BATCH]) for n in range(0, len(both), BATCH)]
    mean: Vectors = np.concatenate(batches).reshape(len(texts), 2, -1).mean(axis=1)
    return mean


def _unit(vectors: npt.NDArray[np.floating]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, FLOOR)).astype(np.float32)
    return unit
