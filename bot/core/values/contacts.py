"""How to reach somebody: a mobile or landline number, an e-mail address, WeChat, QQ, or here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.core.content.knowledge import Field
from bot.core.text.numerals import spelled
from bot.core.values.page import Found, Page
from bot.core.values.value import Refused, Value, refuse, tidy

HERE = "Telegram"

_MOBILE = r"1[3-9]\d[ .-]?\d{4}[ .-]?\d{4}"
_LANDLINE = r"\(?(?:0(?:10|2\d|[3-9]\d\d))\)?[ -]?\d{7,8}(?: ?(?:转|-) ?\d{1,6})?"
_SERVICE = r"[48]00[ -]?\d{3,4}[ -]?\d{3,4}"
_EMAIL = r"[A-Za-z\d][A-Za-z\d._%+-]{0,63}@[A-Za-z\d][A-Za-z\d.-]{0,62}\.[A-Za-z]{2,12}"
_WECHAT = r"(?:微信|(?:we ?chat|vx|wx)\b)号?(?:是|为)?[:= ]*(?P<wechat>[A-Za-z][A-Za-z\d_-]{4,19})"
_QQ = r"qq号?(?:是|为)?[:= ]*(?P<qq>[1-9]\d{4,11})"
_ABROAD = r"\+(?!86)[1-9]\d{0,2}(?:[ -]?\d{2,5}){2,4}"
_NAME_HERE = r"@[A-Za-z]\w{4,31}"


def _digits(met: re.Match[str]) -> str:
    return re.sub(r"[ ()-]", "", met[0])


def _landline(met: re.Match[str]) -> str:
    """`010-62351234`, an extension after 转."""
    number, *extension = re.split(r"转|(?<=\d{7})-", met[0].replace(" ", ""))
    digits = re.sub(r"\D", "", number)
    area = 3 if digits.startswith(("010", "02")) else 4
    return "转".join((f"{digits[:area]}-{digits[area:]}", *extension))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(rf"(?<![A-Za-z\d@.]){form}(?![A-Za-z\d@])", re.IGNORECASE | re.ASCII), canonical)
    for form, canonical in (
        (_EMAIL, lambda met: met[0].lower()),
        (_WECHAT, lambda met: f"微信 {met['wechat']}"),
        (_QQ, lambda met: f"QQ {met['qq']}"),
        (
            rf"(?:\(?(?:\+|00)?86\)?[ -]?)?(?P<mobile>{_MOBILE})",
            lambda met: re.sub(r"\D", "", met["mobile"]),
        ),
        (rf"(?:\(?(?:\+|00)86\)?[ -]?)?{_LANDLINE}", _landline),
        (_SERVICE, _digits),
        (_ABROAD, _digits),
        (_NAME_HERE, lambda met: met[0]),
    )
)
_HERE = re.compile(
    r"这里|这儿|这边|本号|当前|就这个|此处|telegram|\btg\b|电报|小飞机|直接回", re.IGNORECASE
)
_SPELLED = re.compile("[一幺二三四五六七八九零〇○]{11}")
_ALONE = re.compile(rf"(?<![A-Za-z\d@.+-])(?:\+?86[ -]?)?{_MOBILE}(?![A-Za-z\d@-])", re.ASCII)


def read(field: Field, given: str, at: datetime) -> Value | Refused:
    """Every way to reach somebody that the answer tells, joined by 、; `Telegram` for here."""
    text = _SPELLED.sub(lambda met: spelled(met[0]), tidy(given))
    rest, ways = text, []
    for pattern, canonical in _FORMS:
        ways += [(rest.find(met[0]), canonical(met)) for met in pattern.finditer(rest)]
        rest = pattern.sub(lambda met: "\0" * len(met[0]), rest)
    if ways:
        return Value("、".join(dict.fromkeys(way for _, way in sorted(ways)[:4])))
    if _HERE.search(text):
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


def mask(value: str) -> str:
    """Enough to recognise one's own: 138****1234, 010-****1234, z***@x.com."""
    return "、".join(map(_masked, value.split("、")))


def _masked(way: str) -> str:
    if "@" in way[1:]:
        name, _, host = way.partition("@")
        return f"{name[0]}***@{host}"
    if re.fullmatch(r"\+?\d{8,15}", way):
        return f"{way[:3]}****{way[-4:]}"
    if met := re.fullmatch(r"(0\d+-)\d+(\d{4})(?:转\d+)?", way):
        return f"{met[1]}****{met[2]}"
    if met := re.fullmatch(r"((?:微信|QQ) .{2}).*", way):
        return f"{met[1]}***"
    return way


def find(field: Field, page: Page, at: datetime) -> Iterator[Found]:
    """A mobile number that no other label claims; any other way behind a cue."""
    for met in _ALONE.finditer(page.text):
        cued = page.cued(field, met.start())
        if cued or page.free(met.start()):
            yield Found(met[0], (met.span(),), cued)
    for start in page.owned(field):
        for pattern, _ in _FORMS:
            if way := pattern.match(page.text, start):
                yield Found(way[0], (way.span(),), True)
                break
