from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.core.invoice.numbers import REGIONS, needs_code
from bot.core.values.fields import Refused, Value

NUMBER = "25112000000012345678"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (NUMBER, NUMBER),
        ("2511 2000 0000 1234 5678", NUMBER),
        ("2511-2000-0000-1234-5678", NUMBER),
        ("251120 00000012 345678", NUMBER),
        ("２５１１２０００００００１２３４５６７８", NUMBER),
        ("二五一一二零零零零零零零一二三四五六七八", NUMBER),
        (f"发票号码：{NUMBER}。", NUMBER),
        (f"No.{NUMBER}", NUMBER),
        (f"5月12日开的，号码{NUMBER}", NUMBER),
        (f"2025-05-12 {NUMBER}", NUMBER),
        ("26955000000012345678", "26955000000012345678"),
        ("12345678", "12345678"),
        ("1234 5678", "12345678"),
        ("00012345", "00012345"),
        ("号码 00012345", "00012345"),
        ("011001900311 12340098", "12340098"),
        ("代码1100194130 号码03990021", "03990021"),
    ],
)
def test_an_invoice_number_is_read_as_its_digits(
    outcome: Callable[[str, str], str], written: str, number: str
) -> None:
    assert outcome("number", written) == number


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1234567", "number_length"),
        ("123456789", "number_length"),
        (NUMBER + "9", "number_length"),
        ("13800001234", "number_length"),
        ("010-62351234", "number_length"),
        ("011001900311", "number_is_code"),
        ("1100194130", "number_is_code"),
        ("2025-05-12", "number_none"),
        ("看不清", "number_none"),
        ("等一下", "number_none"),
        ("", "blank"),
        (" \u3000\n", "blank"),
        (f"{NUMBER} 25112000000012345679", "number_several"),
        ("12345678 和 12345679", "number_several"),
        ("84153296780021345678", "number_not_invoice"),
        ("11010826112002615708", "number_not_invoice"),
        ("19112000000012345678", "number_not_invoice"),
        ("20112000000012345678", "number_not_invoice"),
        ("27112000000012345678", "number_not_invoice"),
        ("25992000000012345678", "number_not_invoice"),
    ],
)
def test_what_cannot_be_an_invoice_number_is_refused_with_the_reason(
    outcome: Callable[[str, str], str], written: str, reason: str
) -> None:
    assert outcome("number", written) == reason


def test_a_refusal_tells_how_many_digits_came(
    read: Callable[[str, str], Value | Refused],
) -> None:
    answer = read("number", "1234567")
    assert isinstance(answer, Refused)
    assert answer.given["digits"] == "7"


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("011001900311", "011001900311"),
        ("1100194130", "1100194130"),
        ("代码：0110 0190 0311", "011001900311"),
        ("011001900311 12340098", "011001900311"),
        ("12345", "code_length"),
        (NUMBER, "code_is_number"),
        ("12340098", "code_is_number"),
        ("没有", "code_none"),
    ],
)
def test_an_invoice_code_has_10_or_12_digits(
    outcome: Callable[[str, str], str], written: str, answer: str
) -> None:
    assert outcome("code", written) == answer


def test_only_the_older_number_of_8_digits_needs_a_code() -> None:
    assert needs_code("12340098")
    assert not needs_code(NUMBER)


def test_the_regions_are_the_provinces_and_the_five_cities() -> None:
    assert {"11", "31", "50", "65", "91", "95"} <= REGIONS
    assert not {"00", "10", "16", "20", "26", "40", "47", "55", "60", "90", "96"} & REGIONS
    assert len(REGIONS) == 31 + 5
