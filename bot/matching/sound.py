"""How a sentence sounds: what a pinyin keyboard mistypes keeps its sound.

Questions typed in pinyin are cut into the same syllables, so they meet the stored phrasings here.
Sounds that many people do not tell apart (zh and z, n and ng) count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from .readings import readings
from .text import KEPT, MUTE, cut_words, normalise, units

_LONGEST = 6
_PIECE = re.compile(r"[a-z]+|\d+|[^a-z0-9\s]+")
_VAGUE = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"([aei]n)g$"), r"\1"),
    (re.compile(r"^[n](?=[aeiouv])"), "l"),
)
_RARE = frozenset({"", "m", "n", "ng", "hm", "hng", "cei", "biang", "fiao", "wong"})
_FIRST_CODE = 0xE000


@cache
def _syllables() -> frozenset[str]:
    return frozenset(readings().syllables) - _RARE


@cache
def _codes() -> Mapping[str, str]:
    vague = {syllable: _vague(syllable) for syllable in _syllables()}
    code = {sound: chr(_FIRST_CODE + n) for n, sound in enumerate(sorted(set(vague.values())))}
    return {syllable: code[sound] for syllable, sound in vague.items()}


def _vague(syllable: str) -> str:
    for pattern, to in _VAGUE:
        syllable = pattern.sub(to, syllable)
    return syllable


def cut(letters: str) -> tuple[str, ...]:
    """The fewest pinyin syllables that spell `letters`, or nothing when none do."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        found = None
        for start in range(max(0, end - _LONGEST), end):
            before = best[start]
            if before is None or letters[start:end] not in _syllables():
                continue
            if found is None or len(before) + 1 < len(found):
                found = (*before, letters[start:end])
        best.append(found)
    return best[-1] or ()


def pinyin(normalised: str) -> list[str]:
    """The syllables of a text without tones; a Latin word that is no pinyin stays one piece.

    Numbers are kept as `bot.matching.text.units` keeps them.
    """
    return [syllable for piece in _pieces(normalised) for syllable in _spoken(piece)]


def _pieces(normalised: str) -> Iterator[str]:
    """The Latin words and numbers of a text, and the words of what is Chinese."""
    for piece in _PIECE.findall(normalised):
        if piece.isascii():
            if not MUTE.fullmatch(piece):
                yield piece
        elif not piece.isdecimal():  # digits of other scripts are not read
            yield from cut_words(piece)


@lru_cache(maxsize=1 << 14)
def _spoken(piece: str) -> tuple[str, ...]:
    return (cut(piece) or (piece,)) if piece.isascii() else tuple(readings().spoken(piece))


@lru_cache(maxsize=1 << 14)
def _sound(piece: str) -> str:
    return "".join([_codes().get(syllable, syllable) for syllable in _spoken(piece)])


def sounded(word: str) -> str:
    """How one word of a text sounds, as `sounds_of` writes it."""
    return _sound(word)


def romanised(normalised: str) -> str:
    """`pinyin` as one types it, with spaces."""
    return " ".join(pinyin(normalised))


@lru_cache(KEPT)
def sounds_of(normalised: str) -> str:
    """`pinyin` in one character a syllable, other pieces in their letters: quick to compare."""
    return "".join(map(_sound, _pieces(normalised)))


def sounds(text: str) -> str:
    """`sounds_of` any text."""
    return sounds_of(normalise(text))


def typed_in_pinyin(normalised: str) -> bool:
    """Whether a text has no characters of its own and most of its words are syllables."""
    words: list[str] = []
    for unit in units(normalised):
        if unit.isalpha():
            if not unit.isascii():
                return False
            words.append(unit)
    return 2 * sum(len(word) for word in words if cut(word)) > sum(map(len, words))
