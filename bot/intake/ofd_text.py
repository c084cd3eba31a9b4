"""The text objects of an OFD page as letters with their places (GB/T 33190-2016, clause 11)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element

from bot.intake.layout import Letter
from bot.intake.xml import local

MOST: Final = 20_000
"""Letters of a page that are read."""

_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TextObject:
    """A text object: its ID, what it says, and its letters (millimetres)."""

    id: str
    text: str
    letters: tuple[Letter, ...]


def texts(page: Element) -> Iterator[TextObject]:
    """The text objects of a page or template, each of them whole, up to `MOST` letters."""
    left = MOST
    for element in page.iter():
        if local(element) == "TextObject":
            letters = tuple(islice(_letters(element), left + 1))
            left -= len(letters)
            if left < 0:
                return
            said = "".join(letter.character for letter in letters)
            yield TextObject(element.get("ID", ""), said, letters)


def _letters(element: Element) -> Iterator[Letter]:
    """Letters that stand upright; others are those of seals and watermarks.

    A text code without X or Y begins where the one before it did; one with a step in one direction
    alone takes none in the other (11.3). Without any step its letters would all be in one place, so
    they follow one another.
    """
    a, b, c, d, e, f = _numbers(element.get("CTM", ""), 6) or _PLAIN
    boundary = _numbers(element.get("Boundary", ""), 4)
    size = _number(element.get("Size", ""))
    if boundary is None or size is None or a <= 0 or d <= 0 or abs(b) + abs(c) > 0.1 * (a + d):
        return
    em = size * (_number(element.get("HScale", "")) or 1.0)
    begins = (0.0, 0.0)
    for code in element:
        if local(code) != "TextCode" or not code.text:
            continue
        begins = x, y = _given(code, "X", begins[0]), _given(code, "Y", begins[1])
        text = code.text.strip("\r\n")[: MOST + 1]  # with one more the object is left out
        widths = [em if ord(character) > 0x2E00 else em / 2 for character in text]
        across, down = _steps(code.get("DeltaX", ""), text), _steps(code.get("DeltaY", ""), text)
        if not any((*across, *down)):
            across = widths
        for character, wide, step, fall in zip(text, widths, across, down, strict=True):
            left = boundary[0] + a * x + e
            yield Letter(character, left, left + a * wide, boundary[1] + d * y + f, d * size)
            x, y = x + step, y + fall


def _given(code: Element, name: str, otherwise: float) -> float:
    number = _number(code.get(name, ""))
    return otherwise if number is None else number


def _steps(given: str, text: str) -> list[float]:
    """How far each letter is from the next. `g 3 2.5` stands for 2.5 three times; the last step
    goes on where there are too few; zeros where there are none.
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
    return steps + (steps or [0.0])[-1:] * (len(text) - len(steps))


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
