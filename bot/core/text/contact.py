"""Ways to reach somebody: how telephone numbers, mail addresses, WeChat and QQ accounts are
written, their canonical spelling, and what stays of each where it is masked.

A canonical value is `13800001234`, `010-62351234`, `0311-1234567转801`, `4008008888`,
`+85291234567`, `zhang@example.com`, `微信 abc_123`, `QQ 123456789`, `@abc_def` or `Telegram`;
several are joined by 、. The patterns are for use inside others, with `re.IGNORECASE | re.ASCII`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

EMAIL: Final = r"[A-Za-z\d][\w.%+-]{0,63}@[A-Za-z\d][A-Za-z\d.-]{0,62}\.[A-Za-z]{2,12}"
_IS = r"号?(?:是|为)?[:= ]*"
WECHAT: Final = (
    rf"(?:(?:微信|we ?chat|\b[vw]x(?!id_)){_IS}|\b(?=wxid_))(?P<wechat>[A-Za-z][\w-]{{4,19}})"
)
"""A name behind its label, or one that WeChat gave, which begins with wxid_."""
QQ: Final = rf"qq{_IS}(?P<qq>[1-9]\d{{4,11}})"
MOBILE: Final = r"(?:\(?(?:\+|00)?86\)?[ -]?)?(?P<mobile>1[3-9]\d[ .-]?\d{4}[ .-]?\d{4})"
LANDLINE: Final = (
    r"(?:\(?(?:\+|00)86\)?[ -]?)?"
    r"(?P<landline>\(?0(?:(?:10|2\d)\)?[ -]?\d{8}|[3-9]\d\d\)?[ -]?\d{7,8})"
    r"(?: ?(?:转|-) ?\d{1,6})?)"
)
"""Area codes of three digits have numbers of eight, those of four also of seven."""
SERVICE: Final = r"[48]00[ -]?\d{3,4}[ -]?\d{3,4}"
ABROAD: Final = r"\+(?!86)[1-9]\d{0,2}(?:[ -]?\d{2,5}){2,4}"
USER_NAME: Final = r"@[A-Za-z]\w{4,31}"

CHINESE_DIGITS: Final = re.compile(
    r"(?P<country>(?:\+|00)?86)?(?:(?P<mobile>1[3-9]\d{9})"
    r"|(?P<area>0(?:10|2\d)(?=-?\d{8}(?!\d))|0[3-9]\d\d)-?(?P<local>\d{7,8})(?:转\d+)?)",
    re.ASCII,
)
"""A Chinese number in canonical spelling, or its digits alone, also with the country's code."""


def digits(written: str) -> str:
    """A number's digits, and the plus before them."""
    return re.sub(r"[^\d+]", "", written)


def landline(written: str) -> str:
    """The canonical spelling of what `LANDLINE` finds: `010-62351234`, an extension after 转."""
    number, *extension = re.split(r"转|(?<=\d{7})-", written.replace(" ", ""))
    bare = digits(number)
    area = 3 if bare.startswith(("010", "02")) else 4
    return "转".join((f"{bare[:area]}-{bare[area:]}", *extension))


FORMS: Final[tuple[tuple[str, Callable[[re.Match[str]], str]], ...]] = (
    (EMAIL, lambda met: met[0].lower()),
    (WECHAT, lambda met: f"微信 {met['wechat']}"),
    (QQ, lambda met: f"QQ {met['qq']}"),
    (MOBILE, lambda met: digits(met["mobile"])),
    (LANDLINE, lambda met: landline(met["landline"])),
    (SERVICE, lambda met: digits(met[0])),
    (ABROAD, lambda met: digits(met[0])),
    (USER_NAME, lambda met: met[0]),
)
"""Every pattern with the canonical spelling of what it finds; one that may be a part of another
comes after it."""


def masked(value: str) -> str:
    """A canonical value of one way or several, each masked; names of Telegram are not hidden."""
    return "、".join(map(_masked, value.split("、")))


def _masked(way: str) -> str:
    if "@" in way[1:]:
        return masked_email(way)
    if way[:1].isdigit() or way.startswith("+"):
        return masked_phone(way)
    label, gap, account = way.partition(" ")
    return f"{label} {masked_account(account)}" if gap else way


def masked_email(address: str) -> str:
    """The first letter and the host: `z***@example.com`."""
    return f"{address[0]}***{address[address.index('@') :]}"


def masked_account(name: str) -> str:
    """The first two characters: `ab***`."""
    return f"{name[:2]}***"


def masked_phone(number: str) -> str:
    """Codes of country and area, or the first three digits, and the last four: `010-****1234`,
    `138****1234`, `86138****1234`; an extension goes.
    """
    met = CHINESE_DIGITS.fullmatch(number)
    if met is None:
        return f"{number[:3]}****{number[-4:]}"
    before = f"{met['area']}-" if met["area"] else met["mobile"][:3]
    return f"{met['country'] or ''}{before}****{(met['local'] or met['mobile'])[-4:]}"
