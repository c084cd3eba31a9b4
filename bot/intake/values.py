"""The canonical spelling of what documents print, and how the values of several sources stand
together. What does not fit is None: a value in doubt is left out, a wrong one is worse than none.
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
    """20 digits that begin with a year and a region (see `bot.core.invoice.numbers`), or 8."""
    digits = compact(text)
    if re.fullmatch(r"\d+", digits, re.ASCII) is None:
        return None
    if len(digits) == DIGITAL:
        return digits if digital_form(digits) else None
    return digits if len(digits) == OLDER else None


def code(text: str) -> str | None:
    """10 or 12 digits."""
    digits = compact(text)
    return digits if len(digits) in CODES and re.fullmatch(r"\d+", digits, re.ASCII) else None


def check(text: str) -> str | None:
    """The 20 digits of a check code, printed in groups."""
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
"""How each value is read; the kind is told by a QR code alone."""


def sums(net: str | None, tax: str | None, total: str | None) -> dict[Key, str]:
    """Of the three canonical sums those that can be told: what does not add up is left out.

    The total that is not printed is net and tax together.
    """
    if net is not None and tax is not None:
        added = f"{Decimal(net) + Decimal(tax):.2f}"
        return {"amount": added, "net": net} if total in (None, added) else {}
    told: dict[Key, str] = {"amount": total} if total is not None else {}
    return told | {"net": net} if net is not None else told


def together(*sources: tuple[Source, Mapping[Key, str]]) -> tuple[Told, ...]:
    """Every value of every source, the better source first; the same value counts once."""
    told: dict[tuple[Key, str], Told] = {}
    for source, values in sources:
        for key, value in values.items():
            told.setdefault((key, value), Told(key, value, source))
    return tuple(told.values())


def agreed(readings: Iterable[tuple[Name, str]]) -> dict[Name, str]:
    """What one source says of each key; what it says twice and differently is left out."""
    seen: dict[Name, set[str]] = {}
    for key, value in readings:
        seen.setdefault(key, set()).add(value)
    return {key: values.pop() for key, values in seen.items() if len(values) == 1}
