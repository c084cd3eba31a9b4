"""The district of Beijing: one of the field's choices, by name, alias or a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from bot.core.content.knowledge import Field
from bot.core.values.page import Found, Page
from bot.core.values.value import Refused, Value, refuse, tidy

ELSEWHERE = re.compile(
    "天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|"
    "四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|大连|"
    "长春|哈尔滨|南京|苏州|无锡|南通|杭州|宁波|温州|合肥|福州|厦门|泉州|南昌|济南|青岛|郑州|武汉|长沙|"
    "广州|深圳|东莞|佛山|珠海|南宁|海口|三亚|成都|贵阳|昆明|西安|兰州|西宁|银川|乌鲁木齐|呼和浩特|拉萨|"
    "廊坊|燕郊|保定|唐山|雄安|浦东"
)
"""Places that are not in Beijing: provinces, and the cities that people name instead of one."""

_CLEAR_LENGTH = 4
_NOT_A_PLACE = re.compile(
    r"[路街桥门站园]|大街|大厦|银行|支行|医院|商场|公司|科技|商贸|体育|公园|线"
)
_IN = re.compile(r"北京市? ?$")
_OF_A_SHOP = re.compile(r".{0,5}?(?:开的|开具|买|消费|吃|住)")


def read(field: Field, given: str, at: datetime) -> Value | Refused:
    """The id of one of the field's choices."""
    text = re.sub(r"\s", "", tidy(given))
    names = _names(field)
    if (away := ELSEWHERE.search(text)) and "北京" not in text:
        return refuse("district_outside", place=away[0])
    met = {names[name] for name in _pattern(tuple(names)).findall(text)}
    if len(met) == 1:
        return Value(met.pop())
    if met:
        several = (choice.label for choice in field.choices if choice.id in met)
        return refuse("district_several", districts="、".join(several))
    return _slip(field, text.removeprefix("北京市").removeprefix("北京"), names)


def _names(field: Field) -> Mapping[str, str]:
    """Every name of a choice: its label with and without its 区, and the aliases; with its id."""
    short = {choice.label.removesuffix("区"): choice.id for choice in field.choices}
    return {**short, **{c.label: c.id for c in field.choices}, **(field.aliases or {})}


@lru_cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")


def _slip(field: Field, text: str, names: Mapping[str, str]) -> Value | Refused:
    """One wrong character: taken in a name of four or more, asked back in a shorter one."""
    close = {
        choice: len(name)
        for name, choice in names.items()
        if len(name) > 2 and len(name) == len(text) and Levenshtein.distance(text, name) == 1
    }
    if len(close) != 1:
        return refuse("district_unclear")
    choice, length = close.popitem()
    if length >= _CLEAR_LENGTH:
        return Value(choice)
    return refuse("district_near", district=field.labels[choice])


def find(field: Field, page: Page, at: datetime) -> Iterator[Found]:
    """A choice by its full name, by any name behind a cue; never as part of another name
    and never where something was bought."""
    names, labels = _names(field), {choice.label for choice in field.choices}
    for met in _pattern(tuple(names)).finditer(page.text):
        before = page.text[max(0, met.start() - 4) : met.start()]
        if _NOT_A_PLACE.match(page.text, met.end()) or ELSEWHERE.search(before):
            continue
        if _OF_A_SHOP.match(page.text, met.end()):
            continue
        cued = page.cued(field, met.start())
        short = f"{met[0]}区" in labels and _IN.search(before) is not None
        whole = met[0] in labels or short
        if cued or (whole and page.free(met.start())):
            yield Found(met[0], (met.span(),), cued)
