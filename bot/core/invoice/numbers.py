"""The lengths and regions of the numbers and codes of invoices.

Nothing here imports more than Python, because the readers of files use it in a small process;
`bot.core.values`, which reads free text, brings 100 MB of matching along.
"""

from __future__ import annotations

from datetime import date

from bot.core.invoice.regions import PROVINCES

DIGITAL, OLDER = 20, 8
"""Digits of the number of a fully digital invoice (数电票), and of an older one."""

CODES = (10, 12)
"""Digits of the code of an older one."""

FIRST_YEAR = 21
"""The first two digits of the first fully digital invoices, of December 2021."""

REGIONS = frozenset({*PROVINCES, *(str(city) for city in range(91, 96))})
"""Digits 3-4 of their numbers: a province, and 91-95 for the five cities planned by the state."""


def digital_form(digits: str) -> bool:
    """Whether these are 20 digits that begin as the number of a fully digital invoice does.

    Check codes (校验码) and confirmations of red invoices have 20 as well; most begin otherwise.
    """
    if len(digits) != DIGITAL or not (digits.isascii() and digits.isdecimal()):
        return False
    return int(digits[:2]) >= FIRST_YEAR and digits[2:4] in REGIONS


def possible(digits: str, today: date) -> bool:
    """Whether these are 20 digits that begin with a region and a year up to that of `today`."""
    return digital_form(digits) and int(digits[:2]) <= today.year % 100


def needs_code(number: str) -> bool:
    """Whether an invoice of this number is only known together with its code."""
    return len(number) == OLDER
