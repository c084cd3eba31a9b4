"""How to reach somebody: a mobile or landline number, an e-mail address, WeChat, QQ, or here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.content.knowledge import Field
from bot.core.text import contact
from bot.core.text.numerals import spelled
from bot.core.values.context import Context
from bot.core.values.page import Found, Page, either
from bot.core.values.value import Refused, Value, refuse, tidy

HERE = "Telegram"
"""The value of somebody who is to be reached in this chat."""

_FORMS = tuple(
    (re.compile(rf"(?<![A-Za-z\d@.]){form}(?![A-Za-z\d@])", re.IGNORECASE | re.ASCII), canonical)
    for form, canonical in contact.FORMS
)
_SPELLED = re.compile("[一幺二三四五六七八九零〇○]{11}")
_ALONE = re.compile(rf"(?<![A-Za-z\d@.+-]){contact.MOBILE}(?![A-Za-z\d@-])", re.ASCII)


def read(field: Field, given: str, context: Context) -> Value | Refused:
    """The first four ways to reach somebody in an answer, canonical and joined by 、, or `HERE`."""
    text = _SPELLED.sub(lambda met: spelled(met[0]), tidy(given))
    rest, ways = text, []
    for pattern, canonical in _FORMS:
        ways += [(rest.find(met[0]), canonical(met)) for met in pattern.finditer(rest)]
        rest = pattern.sub(lambda met: "\0" * len(met[0]), rest)
    if ways:
        return Value("、".join(dict.fromkeys(way for _, way in sorted(ways)[:4])))
    if either(context.vocabulary.here).search(text):
        return Value(HERE)
    return _why_not(text)


def _why_not(text: str) -> Refused:
    digits = re.sub(r"[ ()+-]", "", text)
    if re.search(r"微信|wechat|\bvx|\bwx", text, re.IGNORECASE):
        return refuse("contact_wechat")
    if re.fullmatch(r"[2-9]\d{6,7}", digits):
        return refuse("contact_area")
    if count := sum(c.isdigit() for c in digits):
        return refuse("contact_length", digits=count)
    return refuse("contact_unclear")


def find(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Mobile numbers that stand behind no other field's label, and any way behind one of this."""
    for met in _ALONE.finditer(page.text):
        cued = page.cued(field, met.start())
        if cued or page.free(met.start()):
            yield Found(met[0], (met.span(),), cued)
    for start in page.owned(field):
        for pattern, _ in _FORMS:
            if way := pattern.match(page.text, start):
                yield Found(way[0], (way.span(),), True)
                break
