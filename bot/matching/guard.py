"""What makes two sentences that look alike mean different things: one flipped word.

"能查到" and "查不到" share nearly every character; so do two numbers, or opposite words. A sentence
is reduced to its marks, and a pair whose marks differ is told apart by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN_QUESTION = re.compile(r"(.)[不没](?=\1)|\b([a-z]+) (?:bu|mei) (?=\2\b)", re.ASCII)
"""Affirmed and denied in one breath asks openly and denies nothing (能不能, 有没有)."""
_TAIL_QUESTION = re.compile(r"(?:[了过到好完]没有?|有.*没有|不)$")
_DENIAL = re.compile(
    r"不|没|无|未|(?<![区特识级类辨分])别|勿|莫|非(?!常)|失败"
    r"|\b(?:not|no|cannot|cant|failed|without|bu|mei|shi bai|wu fa)\b",
    re.ASCII,
)
_NUMBER = re.compile(r"\d+")
_OPPOSITES = (
    ("上传", "下载"),
    ("登录", "退出"),
    ("注册", "注销"),
    ("绑定", "解绑"),
    ("打开", "关闭"),
    ("开通", "关闭"),
    ("提高", "降低"),
    ("增加", "减少"),
    ("提前", "延期"),
    ("多交", "少交"),
    ("销售方", "购买方"),
    ("卖家", "买家"),
    ("收到", "发出"),
    ("个人", "企业"),
    ("电子", "纸质"),
    ("成功", "失败"),
    ("之前", "之后"),
    ("最高", "最低"),
)
_OPPOSED = re.compile("|".join(word for words in _OPPOSITES for word in words))


def denied(normalised: str) -> bool:
    """Whether the sentence says no to something; a question that leaves it open does not."""
    if not _DENIAL.search(normalised):
        return False
    open_ = _OPEN_QUESTION.sub("", normalised)
    return bool(_DENIAL.search(_TAIL_QUESTION.sub("", open_)))


@dataclass(frozen=True, slots=True)
class Marks:
    """The words of a normalised sentence that turn its meaning when they flip."""

    denied: bool
    numbers: frozenset[str]
    sides: frozenset[tuple[int, int]]
    """(pair, side) of each opposite word met whose other side is not met too."""

    @classmethod
    def of(cls, normalised: str) -> Marks:
        sides = _sides(normalised) if _OPPOSED.search(normalised) else frozenset()
        return cls(denied(normalised), frozenset(_NUMBER.findall(normalised)), sides)

    def contradict(self, other: Marks) -> bool:
        """Whether one denies what the other affirms, names another number, or the opposite."""
        return (
            self.denied != other.denied
            or bool(self.numbers and other.numbers and self.numbers.isdisjoint(other.numbers))
            or any((pair, 1 - side) in other.sides for pair, side in self.sides)
        )


def _sides(normalised: str) -> frozenset[tuple[int, int]]:
    return frozenset(
        (pair, side)
        for pair, words in enumerate(_OPPOSITES)
        for side, word in enumerate(words)
        if word in normalised and words[1 - side] not in normalised
    )
