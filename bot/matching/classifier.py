"""Which labels a message has, learned from labelled messages: one linear rule a label, by least
squares over the pieces of which texts are made (regularised least-squares classification).

It is solved in one step, so the same texts always give the same rules. Each message that taught is
also judged by rules that it did not teach (leave one out), and a `Calibration` learns from these
scores how far to trust a rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .text import normalise

Scores = npt.NDArray[np.float32]

LONGEST = 3
"""Characters of the longest pieces."""
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
_FIGURES = re.compile(
    r"(?:[0-9]{2,4}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号]?)?|[0-9]{1,2}[日号]|[0-9]+[元块]|[0-9]{5,}"
)
"""Days, sums and numbers: they are some invoice's, and mean nothing of their own."""

_DENIES = re.compile(r"(?:没有|没能|不是|[没不未无非])[有能被在给曾太到再]?")
"""Denies what comes after it, whose pieces are others then: not 开成功, but !开成功."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with all its labels."""

    text: str
    labels: Collection[str]


class Classifier:
    """Built once from whole messages and from phrasings, which have one label each. It keeps no
    state between texts.

    `labels` are all that occur, in the order of the scores. `held_out` are the scores of the
    messages by rules that they did not teach, a row each. `fold` writes words that mean the same in
    one way.
    """

    __slots__ = ("_columns", "_fold", "_rarity", "_rules", "_usual", "held_out", "labels")

    def __init__(
        self,
        messages: Sequence[Example],
        phrasings: Sequence[Example],
        fold: Callable[[str], str] = str,
    ) -> None:
        self._fold = fold
        examples = (*messages, *phrasings)
        self.labels = tuple(dict.fromkeys(label for one in examples for label in one.labels))
        pieces = [frozenset(self._pieces(one.text)) for one in examples]
        counts = Counter(piece for each in pieces for piece in sorted(each))
        kept = [piece for piece, count in counts.most_common(MOST) if count > 1]
        self._columns = {piece: column for column, piece in enumerate(kept)}
        frequency = np.array([counts[piece] for piece in kept], dtype=np.float32)
        self._rarity: Scores = np.log(np.float32(len(examples)) / np.maximum(frequency, 1))
        rows: Scores = np.zeros((len(examples), len(kept)), dtype=np.float32)
        meant: Scores = np.zeros((len(examples), len(self.labels)), dtype=np.float32)
        place = {label: column for column, label in enumerate(self.labels)}
        for row, aims, each, one in zip(rows, meant, pieces, examples, strict=True):
            columns, values = self._vector(each)
            row[columns] = values
            aims[[place[label] for label in one.labels]] = 1.0
        self._learn(rows, meant, len(messages))

    def scores(self, text: str) -> Scores:
        """How far each label applies, in the order of `labels`: about 1 if it does, 0 if not."""
        columns, values = self._vector(frozenset(self._pieces(text)))
        scores: Scores = values @ self._rules[columns] + self._usual
        return scores

    def _learn(self, rows: Scores, meant: Scores, messages: int) -> None:
        weights = np.full(len(rows), PHRASING, dtype=np.float32)
        weights[:messages] = 1.0
        self._usual: Scores = weights @ meant / max(float(weights.sum()), 1.0)
        meant -= self._usual
        weighted = rows * weights[:, np.newaxis]
        scatter = weighted.T @ rows
        scatter[np.diag_indices_from(scatter)] += RIDGE
        inverse = np.linalg.inv(scatter)
        self._rules: Scores = np.asarray(inverse @ (weighted.T @ meant), dtype=np.float32)
        own = rows[:messages]
        # What a text adds to its own score: the diagonal of the hat matrix.
        lever: Scores = ((own @ inverse) * own).sum(axis=1, keepdims=True)
        left = (own @ self._rules - lever * meant[:messages]) / (1 - lever)
        self.held_out: Scores = np.asarray(left + self._usual, dtype=np.float32)

    def _vector(self, pieces: Collection[str]) -> tuple[Sequence[int], Scores]:
        columns = sorted(self._columns[piece] for piece in pieces if piece in self._columns)
        values: Scores = self._rarity[columns]
        length = float(np.sqrt(values @ values))
        return columns, values / length**LENGTH if length else values

    def _pieces(self, text: str) -> Iterator[str]:
        folded = self._fold(_FIGURES.sub("", normalise(text)))
        denied: set[int] = set()
        for met in _DENIES.finditer(folded):
            after = range(met.end(), min(met.end() + LONGEST, len(folded)))
            denied.update(after)
            yield from (f"!{folded[after.start : end + 1]}" for end in after)
        for length in range(1, LONGEST + 1):
            for begin in range(len(folded) - length + 1):
                if length == 1 or not denied.issuperset(range(begin, begin + length)):
                    yield folded[begin : begin + length]


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
