"""Numbers that prove themselves by a check digit: credit codes, identity cards, bank cards."""

from __future__ import annotations

import re

from stdnum import luhn
from stdnum.cn import ric, uscc

from bot.core.text.party import ID_FORM

NO_LETTERS = frozenset("IOSVZ")
"""Letters that no unified social credit code has, because they look like others."""
_BORN = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(
    rf"[1-9]\d{{5}}(?:(?:19|20)\d\d{_BORN}\d{{3}}[\dX]|\d\d{_BORN}\d{{3}})", re.ASCII
)
_CARD = re.compile(r"\d{16,19}", re.ASCII)


def credit_code(value: str) -> bool:
    """Whether these capitals and digits are a unified social credit code (GB 32100-2015).

    Not by `uscc.is_valid`, which takes none that begins with a letter, as those of farmers'
    cooperatives do.
    """
    if len(value) != 18 or not ID_FORM.fullmatch(value) or NO_LETTERS & set(value):
        return False
    return bool(uscc.calc_check_digit(value[:17]) == value[17])


def identity_card(value: str) -> bool:
    """Whether these are an identity card's: 18 with their check (GB 11643-1999), or the 15 digits
    of before, which had none.
    """
    if not _IDENTITY.fullmatch(value):
        return False
    return len(value) == 15 or bool(ric.calc_check_digit(value) == value[17])


def bank_card(value: str) -> bool:
    """Whether these are a bank card's 16 to 19 digits (ISO/IEC 7812, Luhn)."""
    return bool(_CARD.fullmatch(value) and luhn.is_valid(value))
