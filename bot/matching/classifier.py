"""Which labels a message has, learned from labelled messages: one linear rule a label, by least
squares over the pieces of which texts are made (regularised least-squares classification).

It is solved in one step, so the same texts always give the same rules. Each message that taught is
also judged by rules that it did not teach (leave one out), and a `Calibration` learns from these
scores how far to trust a rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from sys import intern

import numpy as np
import numpy.typing as npt

from .rows import Floats, Rows, summed

Scores = npt.NDArray[np.float32]

MOST = 1500
"""Pieces that count, the most frequent ones; solving takes the third power of their number."""
LENGTH = 0.5
"""Power of a text's length by which its pieces are divided. With 1 a fact counts the less the more
is told beside it, with 0 a long story seems to tell everything.
"""
RIDGE = 10.0
"""How strongly rules are held back from what a few texts suggest."""
PHRASING = 0.6
"""What a phrasing counts beside a message."""
SMALL = 128
"""Rows of a matrix that is inverted as a whole."""


@dataclass(frozen=True, slots=True)
class Example:
    """The pieces of a text with all its labels."""

    pieces: Collection[str]
    labels: Collection[str]


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """The rules. It keeps no state between texts."""

    pieces: Callable[[str], Collection[str]]
    """Those of a text, as of the texts that taught."""
    labels: Sequence[str]
    """All that occur, in the order of the scores."""
    columns: Mapping[str, int]
    """By piece that counts, its place in `rarity` and `rules`."""
    rarity: Scores
    rules: Scores
    usual: Scores
    """The score of each label in a text of which nothing is known."""

    def scores(self, text: str) -> Scores:
        """How far each label applies, in the order of `labels`: about 1 if it does, 0 if not."""
        columns = _places(self.columns, self.pieces(text))
        values = self.rarity[columns]
        length = float(np.sqrt(values @ values))
        scores: Scores = (values / length**LENGTH if length else values) @ self.rules[columns]
        scores += self.usual
        return scores


def learned(
    messages: Sequence[Example],
    phrasings: Sequence[Example],
    pieces: Callable[[str], Collection[str]],
) -> tuple[Classifier, Scores]:
    """What whole messages teach, and phrasings, which have one label each; and the scores of the
    messages by rules that they did not teach, a row each.
    """
    examples = (*messages, *phrasings)
    labels = tuple(dict.fromkeys(label for one in examples for label in one.labels))
    counts = Counter(chain.from_iterable(one.pieces for one in examples))
    kept = _frequent(examples, counts)
    columns = {intern(piece): column for column, piece in enumerate(kept)}
    frequency = np.array([counts[piece] for piece in kept], dtype=np.float32)
    rarity: Scores = np.log(np.float32(len(examples)) / np.maximum(frequency, 1))
    place = {label: column for column, label in enumerate(labels)}
    meant = np.zeros((len(examples), len(labels)))
    for aims, one in zip(meant, examples, strict=True):
        aims[[place[label] for label in one.labels]] = 1.0
    weights = np.full(len(examples), PHRASING)
    weights[: len(messages)] = 1.0
    usual = weights @ meant / max(float(weights.sum()), 1.0)
    meant -= usual
    texts = _weighed([_places(columns, one.pieces) for one in examples], rarity)
    rules, held_out = _solved(texts, meant, weights, len(messages), len(kept))
    told = Classifier(
        pieces, labels, columns, rarity, rules.astype(np.float32), usual.astype(np.float32)
    )
    return told, np.asarray(held_out + usual, dtype=np.float32)


def _frequent(examples: Sequence[Example], counts: Counter[str]) -> list[str]:
    """The most frequent pieces that are in several texts; of equals those that come first."""
    first: dict[str, int] = {}
    for number in reversed(range(len(examples))):
        first.update(dict.fromkeys(examples[number].pieces, number))
    several = (piece for piece, count in counts.items() if count > 1)
    return sorted(several, key=lambda piece: (-counts[piece], first[piece], piece))[:MOST]


def _places(columns: Mapping[str, int], pieces: Collection[str]) -> list[int]:
    return sorted(columns[piece] for piece in pieces if piece in columns)


def _weighed(places: Sequence[Sequence[int]], rarity: Scores) -> Rows:
    """A row for each text: (column, weight of the piece there)."""
    sizes = np.array([len(each) for each in places], dtype=np.intp)
    columns = np.fromiter(chain.from_iterable(places), np.int32, sizes.sum())
    weights = rarity[columns].astype(np.float64)
    rows = np.arange(len(sizes)).repeat(sizes)
    lengths = np.sqrt(summed(rows, weights**2, len(sizes)))
    weights /= np.maximum(lengths, 1e-9)[rows] ** LENGTH
    return Rows.of(sizes, columns, weights)


def _solved(
    texts: Rows, meant: Floats, weights: Floats, messages: int, many: int
) -> tuple[Floats, Floats]:
    """The rules, by `many` columns and label; and by message and label what rules give for it that
    it did not teach.
    """
    row = np.arange(len(texts.sizes)).repeat(texts.sizes)
    column, value = texts.pairs["number"].astype(np.intp), texts.pairs["weight"].astype(np.float64)
    # A text has a few pieces of all that count, so only pairs of those are gone through.
    other, sizes = texts.places(row)
    row_of, cell = row.repeat(sizes), column.repeat(sizes) * many + column[other]
    product = value.repeat(sizes) * value[other]
    scatter = summed(cell, product * weights[row_of], many * many).reshape(many, many)
    scatter[np.diag_indices_from(scatter)] += RIDGE
    inverted = inverse(scatter)
    aimed = [summed(column, value * aim[row], many) for aim in (meant * weights[:, None]).T]
    rules = inverted @ np.array(aimed).reshape(meant.shape[1], many).T
    own = row < messages
    row, column, value = row[own], column[own], value[own]
    scored = [summed(row, value * rule[column], messages) for rule in rules.T]
    scores = np.array(scored).reshape(meant.shape[1], messages).T
    # What a text adds to its own score: the diagonal of the hat matrix.
    lever = summed(row_of, product * inverted.ravel()[cell], len(texts.sizes))[:messages, None]
    held_out: Floats = (scores - lever * meant[:messages]) / (1 - lever)
    return rules, held_out


def inverse(matrix: Floats) -> Floats:
    """That of a symmetric positive definite matrix, by halves (Schur complement), which is mostly
    products and several times as fast as an inversion of the whole.
    """
    size = len(matrix)
    if size <= SMALL:
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    half = size // 2
    first = inverse(matrix[:half, :half])
    across = matrix[half:, :half] @ first
    last = inverse(matrix[half:, half:] - across @ matrix[:half, half:])
    corner = last @ across
    found = np.empty((size, size))
    found[half:, half:], found[half:, :half], found[:half, half:] = last, -corner, -corner.T
    found[:half, :half] = first + across.T @ corner
    return found


STEPS = 40
"""Of Newton's method, which needs about eight."""
STRIDE = 2.0
"""The most that a step changes: far from the likeliest, the curve leads astray."""
SLOPE, NONE, SPREAD = 8.0, 3.0, 100.0
"""Where a calibration starts, and how far few messages may draw it away (a variance)."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What scores of labels that exclude one another are worth: the probability of each is
    `exp(slope * score)`, that of none of them `exp(none)`, over the sum of all.
    """

    slope: float = SLOPE
    none: float = NONE

    def probabilities(self, scores: Scores) -> Scores:
        """That of each label; what is missing to 1 is that of none."""
        powers = np.exp(np.minimum(self.slope * scores, 50.0))
        shares: Scores = powers / (powers.sum(axis=-1, keepdims=True) + np.exp(self.none))
        return shares


class Calibrations:
    """Of several groups, each of labels that exclude one another, all probabilities at once.

    `groups` has the columns of each in the scores, of which none is empty, with its calibration.
    """

    __slots__ = ("_columns", "_counts", "_nones", "_slopes", "_starts")

    def __init__(self, groups: Sequence[tuple[Sequence[int], Calibration]]) -> None:
        self._columns = np.array([column for columns, _ in groups for column in columns], dtype=int)
        self._counts = np.array([len(columns) for columns, _ in groups], dtype=int)
        self._starts = np.cumsum(self._counts) - self._counts
        slopes = np.array([each.slope for _, each in groups], dtype=np.float32)
        self._slopes: Scores = np.repeat(slopes, self._counts)
        nones = np.array([each.none for _, each in groups], dtype=np.float32)
        self._nones: Scores = np.exp(nones)

    def probabilities(self, scores: Scores) -> Scores:
        """That of each column, group after group."""
        if not self._counts.size:
            return np.zeros(0, dtype=np.float32)
        powers: Scores = np.exp(np.minimum(self._slopes * scores[self._columns], 50.0))
        sums: Scores = np.add.reduceat(powers, self._starts)
        wholes: Scores = np.repeat(sums + self._nones, self._counts)
        powers /= wholes
        return powers


def calibrated(scores: Scores, right: Sequence[int]) -> Calibration:
    """The likeliest, by Newton's method, of a row of scores a message and the column of its label,
    which is -1 for none.
    """
    found, labelled = Calibration(), np.array(right, dtype=int) >= 0
    own = np.where(labelled, scores[np.arange(len(right)), right], 0.0)
    for _ in range(STEPS):
        shares = found.probabilities(scores)
        rest = 1 - shares.sum(axis=1)
        mean = (shares * scores).sum(axis=1)
        slopes = (own - mean).sum() - (found.slope - SLOPE) / SPREAD
        nones = (~labelled - rest).sum() - (found.none - NONE) / SPREAD
        spread = ((shares * scores**2).sum(axis=1) - mean**2).sum() + 1 / SPREAD
        cross, own_spread = -(mean * rest).sum(), (rest * (1 - rest)).sum() + 1 / SPREAD
        curvature = np.array([[spread, cross], [cross, own_spread]])
        step = np.linalg.solve(curvature, np.array([slopes, nones])).clip(-STRIDE, STRIDE)
        found = Calibration(found.slope + float(step[0]), found.none + float(step[1]))
        if float(np.abs(step).max()) < 1e-6:
            break
    return found
