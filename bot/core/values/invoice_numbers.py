"""Invoice numbers and codes.

A fully digital invoice (数电票) has a number of 20 digits and no code: 1-2 the year, 3-4 the
region, 5 the channel (no public list), 6-20 a serial. Since 2024-12-01 all of China issues them
(国家税务总局公告2024年第11号). An older one has a number of 8 digits and a code of 10 or 12.
Check codes (校验码) and confirmations of red invoices (红字确认单编号) have 20 digits as well; most
of them show no possible year and region in their first four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.content.knowledge import Field
from bot.core.invoice.numbers import CODES, DIGITAL, OLDER, possible
from bot.core.text.numerals import spelled
from bot.core.values.context import Context
from bot.core.values.page import Found, Page
from bot.core.values.value import Refused, Value, refuse, tidy

FEW = 4
"""Words with fewer digits than these were no attempt at a number: 等一下, 一千多."""

_TOKEN = re.compile(r"\d(?:[\d.\-_/]*\d)?")
_SPACED = re.compile(r"\d(?:[\d .\-_/]*\d)?")
_DATE = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}")
_FREE = re.compile(
    r"(?<![\dA-Za-z])(?:\d{20}|\d{4}(?P<gap>[ -])(?:\d{4}(?P=gap)){3}\d{4})(?![\dA-Za-z])"
)
_SHORT = re.compile(r"\d{8}(?![\dA-Za-z])")
_CODE = re.compile(r"(?:\d{12}|\d{10})(?![\dA-Za-z])")


def read_number(field: Field, given: str, context: Context) -> Value | Refused:
    """An invoice number: its 20 or 8 digits, which are not those that the question shows."""
    digits = _only(given, (DIGITAL, OLDER), context)
    if isinstance(digits, Refused):
        return digits
    if len(digits) in CODES:
        return refuse("number_is_code", digits=len(digits))
    if len(digits) < FEW and not given.strip().isdigit():  # 等一下, 一千多
        return refuse("number_none")
    if len(digits) not in (DIGITAL, OLDER):
        return refuse("number_length", digits=len(digits))
    if len(digits) == DIGITAL and not possible(digits, context.today):
        return refuse("number_not_invoice")
    if digits == field.example:
        return refuse("number_example")
    return Value(digits)


def read_code(field: Field, given: str, context: Context) -> Value | Refused:
    """The code of an older invoice: its 10 or 12 digits."""
    digits = _only(given, CODES, context)
    if isinstance(digits, Refused):
        return refuse("code_none")
    if len(digits) in (DIGITAL, OLDER):
        return refuse("code_is_number")
    if len(digits) not in CODES:
        return refuse("code_length", digits=len(digits))
    return Value(digits)


def _only(given: str, lengths: tuple[int, ...], context: Context) -> str | Refused:
    """The one run of digits in an answer that has such a length, or the only run; its groups may
    stand apart (2511 2000 ...).
    """
    text = _DATE.sub(" / ", spelled(tidy(given)))
    spaced = {re.sub(r"\D", "", run) for run in _SPACED.findall(text)}
    tokens = {re.sub(r"\D", "", run) for run in _TOKEN.findall(text)}
    whole = {run for run in spaced if DIGITAL in lengths and possible(run, context.today)}
    meant = whole or {run for run in tokens if len(run) in lengths} or spaced
    if not meant:
        return refuse("number_none")
    return meant.pop() if len(meant) == 1 else refuse("number_several")


def find_number(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Runs of 20 digits that can be an invoice number and stand behind no other field's label;
    runs of 8 behind a label of this one.
    """
    for met in _FREE.finditer(page.text):
        cued = page.cued(field, met.start())
        if cued or page.free(met.start()):
            yield Found(met[0], (met.span(),), cued)
    for start in page.owned(field):
        if short := _SHORT.match(page.text, start):
            yield Found(short[0], (short.span(),), True)


def find_code(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Runs of 10 or 12 digits behind a label of this field."""
    for start in page.owned(field):
        if met := _CODE.match(page.text, start):
            yield Found(met[0], (met.span(),), True)
