"""Sums of money: how figures, words and documents write them, and their canonical spelling.

The canonical spelling has two decimals and no other sign than a minus: `1234.50`, `-50.00`. Free
text around a sum is the business of `bot.core.values.amounts`; nothing here imports more than
Python, because the readers of files use it in a small process.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bot.core.text import numerals
from bot.core.text.numerals import DIGIT_WORDS
from bot.core.text.spelling import compact

MOST = Decimal(10**12)
"""No sum is as large."""
_LONGEST = 40

_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_FIGURES_ALONE = re.compile(_FIGURES, re.ASCII)
_PRINTED = re.compile(rf"(-?)[¥·•]?(-?)({_FIGURES})元?", re.ASCII)
"""With the signs that fonts have in the place of ¥."""

_DIGIT = rf"[\d{DIGIT_WORDS}]"
_WORDED = re.compile(
    rf"(?:(?P<yuan>[\d.,点{DIGIT_WORDS}十拾百佰千仟万萬亿]+)(?:[元块圆]钱?|$))?"
    rf"(?:零?(?P<jiao>{_DIGIT})[角毛]|(?P<tenths>{_DIGIT})$)?"
    rf"(?:零(?P<odd>{_DIGIT})分|(?P<fen>{_DIGIT})(?:分|$))?"
)
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
CAPITALS = re.compile(
    rf"(?P<minus>\(?负数?\)?)?"
    rf"(?P<sum>[{_CAPITALS}拾佰仟万亿]+[圆元](?:零?[{_CAPITALS}]角)?(?:零?[{_CAPITALS}]分)?)"
)
"""A sum in the words of invoices: 壹仟贰佰叁拾肆圆伍角陆分; `minus` on a red one."""


def spelled(yuan: Decimal) -> str | None:
    """The canonical spelling; None for parts of a fen and from `MOST` on."""
    if abs(yuan) >= MOST or yuan != round(yuan, 2):
        return None
    return f"{yuan or Decimal():.2f}"  # zero has no minus


def printed(text: str) -> str | None:
    """The canonical spelling of a sum as documents print it: ¥1,234.5, -12, 12元; None for what is
    none. Zero is a sum: a tax may be zero.
    """
    met = _PRINTED.fullmatch(compact(text))
    if met is None or (yuan := figures(met[3])) is None:
        return None
    return spelled(-yuan if met[1] or met[2] else yuan)


def figures(text: str) -> Decimal | None:
    """The number that figures write, with or without commas every three: 1,234.50; None for what
    is none, and above 40 characters.
    """
    if len(text) > _LONGEST or not _FIGURES_ALONE.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def worded(text: str) -> Decimal | None:
    """The sum that words write, or words with figures: 壹仟贰佰元伍角, 十二块五, 12元5角3分.

    None for what is no sum, and above 40 characters.
    """
    met = _WORDED.fullmatch(text) if 0 < len(text) <= _LONGEST else None
    if met is None:
        return None
    yuan = _whole(met["yuan"]) if met["yuan"] else Decimal()
    if yuan is None:
        return None
    digits = (met["jiao"] or met["tenths"] or "零", met["odd"] or met["fen"] or "零")
    jiao, fen = (numerals.amount(digit) or Decimal() for digit in digits)
    return yuan + jiao / 10 + fen / 100


def _whole(text: str) -> Decimal | None:
    """Figures or words, also with a point: 一百零五点五."""
    if "点" in text:
        whole, _, rest = text.partition("点")
        yuan, digits = numerals.amount(whole), numerals.spelled(rest)
        fits = yuan is not None and digits.isdecimal()
        return Decimal(f"{yuan}.{digits}") if fits and yuan == int(yuan or 0) else None
    yuan = figures(text)
    return numerals.amount(text) if yuan is None else yuan


def shown(value: str) -> str:
    """A canonical sum for people: `￥1,234.50`, and `-￥1,234.50` on a red invoice."""
    sign = "-" if Decimal(value) < 0 else ""
    return f"{sign}￥{grouped(value).lstrip('-')}"


def grouped(value: str) -> str:
    """The same without a sign for yuan: `1,234.50`."""
    return f"{Decimal(value):,.2f}"
