"""What of a sentence counts: one plain spelling and its parts.

Everything that is compared passes through here first, the stored phrasings as well as the
question, so a difference in width, script, case, politeness or punctuation never costs a match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

import rjieba
from opencc import OpenCC

from .finder import Finder

MOST = 400
"""Characters kept of a text: longer ones lose their middle, as a need stands first or last."""

FILLER = re.compile(
    # Looking at one character first makes the search several times as fast.
    r"(?=[请想我问咨您你哈h在麻谢多感拜劳求不打帮一到究亲急啊呀哦噢呢吧嘛啦哎诶唉嗯咯哟喔吗])(?:"
    r"请问|请教|想问问|想问|我问|问一下|问下|咨询一下|您好|你好|哈喽|\bhello\b|\bhi\b|在吗|在线等"
    r"|麻烦[您你]?|谢谢[您你了啦]?|多谢|感谢|拜托|劳驾|求助|不好意思|打扰一?下?了?|帮我|帮忙"
    r"|(?<![申邀聘])请(?![假示领求款客])|一下|到底|究竟|亲亲|急急+|哈哈+"
    r"|[啊呀哦噢呢吧嘛啦哎诶唉嗯咯哟喔吗])",
    re.ASCII,  # or Chinese beside a Latin word would count as part of it
)
_CLAUSE = re.compile(r"[，。！？；、,.!?;…~～\n]+|\s{2,}")
_APART = re.compile(r"[\W_]+")
_UNIT = re.compile(r"[a-z0-9]+|[^a-z0-9\s]")
_NO_GAP = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
HALF = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no file and no encoder takes."""
MUTE = re.compile(r"\d{1,2}|\d{8,}")
"""Numbers that ask nothing: a count, or the serial number of one invoice."""
_NUMBER = re.compile(r"\d")
KEPT = 512
"""Texts whose reading is remembered: many parts of the desk read the same message."""


@cache
def _converter(name: str) -> Callable[[str], str]:
    convert: Callable[[str], str] = OpenCC(name).convert
    return convert


def simplified(text: str) -> str:
    """The text in simplified characters; what was in traditional ones also in the words of the
    mainland (軟體: 软件).
    """
    text = HALF.sub(" ", text)
    text = text.replace("查詢", "查询")  # which OpenCC takes for a word of Taiwan alone
    simple = _converter("t2s")(text)
    # The words of Taiwan are only looked for where it writes: 文件 is another thing there.
    return simple if simple == text else _converter("t2s")(_converter("tw2sp")(text))


@lru_cache(8)  # for those who look at one message, one after the other
def _whole(text: str) -> str:
    """Half width and simplified."""
    return simplified(unicodedata.normalize("NFKC", text))


@lru_cache(KEPT)
def plain(text: str) -> str:
    """One spelling: half width, simplified, lower case, letters and digits only.

    Words in Latin letters stay apart by one space; Chinese is written without any.
    """
    text = _APART.sub(" ", _whole(text).casefold()).strip()
    return _NO_GAP.sub("", text) if " " in text else text


@lru_cache(KEPT)
def normalise(text: str) -> str:
    """`plain` without filler and politeness, at most `MOST` characters; its own fixed point.

    A text of nothing but filler is kept, as it is all that was said.
    """
    while True:
        short = plain(text)
        if len(short) > MOST:
            short = short[: MOST // 2] + short[-(MOST // 2) :]
        short = plain(FILLER.sub("", short)) or short
        if short == text:
            return text
        text = short


def clauses(text: str) -> tuple[str, ...]:
    """The normalised parts of a sentence between its stops and commas, none empty."""
    return tuple(part for part in map(normalise, _CLAUSE.split(_whole(text))) if part)


@lru_cache(KEPT)
def units(normalised: str) -> tuple[str, ...]:
    """What carries meaning: each Chinese character, each word or number in Latin letters.

    Counts and serial numbers are left out: they ask nothing.
    """
    found = _UNIT.findall(normalised)
    return tuple(_speaking(found) if _NUMBER.search(normalised) else found)


def terms(normalised: str) -> list[str]:
    """The words of a text, as a dictionary cuts them; counts and serial numbers are left out."""
    found = [word for word in cut_words(normalised) if not word.isspace()]
    return _speaking(found) if _NUMBER.search(normalised) else found


@lru_cache(KEPT)
def cut_words(text: str) -> tuple[str, ...]:
    """The pieces into which a dictionary cuts a text."""
    return tuple(rjieba.cut(text))


def _speaking(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if not MUTE.fullmatch(part)]


class Folding:
    """Writes every word of a group as the group's first; the longest wins.

    Words are compared as normalised; one in Latin letters only stands for a whole word.
    """

    __slots__ = ("_finder", "_first")

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._first = {
            plain(word): plain(group[0])
            for group in reversed(groups)
            for word in group
            if plain(word)
        }
        self._finder = Finder.of(self._first)

    def __call__(self, text: str) -> str:
        if not self._first:
            return text
        folded: list[str] = []
        end = 0
        for start, stop in self._finder.spans(text):
            folded += (text[end:start], self._first[text[start:stop]])
            end = stop
        whole = "".join((*folded, text[end:]))
        return text if whole == text else plain(whole)
