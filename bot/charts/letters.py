"""How wide words are, in ems, and where a line of them ends.

A Chinese character is as wide as its font is high.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import east_asian_width

_STEP: Final = 0.1  # ems
_WORD: Final = re.compile(r"[A-Za-z0-9.:%/_-]+|\s|\S[，。；：、？！）》」』”’]?")


def ems(words: str) -> float:
    """How wide they are, and never less than they turn out."""
    return sum(map(_em, words))


def wrapped(words: str, width: float) -> list[str]:
    """The words in lines of at most `width` ems, all about as long.

    A word that is wider alone has a line of its own.
    """
    lines = _filled(words, width)
    longest = max(map(ems, lines))
    while len(lines) > 1 and len(evener := _filled(words, longest - _STEP)) == len(lines):
        if max(map(ems, evener)) >= longest:  # a word alone is so wide
            break
        lines, longest = evener, max(map(ems, evener))
    return lines


def _filled(words: str, width: float) -> list[str]:
    lines = [""]
    for word in _WORD.findall(words):
        if lines[-1] and ems(lines[-1] + word) > width:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [line.rstrip() for line in lines]


def _em(sign: str) -> float:
    return 1.0 if east_asian_width(sign) in "WFA" else 0.75 if sign.isupper() else 0.62
