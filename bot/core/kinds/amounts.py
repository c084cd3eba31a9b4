"""Amounts in yuan: ￥1,234.50, 1234元, 1.2万, 一千二百元, 壹仟贰佰元整, -50 for a red invoice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from bot.core.kinds import numerals
from bot.core.kinds.page import Found, Page
from bot.core.kinds.values import Refused, Value, refuse, tidy
from bot.core.knowledge import Field

_MOST = Decimal(10**12)

_NET = re.compile(r"不含税|未税|税前")
_ABOUT = re.compile(r"左右|大概|约|差不多|好像|上下|[多几]|~|不到|超过|还是|或者?")
_WORDS = re.compile(
    r"价税合计|含税|发票|开票|总?金额|价格|总[价额计]|合计|一?共计?|总共|(?<!\d)小写|大写|人民币|应该|[是为:()价整正]"
    r"|(?:rmb|cny)|¥|[。!]$",
    re.IGNORECASE,
)
_WESTERN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE_DIGITS = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_WORDED = re.compile(
    rf"(?P<yuan>[\d.,{_CHINESE_DIGITS}十拾百佰千仟万萬亿]+)(?:[元块圆](?:钱)?"
    rf"(?:(?P<jiao>[\d{_CHINESE_DIGITS}])(?:[角毛]|$))?(?:零?(?P<fen>[\d{_CHINESE_DIGITS}])分)?)?"
)
_SIGN = re.compile(r"^(?:负数?|-)+")

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?"
_ROUND = "十拾百佰千仟万"
_WORDS_ONLY = (
    rf"负?(?=[{_CHINESE_DIGITS}]{{0,3}}[{_ROUND}])[{_CHINESE_DIGITS}十拾]"
    rf"[{_CHINESE_DIGITS}{_ROUND}亿]{{1,20}}"
)
_MINUS = r"(?:-|负数?)?"
_UNLIKE = r"日(?!期)|[\d.,]*\d|[A-Za-z%年月号点:张次个天位期\-/]"
_START = r"(?<![\d.A-Za-z约概近到过负-])(?<!\d,)(?<!负数)"
_YUAN = rf"(?:元|块钱?)(?![{_CHINESE_DIGITS}\d左多])"
_CENTS = rf"(?:[整正]|[{_CHINESE_DIGITS}]角(?:[{_CHINESE_DIGITS}]分)?)?"
_FREE = re.compile(
    rf"{_MINUS}¥ ?-?{_NUMBER}(?:万元?|元)?(?!{_UNLIKE})"
    rf"|{_START}{_MINUS}{_NUMBER} ?万?{_YUAN}"
    rf"|(?<![第几数约{_CHINESE_DIGITS}{_ROUND}\d]){_WORDS_ONLY}(?:元|块钱){_CENTS}"
    rf"(?![{_CHINESE_DIGITS}\d左多])"
)
_LABELLED = re.compile(
    rf"{_MINUS}{_NUMBER}万?(?!{_UNLIKE}|[元块万千百])|{_WORDS_ONLY}(?=[,;。\s]|$)"
)


def read(field: Field, given: str, at: datetime) -> Value | Refused:
    """An amount in yuan as `-1234.50`, two decimals, never zero."""
    text = tidy(given).replace(" ", "")
    if _NET.search(text):
        return refuse("amount_net")
    if _ABOUT.search(text):
        return refuse("amount_about")
    text = _WORDS.sub("", text)
    text, signs = _SIGN.subn("", text)
    yuan = _western(text)
    if yuan is None:
        yuan = _worded(text)
    if yuan is None:
        return refuse("amount_unclear")
    return _checked(-yuan if signs else yuan)


def _checked(yuan: Decimal) -> Value | Refused:
    if not yuan:
        return refuse("amount_zero")
    if abs(yuan) >= _MOST:
        return refuse("amount_too_big")
    if yuan != round(yuan, 2):
        return refuse("amount_decimals")
    return Value(f"{yuan:.2f}")


def _western(text: str) -> Decimal | None:
    text = text.removesuffix("钱").removesuffix("元").removesuffix("块")
    scale = 1
    if text.endswith(("万", "w", "W")):
        text, scale = text[:-1], 10_000
    if len(text) > 40 or not _WESTERN.fullmatch(text) or not text.isascii():
        return None
    return Decimal(text.replace(",", "")) * scale


def _worded(text: str) -> Decimal | None:
    met = _WORDED.fullmatch(text) if len(text) <= 40 else None
    if met is None:
        return None
    yuan = _western(met["yuan"])
    if yuan is None:
        yuan = numerals.amount(met["yuan"])
    if yuan is None:
        return None
    jiao, fen = (numerals.amount(met[part] or "零") or Decimal(0) for part in ("jiao", "fen"))
    return yuan + jiao / 10 + fen / 100


def show(value: str) -> str:
    """`￥1,234.50`, and `-￥1,234.50` on a red invoice."""
    yuan = Decimal(value)
    return f"{'-' if yuan < 0 else ''}￥{abs(yuan):,.2f}"


def find(field: Field, page: Page, at: datetime) -> Iterator[Found]:
    """Sums with 元, 块 or ￥ that no other label claims, and bare ones behind a cue."""
    for met in _FREE.finditer(page.text):
        cued = page.cued(field, met.start())
        if cued or page.free(met.start()):
            yield Found(met[0], (met.span(),), cued)
    for start in page.owned(field):
        if labelled := _LABELLED.match(page.text, start):
            yield Found(labelled[0], (labelled.span(),), True)
