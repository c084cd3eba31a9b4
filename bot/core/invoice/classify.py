"""What number and code alone tell of an invoice: kind, region, year, where it can be looked up.

Nothing here proves that an invoice exists. What no public rule decides stays unknown (None).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.core.invoice.numbers import CODES, DIGITAL, OLDER, REGIONS, possible
from bot.core.invoice.regions import CITIES, PLANNED_CITY, PROVINCES

KindId = Literal[
    "digital",
    "digital_special",
    "digital_general",
    "railway",
    "airline",
    "special",
    "special_electronic",
    "general",
    "general_folded",
    "general_electronic",
    "toll",
    "roll",
    "freight",
    "vehicle",
]
Asks = Literal["amount", "net", "check"]
"""What the national checking site wants beside code, number and day: the sum with the tax, the sum
without it, or the last six digits of the check code (the site's own script, 2017; the sum of fully
digital invoices by its page)."""


@dataclass(frozen=True, slots=True)
class InvoiceKind:
    """A kind of invoice; `faq/messages/zh/hints.toml` names it by its id.

    `special` invoices deduct tax, None where that is not known; `asks` is None where it is not
    published.
    """

    id: KindId
    digital: bool
    special: bool | None
    asks: Asks | None


def _kind(id_: KindId, *, special: bool | None, asks: Asks | None) -> InvoiceKind:
    digital = id_ in ("digital", "digital_special", "digital_general", "railway", "airline")
    return InvoiceKind(id_, digital, special, asks)


_KINDS = (
    _kind("digital", special=None, asks="amount"),
    _kind("digital_special", special=True, asks="amount"),
    _kind("digital_general", special=False, asks="amount"),
    _kind("railway", special=None, asks="amount"),
    _kind("airline", special=None, asks="amount"),
    _kind("special", special=True, asks="net"),
    _kind("special_electronic", special=True, asks=None),
    _kind("general", special=False, asks="check"),
    _kind("general_folded", special=False, asks="check"),
    _kind("general_electronic", special=False, asks="check"),
    _kind("toll", special=False, asks="check"),
    _kind("roll", special=False, asks="check"),
    _kind("freight", special=True, asks="net"),
    _kind("vehicle", special=None, asks="net"),
)
KINDS: Mapping[KindId, InvoiceKind] = {kind.id: kind for kind in _KINDS}

_EIGHTH: Mapping[str, KindId] = {
    **dict.fromkeys("15", "special"),
    **dict.fromkeys("36", "general"),
    **dict.fromkeys("27", "freight"),
}
"""The eighth digit of a code of 10: the national checking site's own script (2017)."""

_LAST_TWO: Mapping[str, KindId] = {
    "04": "general_folded",  # 国家税务总局公告2017年第44号
    "05": "general_folded",  # the same
    "06": "roll",  # 国家税务总局公告2016年第82号, and the checking site's script
    "07": "roll",  # the same
    "11": "general_electronic",  # 国家税务总局公告2015年第84号
    "12": "toll",  # 交通运输部 财政部 国家税务总局 国家档案局公告2020年第24号
    "13": "special_electronic",  # 国家税务总局公告2020年第22号
}
"""The last two digits of a code of 12 that begins with 0."""

_VEHICLE = "2"
"""The eighth digit of a code of 12 that does not begin with 0 (the checking site's script)."""

_EARLY = frozenset({"144031539110", "131001570151", "133011501118", "111001571071"})
"""Codes of the first electronic invoices, older than the rule (the checking site's script)."""

_QR_DIGITAL: Mapping[str, KindId] = {
    "31": "digital_special",
    "32": "digital_general",
    "51": "railway",
    "61": "airline",
}
_QR_OLDER: Mapping[str, KindId] = {
    "01": "special",
    "02": "freight",
    "03": "vehicle",
    "04": "general",
    "10": "general_electronic",
    "11": "roll",
    "51": "general_electronic",
}
"""The kind that a QR code tells. No standard is published: as printed, and as the checking site
numbers the kinds. With a code 51 is an older electronic one, without it a railway ticket."""

_ALIKE: Mapping[KindId, KindId] = {"general_folded": "general", "toll": "general_electronic"}
"""The kind by which a QR code tells a kind that only its invoice code tells apart: folded invoices,
whose codes have had 12 digits since 2017 and 10 before, as general ones; tolls as electronic ones.
"""

CHECKABLE_AFTER = timedelta(days=1)
"""The checking site takes an invoice from the day after its issue (the site's own notice)."""
CHECKABLE_YEARS = 5
"""Years for which the checking site keeps an invoice, by its own page."""
DIGITAL_SINCE = date(2021, 12, 1)
"""The first fully digital invoices, in three provinces; everywhere since 2024-12-01 (国家税务总局
公告2024年第11号)."""


def kind_of(number: str, code: str = "", qr: str = "") -> InvoiceKind | None:
    """The kind by number (digits only), code and the two digits of a QR code, as far as given.

    The code decides before the QR code does; where the two disagree `kinds_told` gives both.
    """
    told = kinds_told(number, code, qr)
    return told[0] if told else None


def kinds_told(number: str, code: str = "", qr: str = "") -> tuple[InvoiceKind, ...]:
    """The kind by number and code, then the other one that the QR code tells, if it is another."""
    if len(number) == DIGITAL:
        return (KINDS[_QR_DIGITAL.get(qr, "digital")],) if not code else (KINDS["digital"],)
    if len(number) != OLDER:
        return ()
    by_code, by_qr = kind_by_code(code), _QR_OLDER.get(qr) if code else None
    ids = [kind for kind in (by_code, by_qr) if kind is not None]
    if len(ids) == 2 and _ALIKE.get(ids[0], ids[0]) == ids[1]:
        ids.pop()
    return tuple(KINDS[id_] for id_ in ids)


def kind_by_code(code: str) -> KindId | None:
    """The kind by the code (10 or 12 digits) alone; None where no public rule names one."""
    if len(code) == min(CODES):
        return _EIGHTH.get(code[7])
    if len(code) != max(CODES):
        return None
    if code in _EARLY:
        return "general_electronic"
    if code.startswith("0"):
        return _LAST_TWO.get(code[-2:])
    return "vehicle" if code[7] == _VEHICLE else None


def place_of(number: str, code: str = "") -> str | None:
    """Where it was issued: a province or a city, by digits 3-4 of a number of 20 or by the code.

    国家税务总局公告2024年第11号 for the number; the checking site's table for codes: the first four
    digits of a code of 10, the second to fifth of one of 12.
    """
    if len(number) == DIGITAL:
        region = number[2:4]
        return PROVINCES.get(region) or (PLANNED_CITY if region in REGIONS else None)
    if len(code) not in CODES:
        return None
    region = code[1:5] if len(code) == max(CODES) else code[:4]
    return CITIES.get(region) or PROVINCES.get(region[:2])


def year_of(number: str, code: str = "") -> int | None:
    """The year of issue of a fully digital invoice, the year of printing of an older one.

    An older one may be issued years after its code was printed, never before.
    """
    if len(number) == DIGITAL:
        return 2000 + int(number[:2])
    if len(code) == min(CODES):
        return 2000 + int(code[4:6])
    return 2000 + int(code[5:7]) if len(code) == max(CODES) and code.startswith("0") else None


Alike = Literal["check", "confirmation", "toll_summary", "finance_bill", "code"]
"""What is taken for an invoice number: a check code (校验码), the number of a red invoice's
confirmation (红字确认单), that of a summary of tolls (ETC 汇总单), that of a finance office's bill
(财政电子票据), an invoice code. None of the first four is ever found as an invoice."""

_OF_SUMMARY, _OF_BILL, _BILL_CODE = 16, 10, 8
_TOLL_BILL = "0299"


def look_alike(digits: str, today: date, code: str = "") -> Alike | None:
    """What these digits are, if they are not an invoice number; None where nothing speaks for it.

    Summaries (16 digits: province, year, month, serial) and bills of tolls (code of 8 digits that
    has 0299 at 3-6, number of 10) by 交通运输部等公告2020年第24号 and 财综〔2020〕12号. Of the
    confirmations no rule is published: those seen are a district, a day and 8 digits.
    """
    if not (digits.isascii() and digits.isdecimal()):
        return None
    if len(digits) == _OF_SUMMARY:
        fits = digits[:2] in PROVINCES and digits[2:4] == "20" and 1 <= int(digits[6:8]) <= 12
        return "toll_summary" if fits else None
    if len(digits) == _OF_BILL and len(code) == _BILL_CODE and code[2:6] == _TOLL_BILL:
        return "finance_bill"
    if len(digits) in CODES:
        return "code" if kind_by_code(digits) and place_of("", digits) else None
    if len(digits) != DIGITAL or possible(digits, today):
        return None
    return "confirmation" if digits[:2] in PROVINCES and _day(digits[6:12]) else "check"


def _day(digits: str) -> bool:
    """Whether these are year, month and day, two digits each, since `DIGITAL_SINCE`."""
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])) >= DIGITAL_SINCE
    except ValueError:
        return False


LOOK_UP = frozenset({"account", "amount", "net", "check", "page", "not_yet", "no_more"})
"""The texts on where an invoice is looked up; `look_up` chooses among them."""


def look_up(kind: InvoiceKind, issued: date | None, today: date) -> tuple[str, ...]:
    """Where to look up such an invoice and from when: keys of `LOOK_UP`, in the order to try."""
    state = checkable(issued, today) if issued else "now"
    if state == "now":
        return ("account", kind.asks or "page")
    return ("account", state)


def checkable(issued: date, today: date) -> Literal["not_yet", "now", "no_more"]:
    """Whether the national checking site shows an invoice of this day."""
    if today < issued + CHECKABLE_AFTER:
        return "not_yet"
    since = (today.year - CHECKABLE_YEARS, today.month, today.day)
    return "now" if (issued.year, issued.month, issued.day) >= since else "no_more"
