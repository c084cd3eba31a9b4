"""The canonical spelling of every value that documents print, and the values of several sources
together. What is in doubt is left out: a wrong value is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final, TypeVar

from bot.core.invoice.numbers import CODES, DIGITAL, OLDER, digital_form
from bot.core.model.extract import Key, Source, Told
from bot.core.text import calendar, party, yuan
from bot.core.text.spelling import compact

Name = TypeVar("Name", bound=str)


def number(text: str) -> str | None:
    """The 20 or 8 digits of an invoice number (see `digital_form`); None for what is none."""
    digits = compact(text)
    if re.fullmatch(r"\d+", digits, re.ASCII) is None:
        return None
    if len(digits) == DIGITAL:
        return digits if digital_form(digits) else None
    return digits if len(digits) == OLDER else None


def code(text: str) -> str | None:
    """The 10 or 12 digits of an invoice code; None for what is none."""
    digits = compact(text)
    return digits if len(digits) in CODES and re.fullmatch(r"\d+", digits, re.ASCII) else None


def check(text: str) -> str | None:
    """The 20 digits of a check code, which is printed in groups; None for what is none."""
    digits = compact(text)
    return digits if re.fullmatch(r"\d{20}", digits, re.ASCII) else None


CANONICAL: Final[Mapping[Key, Callable[[str], str | None]]] = {
    "number": number,
    "code": code,
    "date": calendar.printed,
    "amount": yuan.printed,
    "net": yuan.printed,
    "check": check,
    "seller": party.name,
    "seller_id": party.taxpayer,
    "buyer": party.name,
    "buyer_id": party.taxpayer,
}
"""The function that gives each key's value its canonical spelling, or None; only a QR code tells
the kind."""


def sums(net: str | None, tax: str | None, total: str | None) -> dict[Key, str]:
    """`amount` and `net` from the canonical sums without tax, of the tax and with it, as far as
    they are printed (None if not); nothing where the three do not add up.
    """
    if net is not None and tax is not None:
        added = f"{Decimal(net) + Decimal(tax):.2f}"
        return {"amount": added, "net": net} if total in (None, added) else {}
    told: dict[Key, str] = {"amount": total} if total is not None else {}
    return told | {"net": net} if net is not None else told


def together(*sources: tuple[Source, Mapping[Key, str]]) -> tuple[Told, ...]:
    """The values of all sources in the given order; one that several tell is the first source's."""
    told: dict[tuple[Key, str], Told] = {}
    for source, values in sources:
        for key, value in values.items():
            told.setdefault((key, value), Told(key, value, source))
    return tuple(told.values())


def agreed(readings: Iterable[tuple[Name, str]]) -> dict[Name, str]:
    """The values of one source by key, without keys of which it tells different values."""
    seen: dict[Name, set[str]] = {}
    for key, value in readings:
        seen.setdefault(key, set()).add(value)
    return {key: values.pop() for key, values in seen.items() if len(values) == 1}
