"""Amounts in yuan: ￥1,234.50, 1234元, 1.2万, 一千二百元, 壹仟贰佰元整, -50 for a red invoice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.core.content.knowledge import Field
from bot.core.text import yuan
from bot.core.text.numerals import DIGIT_WORDS
from bot.core.values.context import Context
from bot.core.values.page import Found, Page
from bot.core.values.value import Refused, Value, refuse, tidy

_NET = re.compile(r"不含税|未税|税前")
_ABOUT = re.compile(
    r"左右|大概|约|差不多|好像|上下|[多几近]|~|不到|超过|还是|或者?|以[上下内]|\d\+"
)
_WORDS = re.compile(
    r"价税合计|含税|发票|开票|总?金额|价格|总[价额计]|合计|一?共计?|总共|(?<!\d)小写|大写|人民币|应该|[是为:()价整正]"
    r"|(?:rmb|cny)|[。!]$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\(?负数?\)?")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+\.\d{1,2}(?!\d)")
_BRACKETED = re.compile(r"\([\d.,]+\)")
"""A bookkeeper's negative sum, or just a sum in brackets: not certain which."""
_APART = "\0"

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?"
_ROUND = "十拾百佰千仟万"
_WORDS_ONLY = (
    rf"负?(?=[{DIGIT_WORDS}]{{0,3}}[{_ROUND}])[{DIGIT_WORDS}十拾]"
    rf"[{DIGIT_WORDS}{_ROUND}亿]{{1,20}}"
)
_MINUS = r"(?:-|负数?)?"
_UNLIKE = r"日(?!期)|[\d.,]*\d|[A-Za-z%年月号点:张次个天位期\-/]"
_START = r"(?<![\d.A-Za-z约概近到过负-])(?<!\d[,、])(?<!负数)"
_YUAN = rf"(?:元|块钱?)(?![{DIGIT_WORDS}\d左多])"
_CENTS = rf"(?:[整正]|[{DIGIT_WORDS}]角(?:[{DIGIT_WORDS}]分)?)?"
_FREE = re.compile(
    rf"{_MINUS}¥ ?-?{_NUMBER}(?:万元?|元)?(?!{_UNLIKE})"
    rf"|{_START}{_MINUS}{_NUMBER} ?万?{_YUAN}"
    rf"|(?<![第几数约{DIGIT_WORDS}{_ROUND}\d]){_WORDS_ONLY}(?:元|块钱){_CENTS}"
    rf"(?![{DIGIT_WORDS}\d左多])"
)
_LABELLED = re.compile(
    rf"{_MINUS}{_NUMBER}万?(?!{_UNLIKE}|[元块万千百])|{_WORDS_ONLY}(?=[,;。\s]|$)"
)


def read(field: Field, given: str, context: Context) -> Value | Refused:
    """The amount in yuan in canonical spelling: `-1234.50`, never `0.00`.

    An answer that tells it in words and in figures is refused unless both are equal, and so is one
    that is rough, without the tax, or below a fen.
    """
    text = _joined(given)
    if _NET.search(text):
        return refuse("amount_net")
    if _ABOUT.search(text):
        return refuse("amount_about")
    parts = [part.strip(",;") for part in _WORDS.sub(_APART, text).split(_APART)]
    sums = {_sum(part) for part in parts if part}
    said = sums.pop() if len(sums) == 1 and not _BRACKETED.fullmatch(text) else None
    return refuse("amount_unclear") if said is None else _checked(said)


def _joined(given: str) -> str:
    """The text without spaces but for those between two numbers; each minus before its figures.

    A Chinese comma between whole numbers may as well part two of them: 100，200.
    """
    if not re.search(r"[.．]", given):
        given = re.sub(r"(?<=\d)，(?=\d)", " ", given)
    text = _GROUPED.sub(lambda met: met[0].replace(" ", ""), tidy(given))
    text = re.sub(r"(?<=\d) +(?=\d)", _APART, text).replace(" ", "")
    text = _NEGATIVE.sub("-", text)
    return re.sub("-*¥-*", lambda met: _APART + "-" * ("-" in met[0]), text)


def _sum(text: str) -> Decimal | None:
    bare = text.removeprefix("-")
    said = _scaled(bare)
    if said is None:
        said = yuan.worded(bare)
    return -said if said is not None and bare != text else said


def _scaled(text: str) -> Decimal | None:
    """Figures with or without a unit behind them: 1,234.50元, 1.2万."""
    text = text.removesuffix("钱").removesuffix("元").removesuffix("块")
    if text.endswith(("万", "w", "W")):
        said = yuan.figures(text[:-1])
        return None if said is None else said * 10_000
    return yuan.figures(text)


def _checked(said: Decimal) -> Value | Refused:
    if not said:
        return refuse("amount_zero")
    if abs(said) >= yuan.MOST:
        return refuse("amount_too_big")
    text = yuan.spelled(said)
    return refuse("amount_decimals") if text is None else Value(text)


def find(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Sums with 元, 块 or ￥ that stand behind no other field's label, and numbers behind a label
    of this one.
    """
    for met in _FREE.finditer(page.text):
        cued = page.cued(field, met.start())
        if cued or page.free(met.start()):
            yield Found(met[0], (met.span(),), cued)
    for start in page.owned(field):
        if labelled := _LABELLED.match(page.text, start):
            yield Found(labelled[0], (labelled.span(),), True)
