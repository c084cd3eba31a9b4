"""`python -m tests.matching.readings`: write `bot/matching/readings.txt` from pypinyin."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from unicodedata import combining, normalize

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from bot.matching import readings

FILE = Path(readings.__file__).with_suffix(".txt")


def text() -> str:
    """What the file has to hold."""
    written: dict[str, str] = dict.fromkeys(_typed(), "")
    for char in map(chr, sorted(PINYIN_DICT)):
        (syllable,) = lazy_pinyin(char, errors="ignore")
        written[syllable] = written.get(syllable, "") + char
    alone = {char: syllable for syllable, chars in written.items() for char in chars}
    otherwise: list[str] = []
    phrases: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in sorted(PHRASES_DICT):
        phrases[phrase[0]].append(phrase[1:])
        spoken = lazy_pinyin(phrase, errors="ignore")
        if spoken != [alone[char] for char in phrase]:
            otherwise.append(" ".join((phrase, *spoken)))
    single = [f"{syllable} {chars}" for syllable, chars in sorted(written.items())]
    rest = [" ".join((first, *rests)) for first, rests in phrases.items()]
    return "\n\n".join(map("\n".join, (single, otherwise, rest))) + "\n"


def _typed() -> set[str]:
    """Every syllable that some character has, with v for ü, as people type it."""
    toned = {one for spoken in PINYIN_DICT.values() for one in spoken.split(",")}
    apart = (normalize("NFD", one).replace("u\u0308", "v") for one in toned)
    return {"".join(char for char in one if not combining(char)) for one in apart}


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
