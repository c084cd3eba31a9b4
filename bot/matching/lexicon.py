"""What the authors tell the matcher about words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that mean the same, and what is no business of the FAQ."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words for one thing; the first stands for all."""
    foreign: tuple[str, ...] = ()
    """Words that name what others are there for."""
    exceptions: tuple[str, ...] = ()
    """Longer words in which a foreign word does not count (个税 in 个税号)."""
    strangers: tuple[str, ...] = ()
    """Whole sentences that are to be declined, though they sound like the FAQ."""
    opposites: tuple[tuple[str, str], ...] = ()
    """Pairs of words that turn a sentence into its contrary."""


NONE = Lexicon()
