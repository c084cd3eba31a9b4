"""The pieces of which texts are made: runs of a few characters, and what is denied apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from .text import normalise

LONGEST = 3
"""Characters of the longest pieces."""
_FIGURES = re.compile(
    r"(?:[0-9]{2,4}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号]?)?|[0-9]{1,2}[日号]|[0-9]+[元块]|[0-9]{5,}"
)
"""Days, sums and numbers: they are some invoice's, and mean nothing of their own."""

_DENIES = re.compile(r"(?:没有|没能|不是|[没不未无非])[有能被在给曾太到再]?")
"""Denies what comes after it, whose pieces are others then: not 开成功, but !开成功."""


def runs(text: str) -> set[str]:
    """Every run of up to `LONGEST` characters."""
    size = len(text)
    return {
        text[begin : begin + length]
        for length in range(1, LONGEST + 1)
        for begin in range(size - length + 1)
    }


class Pieces:
    """Tells the pieces of any text. `fold` writes words that mean the same in one way.

    It keeps no state but a cache and may be shared.
    """

    __slots__ = ("_fold", "_of")

    def __init__(self, fold: Callable[[str], str] = str) -> None:
        self._fold = fold
        self._of = lru_cache(8)(self._found)  # for those who look at one message one after another

    def __reduce__(self) -> tuple[type[Pieces], tuple[Callable[[str], str]]]:
        # The cache does not outlive the process.
        return Pieces, (self._fold,)

    def __call__(self, text: str) -> frozenset[str]:
        return self._of(text)

    def _found(self, text: str) -> frozenset[str]:
        folded = self._fold(_FIGURES.sub("", normalise(text)))
        found: set[str] = set()
        denied: set[int] = set()
        for met in _DENIES.finditer(folded):
            after = range(met.end(), min(met.end() + LONGEST, len(folded)))
            denied.update(after)
            found.update(f"!{folded[after.start : end + 1]}" for end in after)
        if not denied:
            return frozenset(runs(folded))
        found.update(folded)
        for length in range(2, LONGEST + 1):
            for begin in range(len(folded) - length + 1):
                if not denied.issuperset(range(begin, begin + length)):
                    found.add(folded[begin : begin + length])
        return frozenset(found)
