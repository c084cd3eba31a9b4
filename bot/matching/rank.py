"""How likely each entry is meant: evidence of several kinds, one weight each, one probability.

The model is a choice among the candidate entries and 'none of them': every entry has a strength
(the weighted sum of its evidence), none has strength 0, and shares are by exponential. So a close
runner-up lowers the score of the first, and scores of all entries sum to at most 1. The weights
are learned, see `weights`.
"""

from __future__ import annotations

import numpy as np

from .rows import Floats


def shares(strength: Floats) -> Floats:
    """The probability of each choice beside 'none', whose strength is 0."""
    top = max(0.0, float(strength.max(initial=0.0)))
    raised = np.exp(strength - top)
    probability: Floats = raised / (np.exp(-top) + raised.sum())
    return probability
