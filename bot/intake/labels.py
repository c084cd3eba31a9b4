"""The labels in a line, and what stands directly behind each.

A value that may be the beginning of a longer one is none: letters that run into one another, or of
which some were not read, leave 15 characters of an id of 18, and 15 are an id too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from bot.core.invoice.numbers import CODES, DIGITAL
from bot.intake.layout import CELL, SIDE, UNKNOWN, Party, PrintedLine

_LABELS: Mapping[str, tuple[str, ...]] = {
    "number": ("发票号码",),
    "code": ("发票代码",),
    "date": ("开票日期",),
    "check": ("校验码",),
    "id": ("统一社会信用代码/纳税人识别号", "统一社会信用代码", "纳税人识别号", "税号"),
    "name": ("名称",),
    "words": ("价税合计(大写)", "(大写)"),
    "total": ("价税合计(小写)", "(小写)", "票价"),
    "sum": ("合计",),
    "end": (
        *("机器编号", "地址", "电话", "开户行", "开户银行", "收款人", "复核", "开票人"),
        *("密码区", "备注", "下载次数"),
    ),
}
"""The words of each label; `end` only ends the value before it."""

_PARTIES: Mapping[Party, str] = {
    "buyer": "购买方|购货方|购货单位|购方",
    "seller": "销售方|销货方|销货单位|销方",
}
"""Words before 名称 and 税号 that say whose they are where no heading does."""

_WHOLE_YUAN = r"(?:\d+(?: ?, ?\d+)*|\d(?: ?, ?\d| \d)*)"
YUAN: Final = rf"-? ?{_WHOLE_YUAN} ?\. ?\d ?\d(?! ?\d)"
"""A sum with two decimals, whose digits may all stand apart."""
_VALUES: Mapping[str, re.Pattern[str]] = {
    "number": re.compile(r"\d(?: ?\d)*(?![A-Za-z\d])"),
    "code": re.compile(r"\d(?: ?\d)*(?![A-Za-z\d])"),
    "check": re.compile(r"\d{5}(?:[ \t]*\d{5}){3}(?![A-Za-z\d])"),
    "date": re.compile(
        r"\d{4}[ \t]*年[ \t]*\d\d?[ \t]*月[ \t]*\d\d?[ \t]*日"
        r"|\d{4}([-/.])\d\d?\1(?:\d\d(?!\d)|\d(?![^ \t]))|\d{8}(?!\d)"
    ),
    "id": re.compile(r"[\dA-Z](?: ?[\dA-Z])+(?![A-Za-z\d])"),
    "name": re.compile(rf"[^{CELL}{SIDE}]+"),
    "total": re.compile(rf"-? ?[¥·•]?[ \t]*{YUAN}"),
}
_LONG: Mapping[str, int] = {"number": DIGITAL, "code": max(CODES), "id": 18}
"""Characters from which a value is whole. A shorter one must show that it is: nothing touches its
end, no more of its kind comes behind a gap, and all its letters stand apart or none does.
"""
_ENDED = re.compile(rf"$|[ {CELL}]+(?![ {CELL}\dA-Z{UNKNOWN}])")
_EVEN = re.compile(r"\S+|\S(?: \S)+")
_BROKEN = re.compile(rf"[{SIDE}{UNKNOWN}*]")
"""What touches the end of a value that goes on behind the side of a box, unread, or masked."""


def _spread(words: Iterable[str]) -> str:
    """A pattern for words whose letters may stand apart: 名 称, 合    计."""
    return "|".join("[ \t]*".join(map(re.escape, word)) for word in words)


_PREFIX = "|".join(f"(?P<{party}>{_spread(words.split('|'))})" for party, words in _PARTIES.items())
LABEL: Final = re.compile(
    rf"(?P<words>{_spread(_LABELS['words'])})|(?P<total>{_spread(_LABELS['total'])})"
    rf"|(?<![\u3400-\u9fff])(?:(?:{_PREFIX})(?:信息)?[\s:]*)?"
    rf"(?:(?P<id>{_spread(_LABELS['id'])})|(?P<name>{_spread(_LABELS['name'])}))"
    r"|(?<![\u3400-\u9fff])(?:"
    + "|".join(
        f"(?P<{label}>{_spread(words)})"
        for label, words in _LABELS.items()
        if label not in ("words", "total", "id", "name")
    )
    + ")"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the text behind it up to the next label, which begins at index `start` of the
    line; `party` is whose it is, `rest` what follows in the line.
    """

    label: str
    party: Party | None
    text: str
    rest: str
    start: int

    def value(self) -> str | None:
        """What stands directly behind the label, if nothing says that it is a part of more."""
        met = _VALUES[self.label].match(self.text)
        if met is None:
            return None
        behind = self.text[met.end() :] + self.rest
        if _BROKEN.match(behind):
            return None
        long = len(met[0].replace(" ", "")) >= _LONG.get(self.label, 0)
        return met[0] if long or (_ENDED.match(behind) and _EVEN.fullmatch(met[0])) else None


def labelled(line: PrintedLine) -> Iterator[Labelled]:
    """The labels of a line from left to right."""
    found = list(LABEL.finditer(line.text))
    ends = [met.start() for met in found[1:]] + [len(line.text)]
    before: Party | None = None
    for met, end in zip(found, ends, strict=False):
        label = cast(str, met.lastgroup)
        behind = re.match(r"[\s:]*", line.text[met.end() : end].partition(SIDE)[0])
        start = met.end() + (behind.end() if behind else 0)
        named = next((party for party in _PARTIES if met[party]), None)
        party = named or line.party(met.start()) or (before if label == "id" else None)
        before = party if label == "name" else None
        within, _, beyond = line.text[start:end].partition(SIDE)
        if label in ("name", "id"):
            yield Labelled(label, party, within, line.text[start + len(within) :], start)
        else:
            text = within + beyond.replace(SIDE, "")
            yield Labelled(label, party, text, line.text[end:], start)
