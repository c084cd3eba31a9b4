"""The text objects of an OFD page as letters with their places (GB/T 33190-2016, clause 11)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from bot.intake.lines import Letter
from bot.intake.xml import local

MOST: Final = 20_000
"""Letters of a page that are read."""

_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Text:
    """A text object: its ID, what it says, and its letters (millimetres)."""

    id: str
    text: str
    letters: tuple[Letter, ...]


def texts(page: Element) -> Iterator[Text]:
    """The text objects of a page or template, up to `MOST` letters."""
    left = MOST
    for element in page.iter():
        if left > 0 and local(element) == "TextObject":
            letters = tuple(_letters(element))[:left]
            left -= len(letters)
            said = "".join(letter.character for letter in letters)
            yield Text(element.get("ID", ""), said, letters)


def _letters(element: Element) -> Iterator[Letter]:
    """Letters that stand upright; others are those of seals and watermarks."""
    a, b, c, d, e, f = _numbers(element.get("CTM", ""), 6) or _PLAIN
    boundary = _numbers(element.get("Boundary", ""), 4)
    size = _number(element.get("Size", ""))
    if boundary is None or size is None or a <= 0 or d <= 0 or abs(b) + abs(c) > 0.1 * (a + d):
        return
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode" or not code.text:
            continue
        x, y = _number(code.get("X", "")) or x, _number(code.get("Y", "")) or y
        text = code.text.strip("\r\n")
        across, down = _steps(code.get("DeltaX", ""), text), _steps(code.get("DeltaY", ""), text)
        for index, character in enumerate(text):
            wide = size if ord(character) > 0x2E00 else size / 2
            left = boundary[0] + a * x + e
            yield Letter(character, left, left + a * wide, boundary[1] + d * y + f, d * size)
            x += across[index] if across else wide
            y += down[index] if down else 0.0


def _steps(given: str, text: str) -> list[float]:
    """How far each letter is from the next. `g 3 2.5` stands for 2.5 three times; the last step
    goes on where there are too few; empty where there are none.
    """
    steps: list[float] = []
    words = iter(given.split())
    for word in words:
        times, value = 1.0, _number(word)
        if word == "g":
            times, value = _number(next(words, "")) or 0.0, _number(next(words, ""))
        if value is None or len(steps) >= len(text):
            break
        steps += [value] * int(min(max(times, 0.0), len(text)))
    return steps + steps[-1:] * (len(text) - len(steps))


def _numbers(given: str, count: int) -> tuple[float, ...] | None:
    numbers = [_number(word) for word in given.split()[: count + 1]]
    known = tuple(number for number in numbers if number is not None)
    return known if len(known) == len(numbers) == count else None


def _number(word: str) -> float | None:
    """A number of a sensible size, or None."""
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e6 else None
