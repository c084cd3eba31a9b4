"""Which of a few classes a sentence is of, by the pieces of which the sentences of each are made.

Where the matcher asks which one sentence comes closest, this asks what all of a class have in
common, so that one word which only one of them has in common counts for little.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sys import intern

import numpy as np

from .pieces import runs
from .rows import Floats
from .text import normalise

SMOOTHING = 0.1
"""Sentences of a class that are thought to have each piece in any case."""
WEIGHT = 0.2
"""What a piece counts: pieces lie over one another, so each says again what others say."""


class Bayes:
    """Built once from classes, each with its sentences. It keeps no state between sentences.

    `fold` writes words that mean the same in one way.
    """

    __slots__ = ("_columns", "_fold", "_logs", "names")

    def __init__(self, classes: Mapping[str, Sequence[str]], fold: Callable[[str], str]) -> None:
        self.names = tuple(classes)
        self._fold = fold
        self._columns: dict[str, int] = {}
        having: list[tuple[int, int]] = []
        for row, sentences in enumerate(classes.values()):
            for sentence in sentences:
                for piece in self._pieces(sentence):
                    column = self._columns.setdefault(intern(piece), len(self._columns))
                    having.append((column, row))
        counts = np.zeros((len(self._columns), len(classes)), dtype=np.float32)
        np.add.at(counts, tuple(np.array(having).T) if having else (), 1.0)
        sizes = np.array([len(sentences) for sentences in classes.values()], dtype=np.float32)
        self._logs = np.log((counts + SMOOTHING) / (sizes + 2 * SMOOTHING))

    def weights(self, text: str) -> tuple[Floats, float]:
        """How likely each class is beside the likeliest, 0 to 1, in the order of `names`; and the
        share of the text's pieces that any class knows, 0 to 1.
        """
        pieces = self._pieces(text)
        known = [self._columns[piece] for piece in pieces if piece in self._columns]
        if not known:
            return np.ones(len(self.names)), 0.0
        logs = WEIGHT * self._logs[known].sum(axis=0, dtype=np.float64)
        weights: Floats = np.exp(logs - logs.max())
        return weights, len(known) / len(pieces)

    def _pieces(self, text: str) -> set[str]:
        return runs(self._fold(normalise(text)))
