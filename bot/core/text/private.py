"""What identifies somebody in a free text: found, and hidden where it is not needed.

Taxpayer id (GB 32100-2015 and its predecessors of 15, 17 and 20 characters), identity card
(GB 11643-1999), bank card (ISO/IEC 7812, Luhn), telephone number, e-mail address, and a WeChat or
QQ name behind its label. An invoice's number and code identify no person and stay readable.

    hidden("税号 91110108MA01A2B3C4，电话 13800001234")  ->  "税号 9111****C4，电话 138****1234"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.invoice.numbers import CODES
from bot.core.invoice.regions import PROVINCES
from bot.core.text import contact
from bot.core.text.check_digits import bank_card, credit_code, identity_card
from bot.core.text.party import ID_FORM, masked_id

PrivateKind = Literal["taxpayer", "identity", "card", "phone", "email", "account"]


@dataclass(frozen=True, slots=True)
class Private:
    """One private value: `text[start:end]` is how it was written, `value` has no gaps."""

    kind: PrivateKind
    start: int
    end: int
    value: str


MASKS: Mapping[PrivateKind, Callable[[str], str]] = {
    "taxpayer": masked_id,
    "identity": masked_id,
    "card": lambda value: f"****{value[-4:]}",
    "phone": contact.masked_phone,
    "email": contact.masked_email,
    "account": contact.masked_account,
}
"""How each kind is masked: so that people recognise a value of their own."""

_WORDS: tuple[tuple[PrivateKind, str, str | int], ...] = (
    ("email", contact.EMAIL, 0),
    ("account", contact.WECHAT, "wechat"),
    ("account", contact.QQ, "qq"),
    ("phone", rf"(?<![A-Za-z\d]){contact.MOBILE}(?![A-Za-z\d])", 0),
    ("phone", rf"(?<![A-Za-z\d]){contact.ABROAD}(?![A-Za-z\d])", 0),
)
_PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.ASCII), group) for kind, pattern, group in _WORDS
)
_GROUP = re.compile(r"[A-Za-z\d]+")
_HINT = re.compile(r"\d|[@＠]|微信|we ?chat|[ｖｗvw][ｘx]", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z\d]+(?:(?:[ \-_–—]{1,3}|\) ?| ?\()[A-Za-z\d]+)*")
MOST_GROUPS = 8
"""The most groups that one value is written in; a bank card of 19 digits has five."""
FEWEST, LONGEST = 8, 24
"""The fewest digits and the most characters of a value."""

_NEARLY_MOBILE = re.compile(r"1[3-9](?:\d{8}|\d{10})")
_CODE = re.compile(r"(?P<province>\d\d)(?:[0-2]\d)(?:0[5-9]|[12]\d)")
"""Cities have numbers up to 29; codes were printed from 2005 on."""
_INVOICE = re.compile(r"\d{20}")


def find(text: str) -> list[Private]:
    """Every private value in `text`, in order; none overlaps another."""
    if not _HINT.search(text):
        return []
    plain, places = _folded(text)
    found: list[Private] = []
    for kind, pattern, group in _PATTERNS:
        for met in pattern.finditer(plain):
            value = contact.digits(met[0]) if kind == "phone" else met[group]
            found.append(Private(kind, *met.span(group), value))
            blank = "\0" * (met.end() - met.start())
            plain = plain[: met.start()] + blank + plain[met.end() :]
    found.extend(_numbers(plain))
    return [
        Private(each.kind, places[each.start], places[each.end - 1] + 1, each.value)
        for each in sorted(found, key=lambda each: each.start)
    ]


def hidden(text: str, spared: Collection[str] = ()) -> str:
    """`text` with every private value masked but for those `spared`; hiding twice changes nothing
    more.
    """
    shown, since = "", 0
    for each in find(text):
        if each.value in spared:
            continue
        shown += text[since : each.start] + MASKS[each.kind](each.value)
        since = each.end
    return shown + text[since:]


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in half width without what is invisible, and the index of each character in it."""
    if text.isascii():
        return text, list(range(len(text)))
    letters, places = [], []
    for place, letter in enumerate(text):
        if unicodedata.category(letter) in ("Cf", "Mn"):
            continue
        narrow = unicodedata.normalize("NFKC", letter)
        digit = str(unicodedata.digit(narrow, "")) if len(narrow) == 1 else ""
        letters.append(digit or (narrow if len(narrow) == 1 else letter))
        places.append(place)
    return "".join(letters), places


def _numbers(text: str) -> Iterator[Private]:
    """Values of digits and letters, whose groups may stand apart; of several from one place the
    longest.
    """
    for run in _RUN.finditer(text):
        if sum(letter.isdecimal() for letter in run[0]) >= FEWEST:
            yield from _in_run(list(_GROUP.finditer(text, *run.span())))


def _in_run(groups: list[re.Match[str]]) -> Iterator[Private]:
    at = 0
    while at < len(groups):
        step = 1
        for count, value in reversed(list(_joined(groups[at : at + MOST_GROUPS]))):
            if (kind := _kind(value.upper(), apart=count > 1)) is not None:
                step = count
                if kind != "invoice":
                    yield Private(kind, groups[at].start(), groups[at + count - 1].end(), value)
                break
        at += step


def _joined(groups: list[re.Match[str]]) -> Iterator[tuple[int, str]]:
    """For the first groups together, as long as they can be one value: how many, and the value."""
    value, digits = "", 0
    for count, group in enumerate(groups, 1):
        value += group[0]
        digits += sum(letter.isdecimal() for letter in group[0])
        if len(value) > LONGEST:
            return
        if digits >= FEWEST:
            yield count, value


def _kind(value: str, *, apart: bool) -> PrivateKind | Literal["invoice"] | None:
    """The kind of a value by its form and check digit; `apart`: it was written in groups."""
    if _phone(value, apart):
        return "phone"
    if identity_card(value):
        return "identity"
    if bank_card(value):
        return "card"
    if _INVOICE.fullmatch(value):
        return "taxpayer" if identity_card(value[:18]) else "invoice"
    return "taxpayer" if _taxpayer(value, apart) else None


def _phone(value: str, apart: bool) -> bool:
    """Whether it is a telephone number; one of twelve digits without a gap is an invoice code."""
    met = contact.CHINESE_DIGITS.fullmatch(value)
    if met is None:
        return _mistyped(value)
    return apart or met["area"] is None or len(met["area"] + met["local"]) < 12


def _mistyped(value: str) -> bool:
    """Whether it is a mobile number with a digit too many or too few. An invoice's code may be as
    long, but begins with a region and a year.
    """
    return bool(_NEARLY_MOBILE.fullmatch(value)) and not _code(value)


def _code(digits: str) -> bool:
    """Whether ten or twelve digits begin as an invoice's code: (a digit,) province, city, year."""
    met = _CODE.match(digits[-11:] if len(digits) == max(CODES) else digits)
    return met is not None and met["province"] in PROVINCES


def _taxpayer(value: str, apart: bool) -> bool:
    """Whether it is a taxpayer id: by its form, for some real ones fail their check.

    One written in groups must pass its check, for the groups may be other words and numbers.
    """
    return credit_code(value) if apart else ID_FORM.fullmatch(value) is not None
