"""How a sentence sounds: what a pinyin keyboard mistypes keeps its sound.

Questions typed in pinyin are cut into the same syllables, so they meet the stored phrasings here.
Sounds that many people do not tell apart (zh and z, n and ng) count as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

import rjieba
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from .text import KEPT, MUTE, normalise, units

_LONGEST = 6
_PIECE = re.compile(r"[a-z]+|\d+|[^a-z0-9\s]+")
_VAGUE = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"([aei]n)g$"), r"\1"),
    (re.compile(r"^[n](?=[aeiouv])"), "l"),
)
_RARE = frozenset({"m", "n", "ng", "hm", "hng", "cei", "biang", "fiao", "wong"})
_FIRST_CODE = 0xE000


def _share(phrases: Mapping[str, list[list[str]]]) -> None:
    """Let equal readings be one list: tens of thousands of phrases hold a thousand different ones,
    and so take 25 MB less.
    """
    known: dict[str, list[str]] = {}
    for readings in phrases.values():
        readings[:] = [known.setdefault(",".join(one), one) for one in readings]


_share(PHRASES_DICT)


@cache
def _syllables() -> frozenset[str]:
    toned = {one for readings in PINYIN_DICT.values() for one in readings.split(",")}
    return frozenset(map(_bare, toned)) - _RARE


def _bare(syllable: str) -> str:
    """Without its tone, and with v for ü, as people type it."""
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in apart if not unicodedata.combining(c))


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
    spoken: list[str] = []
    for piece in _PIECE.findall(normalised):
        if MUTE.fullmatch(piece):
            continue
        if piece.isascii():
            spoken += cut(piece) or (piece,)
        else:
            for word in rjieba.cut(piece):
                spoken += _syllables_of(word)
    return spoken


@lru_cache(maxsize=1 << 16)
def _syllables_of(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word, errors="ignore"))


def romanised(normalised: str) -> str:
    """`pinyin` as one types it, with spaces."""
    return " ".join(pinyin(normalised))


@lru_cache(KEPT)
def sounds_of(normalised: str) -> str:
    """`pinyin` in one character a syllable, other pieces in their letters: quick to compare."""
    codes = _codes()
    return "".join([codes.get(piece, piece) for piece in pinyin(normalised)])


def sounds(text: str) -> str:
    """`sounds_of` any text."""
    return sounds_of(normalise(text))


def typed_in_pinyin(normalised: str) -> bool:
    """Whether a text has no characters of its own and most of its words are syllables."""
    words = [unit for unit in units(normalised) if unit.isalpha()]
    return (
        bool(words)
        and all(map(str.isascii, words))
        and (2 * sum(len(word) for word in words if cut(word)) > sum(map(len, words)))
    )
