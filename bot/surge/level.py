"""How busy the day is beside a usual one, as all others tell that do not report this trouble.

The rows of counts are the families, and last all other questions.
"""

from __future__ import annotations

import numpy as np

from . import windows
from .days import Flags
from .evidence import evidence, tolls
from .usual import Floats

WINDOW = 180
"""Minutes that are looked at."""
DAMPING = 25.0
"""Reports that are thought to have come as usual: the day's level varies by a fifth, so a count
tells more than that from 25 on."""
LOWEST, HIGHEST = 0.5, 4.0
SUSPECT = 5.0
"""Evidence of a surge in nats, from which on a family tells nothing of the day."""


def level(counts: Floats, usual: Floats) -> Floats:
    """What the usual of each family is multiplied with at each minute: (families, minutes).

    A family that rises beside the questions is left out of the level of the others: what hits all
    families at once would hide itself.
    """
    seen, thought = windows.sums(counts, WINDOW), windows.sums(usual, WINDOW)
    asked = _damped(seen[-1:], thought[-1:])
    calm = evidence(counts[:-1], tolls(usual[:-1] * asked)) < SUSPECT
    seen = np.concatenate([seen[:-1] * calm, seen[-1:]])
    thought = np.concatenate([thought[:-1] * calm, thought[-1:]])
    return _damped(seen.sum(axis=0) - seen[:-1], thought.sum(axis=0) - thought[:-1])


def of_questions(counts: Floats, usual: Floats) -> Floats:
    """The level by the questions alone: (minutes,)."""
    return _damped(windows.sums(counts[-1], WINDOW), windows.sums(usual[-1], WINDOW))


def _damped(seen: Floats, thought: Floats) -> Floats:
    ratio: Floats = np.clip((DAMPING + seen) / (DAMPING + thought), LOWEST, HIGHEST)
    return ratio


def without(rows: Floats, left_out: Flags) -> Floats:
    """Counts or rates with nothing in the minutes that belong to known surges."""
    kept: Floats = np.where(left_out, 0.0, rows)
    return kept
