"""Letters on a page put in lines, as somebody who reads the page sees them.

In which order a document holds its letters says nothing: most invoices have all labels first and
all values behind them, and set the heading of a box letter by letter down its side.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.core.text.spelling import meaningless

Party = Literal["buyer", "seller"]

CELL: Final = "\t"
"""Stands in a line's text for a gap wider than a letter; a narrower one is a space."""
UNKNOWN: Final = "\ufffd"
"""Stands for a letter of which nobody can say what it is, and where two texts run into one another;
no value has it."""
SIDE: Final = "\v"
"""Stands where the line passes the side of a box with a heading down its side."""

_NARROW, _WIDE = 0.2, 1.2  # ems
_OWN = 0.6  # of a Chinese letter's width, which is its own even where letters stand close
_STEP, _SPAN = 0.25, 0.45  # ems between neighbouring and between all baselines of a line
_LARGEST = 1.6  # times the smallest letter in one line
_BOLD = 0.12  # ems; the narrowest letter is wider
_MOST_ALIKE = 64  # letters of one character on a page that may begin or continue a heading

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")

_HEADINGS: tuple[tuple[str, Party | None], ...] = (
    ("购买方信息", "buyer"),
    ("销售方信息", "seller"),
    ("购买方", "buyer"),
    ("销售方", "seller"),
    ("购货单位", "buyer"),
    ("销货单位", "seller"),
    ("密码区", None),
    ("备注", None),
)
"""Headings that run down the side of a box, the longer first, and whose box it is."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One printed character. Lengths in any one unit, y grows downwards, `base` is the baseline."""

    character: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading down the side of a box, and the box's height as far as it can be told."""

    party: Party | None
    at: float
    top: float
    bottom: float

    def beside(self, base: float) -> bool:
        """Whether a line on this baseline runs through the box."""
        return self.top <= base <= self.bottom


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Text from left to right; `places` is where each of its characters begins."""

    text: str
    places: tuple[float, ...]
    base: float
    size: float
    headings: tuple[Heading, ...] = ()

    def party(self, index: int) -> Party | None:
        """Whose box the character at `index` stands in, by the heading next to its left."""
        left = [heading for heading in self.headings if heading.at <= self.places[index]]
        return left[-1].party if left else None


def lines(letters: Iterable[Letter]) -> list[PrintedLine]:
    """The lines of a page from top to bottom, headings down a side taken out of their text."""
    clean = _clean(letters)
    headings, used = _headings(clean)
    rest = [letter for letter in clean if id(letter) not in used]
    return [_line(row, headings) for row in _rows(rest)]


def _clean(letters: Iterable[Letter]) -> list[Letter]:
    """Plain characters, no blanks; `UNKNOWN` for one that a font gives a meaning of its own."""
    clean = []
    for letter in letters:
        plain = unicodedata.normalize("NFKC", letter.character).strip()
        if meaningless(plain):
            plain = UNKNOWN
        if letter.size > 0 and plain and plain.isprintable():
            clean.append(replace(letter, character=plain))
    return clean


def _rows(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Letters of about one size on about one baseline, from top to bottom."""
    rows: list[list[Letter]] = []
    near: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: letter.base):
        near = [row for row in near if letter.base - row[-1].base <= _STEP * _LARGEST * letter.size]
        fit = [row for row in near if _fits(letter, row)]
        if fit:
            max(fit, key=lambda row: row[-1].base).append(letter)
        else:
            rows.append([letter])
            near.append(rows[-1])
    return rows


def _fits(letter: Letter, row: Sequence[Letter]) -> bool:
    """Whether a letter that stands no higher than a row belongs to it."""
    small, large = sorted((letter.size, row[0].size))
    step, span = letter.base - row[-1].base, letter.base - row[0].base
    return large < _LARGEST * small and step <= _STEP * small and span <= _SPAN * small


def _line(row: Sequence[Letter], headings: Sequence[Heading]) -> PrintedLine:
    base = sum(letter.base for letter in row) / len(row)
    size = max(letter.size for letter in row)
    beside = sorted((h for h in headings if h.beside(base)), key=lambda heading: heading.at)
    sides = [Letter(SIDE, heading.at, heading.at, base, 0.0) for heading in beside]
    text, places, right, taken = "", [], None, -math.inf
    for letter in _once(sorted((*row, *sides), key=lambda letter: letter.left)):
        gap, em = 0.0 if right is None else letter.left - right, letter.size or size
        blank = CELL if gap > _WIDE * em else " " if gap > _NARROW * em else ""
        if letter.left < taken:
            blank = UNKNOWN
        if _CHINESE.match(letter.character):
            taken = letter.left + _OWN * (letter.right - letter.left)
        piece = blank + letter.character
        text += piece
        places += [letter.left] * len(piece)
        right = letter.right
    return PrintedLine(text, tuple(places), base, size, tuple(beside))


def _once(row: Iterable[Letter]) -> Iterator[Letter]:
    """The letters without those printed again in the same place, which makes them look bold."""
    latest: dict[str, float] = {}
    for letter in row:
        if letter.left - latest.get(letter.character, -math.inf) >= _BOLD * letter.size:
            latest[letter.character] = letter.left
            yield letter


def _headings(letters: Sequence[Letter]) -> tuple[list[Heading], set[int]]:
    """The headings down a side, and the ids of their letters."""
    alike: dict[str, list[Letter]] = {}
    for letter in letters:
        alike.setdefault(letter.character, []).append(letter)
    found: list[Heading] = []
    used: set[int] = set()
    for word, party in _HEADINGS:
        for first in alike.get(word[0], ())[:_MOST_ALIKE]:
            chain = _down(first, word, alike)
            if chain and used.isdisjoint(map(id, chain)):
                used.update(map(id, chain))
                pitch = (chain[-1].base - first.base) / (len(chain) - 1)
                top, bottom = first.base - 1.5 * pitch, chain[-1].base + 1.5 * pitch
                found.append(Heading(party, first.left, top, bottom))
    if {heading.party for heading in found} >= {"buyer", "seller"}:
        return found, used
    # where one was not read, its box would pass for part of the other's
    return [replace(heading, party=None) for heading in found], used


def _down(first: Letter, word: str, alike: dict[str, list[Letter]]) -> list[Letter]:
    """The letters of the word, one under the other; empty where one is missing."""
    chain = [first]
    for character in word[1:]:
        above = chain[-1]
        under = [
            letter
            for letter in alike.get(character, ())[:_MOST_ALIKE]
            if abs(letter.left - above.left) < 0.6 * above.size
            and 0.6 * above.size < letter.base - above.base < 4 * above.size
        ]
        if not under:
            return []
        chain.append(min(under, key=lambda letter: letter.base))
    return chain
