"""The lengths and regions of numbers on an invoice.

They stand by themselves, as readers of files want them in a small process: what reads free text
(`bot.core.values`) brings the whole of matching along, 100 MB of it.
"""

from __future__ import annotations

from datetime import date

from bot.core.invoice.regions import PROVINCES

DIGITAL, OLDER = 20, 8
"""Digits of the number of a fully digital invoice (数电票), and of an older one."""

CODES = (10, 12)
"""Digits of the code of an older one."""

FIRST_YEAR = 21
"""With these two digits the first fully digital invoices begin, of December 2021."""

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
    """20 digits that begin with a year and a region of fully digital invoices, as of today."""
    return digital_form(digits) and int(digits[:2]) <= today.year % 100


def needs_code(number: str) -> bool:
    """An invoice of this number is only known together with its code."""
    return len(number) == OLDER
