"""Fit the weights of a choice: which of several candidates is right, or none of them.

The model of `bot.matching.rank`: a candidate's strength is the weighted sum of its evidence, none
has strength 0, and the probability of each is its share by exponential. The penalised likelihood
of the right ones has a single maximum, which Newton's method finds; a step that would not climb
is halved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 25
ENOUGH = 1e-6
"""Gain in likelihood a question, below which the maximum is reached."""

Matrix = list[list[float]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was to choose from: evidence a candidate, the right one's place, how much it counts."""

    evidence: Sequence[Sequence[float]]
    right: int | None
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Slope:
    """The penalised likelihood at some weights, with its first and (negated) second derivative."""

    height: float
    first: list[float]
    second: Matrix


def fit(choices: Sequence[Choice], start: Sequence[float], penalty: float = 1.0) -> list[float]:
    """The likeliest weights, with `penalty` on half the square of each."""
    weights = list(start)
    here = slope(choices, weights, penalty)
    for _ in range(ROUNDS):
        step = solve(here.second, here.first)
        for halving in range(12):
            moved = [w + s / 2**halving for w, s in zip(weights, step, strict=True)]
            there = slope(choices, moved, penalty)
            if there.height > here.height:
                break
        else:
            return weights
        gain = there.height - here.height
        weights, here = moved, there
        if gain < ENOUGH * len(choices):
            break
    return weights


def slope(choices: Sequence[Choice], weights: Sequence[float], penalty: float) -> Slope:
    """Height and derivatives of the penalised likelihood at `weights`."""
    places = range(len(weights))
    height = -penalty / 2 * sum(w * w for w in weights)
    first = [-penalty * w for w in weights]
    second = [[penalty * (i == j) for j in places] for i in places]
    for choice in choices:
        shares, none = _shares(choice.evidence, weights)
        mean = [0.0] * len(weights)
        for share, evidence in zip(shares, choice.evidence, strict=True):
            mean = [m + share * e for m, e in zip(mean, evidence, strict=True)]
            _spread(second, evidence, choice.worth * share)
        _spread(second, mean, -choice.worth)
        right = mean if choice.right is None else choice.evidence[choice.right]
        hit = none if choice.right is None else shares[choice.right]
        height += choice.worth * math.log(max(hit, 1e-300))
        for i in places:
            first[i] += choice.worth * ((choice.right is not None) * right[i] - mean[i])
    return Slope(height, first, second)


def solve(matrix: Matrix, right: Sequence[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination with pivots."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(len(rows)):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [line[-1] / line[i] for i, line in enumerate(rows)]


def _shares(
    evidence: Sequence[Sequence[float]], weights: Sequence[float]
) -> tuple[list[float], float]:
    strengths = [sum([w * e for w, e in zip(weights, row, strict=True)]) for row in evidence]
    top = max([0.0, *strengths])
    raised = [math.exp(s - top) for s in strengths]
    whole = sum(raised) + math.exp(-top)
    return [r / whole for r in raised], math.exp(-top) / whole


def _spread(second: Matrix, evidence: Sequence[float], worth: float) -> None:
    if abs(worth) < 1e-6:
        return
    for row, value in zip(second, evidence, strict=True):
        scaled = worth * value
        for j, other in enumerate(evidence):
            row[j] += scaled * other
