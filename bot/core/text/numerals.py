"""Numbers as Chinese writes them: 二〇二五, 一千二百, 壹仟贰佰元整, 1.2万, 3千5."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **dict(zip("○O幺两俩貳參陸", (0, 0, 1, 2, 2, 2, 3, 6), strict=True)),
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

CHINESE = "零〇○一二三四五六七八九十百千两"
"""The characters of a number in words, for use inside a pattern's brackets."""

DIGIT_WORDS = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
"""The words of single digits, for the same use."""

CAPITAL = "壹贰叁肆伍陆柒捌玖拾"
"""The same as money is written, without hundreds and more."""

_TOKEN = re.compile(r"\d+(?:\.\d+)?|\D")
_PLAIN = {ord(c): str(i) for c, i in DIGITS.items() if c != "O"}


def spelled(text: str) -> str:
    """Every Chinese digit as the digit it names, one by one: 二〇二五 is 2025."""
    return text.translate(_PLAIN)


def amount(text: str) -> Decimal | None:
    """The number that Chinese words, digits or both name, or None.

    A last digit without its unit counts for the next lower one, as people say it: 一千二 is 1200,
    3万5 is 35000; after 零 it is itself: 一千零二 is 1002.
    """
    if not text or len(text) > 40:
        return None
    total, section, last, scale = Decimal(0), Decimal(0), None, 0
    below, zero = 10**12, False
    for token in _TOKEN.findall(text):
        unit = UNITS.get(token) or _MYRIADS.get(token)
        if unit is None:
            digit = _digit(token)
            if digit is None or (last is not None and last != 0):
                return None
            zero = zero or token in "零〇○"
            last = digit
            continue
        if unit in _MYRIADS.values():
            if unit >= below or (last is None and not section):
                return None
            total += (section + (last or 0)) * unit
            section, below, scale = Decimal(0), unit, unit
        else:
            if scale in UNITS.values() and unit >= scale:
                return None
            section += (Decimal(1) if last is None else last) * unit
            scale = unit
        last, zero = None, False
    if last and scale >= 100 and not zero and last < 10:
        last *= Decimal(scale) / 10
    return total + section + (last or 0)


def _digit(token: str) -> Decimal | None:
    if token[0].isdecimal() and token.isascii():
        return Decimal(token)
    return Decimal(DIGITS[token]) if token in DIGITS else None
