"""Which reports count: a person is counted once in six hours, however often they ask."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .days import Flags

APART = 360
"""Minutes that a person's reports of one family have to lie apart to count again."""


def counted(minute: npt.NDArray[np.int64], person: npt.NDArray[np.int64]) -> Flags:
    """Which reports of one family count, by their minutes and by numbers that stand for persons.

    A report counts unless its person has one that counts in the `APART` minutes before it.
    """
    order = np.lexsort((minute, person))
    minutes, persons = minute[order], person[order]
    firsts = np.flatnonzero(np.diff(persons, prepend=persons[:1] - 1))
    sizes = np.diff(firsts, append=len(persons))
    counts = np.zeros(len(persons), np.bool_)
    counts[firsts] = True
    last = minutes[firsts]
    for rank in range(1, sizes.max(initial=0)):
        more = sizes > rank
        firsts, sizes, last = firsts[more], sizes[more], last[more]
        at = firsts + rank
        again = minutes[at] - last >= APART
        counts[at] = again
        last = np.where(again, minutes[at], last)
    found = np.empty_like(counts)
    found[order] = counts
    return found
