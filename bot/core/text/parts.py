"""A text in parts that a small window holds, cut inside no character and no value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.core.text import private
from bot.core.text.render import units

_ZWJ = "\u200d"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_WORD = re.compile(r"[A-Za-z0-9@._%+-]")


def parts(text: str, most: int) -> tuple[str, ...]:
    """Plain text in parts of at most `most` UTF-16 units, between lines where possible.

    A line that is longer by itself is cut between characters as people see them, but not in a word
    of Latin letters and digits or in a private value, unless that is longer than a part.
    """
    found, part = list[str](), ""
    for line in text.splitlines(keepends=True):
        for piece in _pieces(line, most):
            if part and units((part + piece).rstrip("\n")) > most:
                found.append(part)
                part = ""
            part += piece
    return tuple(each for part in (*found, part) if (each := part.strip("\n")))


def _pieces(line: str, most: int) -> Iterator[str]:
    """A line as far as it need not be cut."""
    if units(line.rstrip("\n")) <= most:
        yield line
        return
    for piece in _whole(line, most):
        if units(piece) <= most:
            yield piece
        else:
            yield from _characters(piece, most)


def _whole(line: str, most: int) -> Iterator[str]:
    """Private values, words, and characters that are of neither."""
    since = 0
    for each in private.find(line):
        yield from _words(line[since : each.start], most)
        yield line[each.start : each.end]
        since = each.end
    yield from _words(line[since:], most)


def _words(text: str, most: int) -> Iterator[str]:
    word = ""
    for character in _characters(text, most):
        if _WORD.match(character):
            word += character
            continue
        if word:
            yield word
        yield character
        word = ""
    if word:
        yield word


def _characters(text: str, most: int) -> Iterator[str]:
    """Each with what belongs to it: accents, variants, skin, what is joined to it. What is longer
    than a part is cut anyway.
    """
    whole = ""
    for character in text:
        if whole and (not _belongs(whole, character) or units(whole + character) > most):
            yield whole
            whole = ""
        whole += character
    if whole:
        yield whole


def _belongs(whole: str, character: str) -> bool:
    """Whether a code point goes on with the character before it."""
    if unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf") or _SKIN.match(character):
        return True
    return whole.endswith(_ZWJ) or bool(_FLAG.fullmatch(whole) and _FLAG.match(character))
