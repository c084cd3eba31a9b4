"""What is no business of the FAQ: whoever says such a word, or nearly such a sentence, is not
answered in haste.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .finder import Finder
from .sound import sounds_of
from .space import Space, grams
from .text import units

SHORTEST_HEARD = 2
"""Syllables a word needs to be found by its sound."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Foreign words as spelled and, in a text typed in pinyin, as heard; and foreign sentences."""

    finder: Finder
    exceptions: frozenset[str]
    heard: Mapping[str, str]
    heard_exceptions: tuple[str, ...]
    sentences: Space

    @classmethod
    def of(
        cls,
        words: Sequence[str],
        exceptions: Sequence[str] = (),
        sentences: Sequence[str] = (),
    ) -> Foreign:
        """From normalised words, longer ones in which they do not count (个税 in 个税号), and
        normalised sentences.
        """
        heard = {sounds_of(word): word for word in words if word}
        return cls(
            Finder.of((*words, *exceptions)),
            frozenset(exceptions),
            {sound: word for sound, word in heard.items() if len(sound) >= SHORTEST_HEARD},
            tuple(sounds_of(word) for word in exceptions if word),
            Space.over(
                {
                    "spelled": [grams(units(text)) for text in sentences],
                    "heard": [grams(sounds_of(text)) for text in sentences],
                }
            ),
        )

    def words_in(self, normalised: str, sounds: str = "") -> frozenset[str]:
        """The foreign words in a normalised text, and in its sounds if they are given."""
        found = {normalised[start:end] for start, end in self.finder.spans(normalised)}
        spelled = frozenset(found - self.exceptions)
        if not sounds:
            return spelled
        for longer in self.heard_exceptions:
            sounds = sounds.replace(longer, " ")
        return spelled.union(word for sound, word in self.heard.items() if sound in sounds)

    def closest(self, normalised: str, sounds: str) -> tuple[float, float]:
        """The cosine, 0 to 1, with the closest foreign sentence, as spelled and as heard."""
        return self.closest_to(grams(units(normalised)), grams(sounds))

    def closest_to(self, spelled: Sequence[str], heard: Sequence[str]) -> tuple[float, float]:
        """The same from the grams of a text, as spelled and as heard."""
        asked = self.sentences.vector({"spelled": spelled, "heard": heard})
        one, two = self.sentences.closest(asked)
        return one, two
