"""What the form of a sentence tells: whether it asks, what it says, of which word it wonders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .text import KEPT, clauses, plain

MOST = 8
"""Clauses that are looked at one by one; of a longer story the first and the last."""
_ASKS = re.compile(
    r"(?<!不知道)(?<!不晓得)(?<!不清楚)(?<!不明白)(?<!不会)(?<!不懂)"
    r"(?:(?:怎么|怎样|什么|哪[里儿]?|谁)(?!.{0,3}[都也])|为何|为[啥什]|有啥|^我(?:是|就)?问(?!过|了)|多久|多少|多长"
    r"|几[次天点]|吗$|么$|(?<![都也啥])没$|(?<![都也])不$|是不是|能不能)"
)
_WONDERS = re.compile(
    r"^.{0,5}(?:什么|啥|咩)(?:个|叫)?意思|^.{0,5}(?:是|叫|算)(?:个|又是)?(?:什么|啥|咩|乜|哪个|哪一个)(?:东西|玩意|意思|嘢)?(?:呀|啊|呢)?$"
    r"|^(?:什么|啥)(?:是|叫)|^啥.{0,6}$"
)
_OF_A_WORD = re.compile(
    r"(?:什么|啥|咩|乜)(?:叫|是|意思|东西|玩意)|(?:是|叫|算)(?:个|又是)?(?:什么|啥|咩|乜)"
    r"|[听看]?不[懂明]|没听说过"
)
_CLAUSE = re.compile(r"[，,。.；;！!？?\s]+")
_TELLS_NOTHING = re.compile(r"没注意|没看|不清楚|不知道|不晓得|看不到|不记得|不确定|忘")
_NOT = re.compile(r"^(?:不是|不在|并不是|并非)")


def meant(text: str) -> Sequence[str]:
    """The clauses of a text. Of "not this, but that" only what it is."""
    parts = clauses(text)
    if len(parts) > MOST:
        parts = (*parts[: MOST // 2], *parts[-(MOST // 2) :])
    return [part for part in parts if not _NOT.search(part)] or parts


def spoken(text: str) -> Sequence[str]:
    """The clauses of a text as they were written, also where only a blank parts them."""
    return [part for part in _CLAUSE.split(text) if part]


def without_wondering(text: str) -> str:
    """The text without its clauses that only ask what a word means: they tell nothing."""
    parts = spoken(text)
    kept = [part for part in parts if not _WONDERS.search(plain(part))]
    return text if len(kept) == len(parts) else "，".join(kept)


def wondered(text: str) -> str:
    """The clauses that ask what some word means, each with the clause before it, of which it may
    ask; "" where none does.
    """
    parts = spoken(text)
    places = (n for n, part in enumerate(parts) if _OF_A_WORD.search(plain(part)))
    return "，".join("，".join(parts[max(n - 1, 0) : n + 1]) for n in places)


def without_asking(text: str) -> str:
    """The text without its clauses that ask something; "" where all do."""
    if not asks(text):
        return text
    return "，".join(part for part in spoken(text) if not asks(part))


@lru_cache(KEPT)
def asks(text: str) -> bool:
    """Whether a text asks something: who cannot tell what is asked says so in words like these."""
    said = plain(text)
    return _ASKS.search(said) is not None and _TELLS_NOTHING.search(said) is None
