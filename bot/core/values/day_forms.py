"""The written forms of a day, found in free text by patterns; `bot.core.values.days` resolves them.

Each form has a name, and its groups have the names by which it is resolved: `y`, `m`, `d` for year,
month and day, `of` for a year, month or week told from today, `on` for a weekday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.core.content.vocabulary import Vocabulary
from bot.core.text import calendar
from bot.core.text.numerals import CAPITAL, CHINESE
from bot.core.values.page import TAKEN

N = rf"[\d{CHINESE}{CAPITAL}]"
"""A digit or a character of a number in words."""

_ENDS = ("天", "日", "儿", "儿个")
_AGO = {"今": 0, "昨": 1, "前": 2, "大前": 3, "明": -1, "后": -2}
DAYS_AGO: Mapping[str, int] = {
    **{name + end: ago for name, ago in _AGO.items() for end in _ENDS},
    **dict.fromkeys(("刚才", "刚刚", "现在"), 0),
}
"""Days by name, as days before the message; days to come are negative."""

_WEEK = r"(?:周|星期|礼拜)"
_ON = r"(?P<on>[一二三四五六日天1-7])"
_MAYBE_ON = rf"(?:[ ,]?\(?{_WEEK}{_ON}\)?)?"
_COUNTED = r"[张个份次笔元块点时分%人天月年家单套件台本条位万千百倍页]"
"""Behind 5月12 these count things: 5月12张."""
_A_PLACE = r"[店楼线院门桌机柜窗档铺厅厂库口馆街路弄栋]"
"""Behind 3号 these name a place: 3号楼."""
_D = rf"(?P<d>{N}{{1,3}})(?!{N})(?: ?[日号](?!{_A_PLACE})|(?! ?[日号]| ?{_COUNTED}))"
_MONTH_DAY = rf"(?P<m>{N}{{1,3}}) ?月 ?(?:份 ?)?的?{_D}{_MAYBE_ON}"
_SHORT_DAY = rf"(?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})(?! ?{_COUNTED})[日号]?{_MAYBE_ON}"
_OF_YEAR = r"(?P<of>[今本去上前明])年的? ?"
_YEAR = rf"(?P<y>{N}{{4}}|{N}{{2}}) ?年的? ?"
_NO_YEAR = r"(?<!年)(?<!年的)(?<!年 )"
_NAMES = "<names>"
"""Replaced by the names of the authors' festivals."""
_FESTIVAL = (
    rf"(?P<festival>{_NAMES})节?的?"
    r"(?:[当那][天日]|(?P<shift>[前头])一[天日]|(?P<next>第)二[天日]|(?P<morrow>次)日)"
)
_EDGE = r"的?(?:月[底末])?的?(?P<edge>最后|第|头)一天"

_FORMS: tuple[tuple[str, str], ...] = (
    ("full", rf"{_YEAR}{_MONTH_DAY}"),
    ("full", rf"{_YEAR}{_SHORT_DAY}"),
    ("full", rf"{calendar.SEPARATED}{_MAYBE_ON}"),
    ("full", calendar.COMPACT),
    ("year", rf"{_OF_YEAR}(?:{_MONTH_DAY})"),
    ("year", rf"{_OF_YEAR}(?:{_SHORT_DAY})"),
    ("festival_of_year", rf"(?:{_OF_YEAR}|{_YEAR}){_FESTIVAL}"),
    ("festival", rf"{_NO_YEAR}{_FESTIVAL}"),
    ("edge", rf"(?<![上下])(?P<of>上上|上|本|这|当)个?月份?{_EDGE}"),
    ("edge_of_year", rf"(?:{_OF_YEAR}|{_YEAR})(?P<m>{N}{{1,3}}) ?月份?{_EDGE}"),
    ("edge_of_month", rf"{_NO_YEAR}(?P<m>{N}{{1,3}}) ?月份?{_EDGE}"),
    ("near", rf"{_NO_YEAR}{_MONTH_DAY}"),
    ("near", rf"{_NO_YEAR}{_SHORT_DAY}"),
    (
        "month",
        rf"(?<![上下])(?P<of>上上|上|本|这|当|下)个?月份?[的,]? ?"
        rf"(?P<d>{N}{{1,3}})[日号](?!{_A_PLACE})",
    ),
    ("week", rf"(?<![上下])(?P<of>上上|上|本|这|下)(?P<one>个)?{_WEEK}的?(?P<again>{_WEEK})?{_ON}"),
    ("ago", rf"(?P<n>{N}{{1,3}}) ?天(?:之|以)?前"),
    (
        "named",
        "刚才|刚刚|(?<![目之以])(?:"
        + "|".join(sorted(DAYS_AGO, key=len, reverse=True))
        + ")(?!期)",
    ),
    ("weekday", rf"{_WEEK}{_ON}"),
    ("bare", rf"(?<![第尾工编型账线座房单])(?P<d>{N}{{1,3}})[日号](?!{_A_PLACE})"),
)


@lru_cache
def _patterns(festivals: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = "|".join(map(re.escape, sorted(festivals, key=len, reverse=True))) or "(?!)"
    forms = ((name, form.replace(_NAMES, names)) for name, form in _FORMS)
    return tuple((name, re.compile(rf"(?<!{N})(?:{form})(?!\d)")) for name, form in forms)


def matches(text: str, vocabulary: Vocabulary) -> Iterator[tuple[re.Match[str], str]]:
    """The days in a text with the names of their forms; none overlaps another, and what fits a
    fuller form is not found by a shorter one.
    """
    return iter(_matches(text, tuple(vocabulary.festival_names())))


@lru_cache(maxsize=256)
def _matches(text: str, festivals: tuple[str, ...]) -> tuple[tuple[re.Match[str], str], ...]:
    """Several readers look for the days of one text, each for its own reason."""
    found: list[tuple[re.Match[str], str]] = []
    for form, pattern in _patterns(festivals):
        spans = []
        for met in pattern.finditer(text):
            spans.append(met.span())
            found.append((met, form))
        for start, end in spans:
            text = text[:start] + TAKEN * (end - start) + text[end:]
    return tuple(found)
