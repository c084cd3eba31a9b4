"""Finds any of many words in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Finder:
    """Some normalised words. One in Latin letters is only found as a whole word.

    A pattern of all words as alternatives takes several times as long to search, as it tries one
    after the other, and to build.
    """

    begin: re.Pattern[str]
    """Any character that begins a word."""
    words: Mapping[str, tuple[str, ...]]
    """The words by first character, the longest first."""

    @classmethod
    def of(cls, words: Iterable[str]) -> Finder:
        """From any words; empty ones are left out."""
        ordered = sorted({word for word in words if word}, key=lambda w: (w[0], -len(w), w))
        found = {first: tuple(said) for first, said in groupby(ordered, lambda word: word[0])}
        begin = "".join(map(re.escape, found))
        return cls(re.compile(f"[{begin}]" if begin else "(?!)"), found)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where words stand, begin and end, from left to right and none across another: the
        longest where several begin.
        """
        end = 0
        for met in self.begin.finditer(text):
            start = met.start()
            if start < end:
                continue
            for word in self.words[met[0]]:
                if text.startswith(word, start) and _whole(word, text, start):
                    end = start + len(word)
                    yield start, end
                    break


def _whole(word: str, text: str, start: int) -> bool:
    if not word.isascii():
        return True
    around = text[max(start - 1, 0) : start], text[start + len(word) :][:1]
    return not any(char.isascii() and char.isalnum() for char in around)
