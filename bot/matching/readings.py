"""How Chinese is read aloud: the syllables of words, without tones.

`readings.txt` holds what the dictionaries of pypinyin say of characters and phrases; `python -m
tests.matching.readings` writes it anew. The library itself reads its dictionaries into 55 MB at
every start, which takes as long as to read the whole FAQ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data

import numpy as np
import numpy.typing as npt

LONGEST = 10
"""Characters of the longest phrase."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The syllables of characters, and of the phrases in which one is read otherwise."""

    syllables: Sequence[str]
    single: npt.NDArray[np.uint16]
    """By code point, the place of its syllable; 0 for what has none."""
    otherwise: Mapping[str, Sequence[str]]
    """Phrases in which some character is not read as it is alone."""
    phrases: Mapping[str, str]
    """All phrases, by first character: what follows it, each between spaces. Those that are read as
    their characters are tell where others begin.
    """

    @classmethod
    def of(cls, text: str) -> Readings:
        """From the text of the file: its three parts stand apart by empty lines."""
        single, otherwise, phrases = (part.splitlines() for part in text.split("\n\n"))
        syllables, written = zip(*(line.split(" ") for line in single), strict=True)
        points = np.frombuffer("".join(written).encode("utf-32-le"), dtype=np.uint32)
        table = np.zeros(int(points.max()) + 1, dtype=np.uint16)
        table[points] = np.arange(1, len(written) + 1).repeat([len(chars) for chars in written])
        return cls(
            ("", *syllables),
            table,
            {line.partition(" ")[0]: tuple(line.split(" ")[1:]) for line in otherwise},
            {line[0]: f"{line[1:]} " for line in phrases},
        )

    def spoken(self, chinese: str) -> list[str]:
        """The syllables of a word, phrase by phrase, each the longest that there is; a character
        that nobody knows has none.
        """
        spoken: list[str] = []
        at = 0
        while at < len(chinese):
            phrase = self._phrase(chinese[at:])
            spoken += self.otherwise.get(phrase) or filter(None, map(self._alone, phrase))
            at += len(phrase)
        return spoken

    def _phrase(self, rest: str) -> str:
        """What is read together at the begin of a rest: a phrase, or one character."""
        known = self.phrases.get(rest[0], "")
        for end in range(min(len(rest), LONGEST), 1, -1):
            if f" {rest[1:end]} " in known:
                return rest[:end]
        # As pypinyin has it, where the text ends within a phrase no shorter one is looked for.
        return rest if f" {rest[1:]}" in known and len(rest) > 1 else rest[0]

    def _alone(self, char: str) -> str:
        point = ord(char)
        return self.syllables[self.single[point]] if point < len(self.single) else ""


@cache
def readings() -> Readings:
    """What comes along, read once."""
    data = get_data(__package__, "readings.txt")
    assert data is not None
    return Readings.of(data.decode("utf-8"))
