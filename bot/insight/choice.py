"""Fit the weights of a choice: which of several candidates is right, or none of them.

The model of `bot.matching.rank`: a candidate's strength is the weighted sum of its evidence, none
has strength 0, and the probability of each is its share by exponential. The penalised likelihood
of the right ones has a single maximum, which Newton's method finds; a step that would not climb
is halved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.rows import Floats, Numbers

ROUNDS = 25
ENOUGH = 1e-6
"""Gain in likelihood a question, below which the maximum is reached."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was to choose from: evidence (candidates x kinds), the right one's place or None, and
    how much the choice counts.
    """

    evidence: Floats
    right: int | None
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Slope:
    """The penalised likelihood at some weights, with its first and (negated) second derivative."""

    height: float
    first: Floats
    second: Floats


@dataclass(frozen=True, slots=True)
class Choices:
    """Many choices as one table: a row a candidate, those of a choice side by side."""

    evidence: Floats
    choice: Numbers
    """The choice of each row."""
    right: Floats
    """1 for the right row of a choice, else 0."""
    worth: Floats

    @classmethod
    def of(cls, choices: Sequence[Choice], kinds: int) -> Choices:
        sizes = [len(one.evidence) for one in choices]
        rows = [np.reshape(one.evidence, (-1, kinds)) for one in choices]
        right = [np.arange(size) == one.right for one, size in zip(choices, sizes, strict=True)]
        return cls(
            np.concatenate(rows),
            np.repeat(np.arange(len(choices)), sizes),
            np.concatenate(right).astype(float),
            np.array([one.worth for one in choices]),
        )

    def slope(self, weights: Floats, penalty: float) -> Slope:
        """Height and derivatives of the penalised likelihood at `weights`."""
        count = len(self.worth)
        strength = self.evidence @ weights
        top = np.zeros(count)
        np.maximum.at(top, self.choice, strength)
        raised = np.exp(strength - top[self.choice])
        whole = np.bincount(self.choice, raised, minlength=count) + np.exp(-top)
        shares = raised / whole[self.choice]
        chosen = np.bincount(self.choice, self.right * strength, minlength=count)
        worth = self.worth[self.choice]
        mean = np.zeros((count, len(weights)))
        filled, first = np.unique(self.choice, return_index=True)
        mean[filled] = np.add.reduceat(shares[:, None] * self.evidence, first, axis=0)
        spread = (self.evidence * (worth * shares)[:, None]).T @ self.evidence
        return Slope(
            float(self.worth @ (chosen - top - np.log(whole)) - penalty / 2 * weights @ weights),
            self.evidence.T @ (worth * (self.right - shares)) - penalty * weights,
            spread - (mean * self.worth[:, None]).T @ mean + penalty * np.eye(len(weights)),
        )


def fit(choices: Sequence[Choice], start: Sequence[float], penalty: float = 1.0) -> list[float]:
    """The likeliest weights, with `penalty` on half the square of each."""
    weights = np.array(start, dtype=float)
    table = Choices.of(choices, len(weights))
    here = table.slope(weights, penalty)
    for _ in range(ROUNDS):
        step = np.linalg.solve(here.second, here.first)
        for halving in range(12):
            moved = weights + step / 2**halving
            there = table.slope(moved, penalty)
            if there.height > here.height:
                break
        else:
            break
        gain = there.height - here.height
        weights, here = moved, there
        if gain < ENOUGH * len(choices):
            break
    return [float(weight) for weight in weights]
