"""What of a sentence counts: one plain spelling and its parts.

Everything that is compared passes through here first, the stored phrasings as well as the
question, so a difference in width, script, case, politeness or punctuation never costs a match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from opencc import OpenCC

MOST = 400
"""Characters kept of a text: longer ones lose their middle, as a need stands first or last."""

FILLER = re.compile(
    r"请问|请教|想问问|想问|我问|问一下|问下|咨询一下|您好|你好|哈喽|\bhello\b|\bhi\b|在吗|在线等"
    r"|麻烦[您你]?|谢谢[您你了啦]?|多谢|感谢|拜托|劳驾|求助|不好意思|打扰一?下?了?|帮我|帮忙"
    r"|(?<!申)请(?!假|示|领|求)|一下|到底|究竟|亲亲|急急+|哈哈+"
    r"|[啊呀哦噢呢吧嘛啦哎诶唉嗯咯哟喔吗]"
)
_CLAUSE = re.compile(r"[，。！？；、,.!?;…~～\n]+|\s{2,}")
_UNIT = re.compile(r"[a-z0-9]+|[^a-z0-9\s]")
_NO_GAP = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_SERIAL = re.compile(r"\d{8,}")


@cache
def _to_simplified() -> Callable[[str], str]:
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return _to_simplified()(text)


def plain(text: str) -> str:
    """One spelling: half width, simplified, lower case, letters and digits only.

    Words in Latin letters stay apart by one space; Chinese is written without any.
    """
    text = simplified(unicodedata.normalize("NFKC", text)).casefold()
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return _NO_GAP.sub("", " ".join(words))


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
    return tuple(part for part in map(normalise, _CLAUSE.split(text)) if part)


def units(normalised: str) -> tuple[str, ...]:
    """What carries meaning: each Chinese character, each word or number in Latin letters.

    Long serial numbers are left out: they name one invoice, not a question.
    """
    return tuple(u for u in _UNIT.findall(normalised) if not _SERIAL.fullmatch(u))


def folding(groups: Sequence[Sequence[str]]) -> Callable[[str], str]:
    """A function that writes every word of a group as the group's first; the longest wins.

    Words are compared as normalised; one in Latin letters only stands for a whole word.
    """
    first = {
        plain(word): plain(group[0]) for group in reversed(groups) for word in group if plain(word)
    }
    if not first:
        return str
    words = sorted(first, key=lambda word: (-len(word), word))
    pattern = re.compile(
        "|".join(rf"\b{w}\b" if w.isascii() else re.escape(w) for w in words), re.ASCII
    )
    return lambda text: plain(pattern.sub(lambda met: first[met[0]], text))
