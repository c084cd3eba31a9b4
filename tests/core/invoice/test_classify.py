"""What number and code tell; all numbers are invented."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.invoice import classify
from bot.core.invoice.classify import (
    KINDS,
    checkable,
    kind_of,
    kinds_told,
    look_alike,
    look_up,
    place_of,
)
from bot.core.invoice.numbers import REGIONS
from bot.core.invoice.regions import CITIES, PROVINCES
from tests.invoices import Invoice, invoice

DIGITAL = "26112000000012345678"
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("number", "code", "qr", "kind"),
    [
        (DIGITAL, "", "", "digital"),
        (DIGITAL, "", "31", "digital_special"),
        (DIGITAL, "", "32", "digital_general"),
        (DIGITAL, "", "51", "railway"),
        (DIGITAL, "", "61", "airline"),
        (DIGITAL, "", "99", "digital"),
        ("00012345", "1100201130", "", "special"),
        ("00012345", "1100201330", "", "general"),
        ("00012345", "1100201530", "", "special"),
        ("00012345", "1100201630", "01", "general"),
        ("00012345", "1100201720", "", "freight"),
        ("00012345", "011002300104", "", "general_folded"),
        ("00012345", "011002300105", "04", "general_folded"),
        ("00012345", "011002300106", "", "roll"),
        ("00012345", "011002300111", "", "general_electronic"),
        ("00012345", "011002300111", "51", "general_electronic"),
        ("00012345", "011002300112", "", "toll"),
        ("00012345", "011002300113", "", "special_electronic"),
        ("00012345", "111002320101", "", "vehicle"),
        ("00012345", "111001571071", "", "general_electronic"),
        ("00012345", "011002300199", "10", "general_electronic"),
        ("00012345", "011002300199", "", None),
        ("00012345", "111002300101", "", None),
        ("00012345", "", "10", None),
        ("0001234", "1100201130", "", None),
        ("", "", "", None),
    ],
)
def test_the_kind_is_told_by_number_code_and_qr_code(
    number: str, code: str, qr: str, kind: str | None
) -> None:
    found = kind_of(number, code, qr)
    assert (found and found.id) == kind


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("digital", [True, False])
def test_a_drawn_invoice_is_of_the_kind_its_qr_code_tells(seed: int, digital: bool) -> None:
    drawn: Invoice = invoice(seed, digital)
    told = kinds_told(drawn.number, drawn.code, drawn.kind)
    assert len(told) == 1
    assert told[0].digital is digital
    assert told[0].special in (None, drawn.special)
    assert place_of(drawn.number, drawn.code) is not None


@pytest.mark.parametrize(
    ("code", "qr", "kind"),
    [
        ("011002300104", "04", "general_folded"),
        ("011002300105", "04", "general_folded"),
        ("011002300106", "11", "roll"),
        ("011002300111", "10", "general_electronic"),
        ("011002300111", "51", "general_electronic"),
        ("011002300112", "10", "toll"),
        ("011002300112", "51", "toll"),
        ("011002300113", "20", "special_electronic"),
        ("144031539110", "10", "general_electronic"),
    ],
)
def test_a_kind_that_only_its_code_sets_apart_is_told_alone(code: str, qr: str, kind: str) -> None:
    assert [told.id for told in kinds_told("00012345", code, qr)] == [kind]


@pytest.mark.parametrize(
    ("code", "qr"),
    [("011002300112", "01"), ("011002300112", "04"), ("011002300111", "04"),
     ("011002300104", "10"), ("011002300106", "10")],
)  # fmt: skip
def test_a_kind_that_its_qr_code_tells_otherwise_is_told_with_the_other(code: str, qr: str) -> None:
    assert len(kinds_told("00012345", code, qr)) == 2


def test_where_code_and_qr_code_disagree_both_kinds_are_told() -> None:
    told = kinds_told("00012345", "1100201130", "10")
    assert [kind.id for kind in told] == ["special", "general_electronic"]


@pytest.mark.parametrize(
    ("number", "code", "place"),
    [
        (DIGITAL, "", "北京"),
        ("26312000000012345678", "", "上海"),
        ("26932000000012345678", "", "计划单列市"),
        ("26992000000012345678", "", None),
        ("00012345", "1100201130", "北京"),
        ("00012345", "4403201130", "深圳"),
        ("00012345", "4401201130", "广东"),
        ("00012345", "021022300111", "大连"),
        ("00012345", "111002320101", "北京"),
        ("00012345", "", None),
    ],
)
def test_number_or_code_tell_where_it_was_issued(number: str, code: str, place: str | None) -> None:
    assert place_of(number, code) == place


def test_every_region_that_a_number_may_have_is_a_province_or_one_of_the_five_cities() -> None:
    assert set(PROVINCES) == {region for region in REGIONS if region < "91"}
    assert len(CITIES) == len(REGIONS - set(PROVINCES)) == 5


@pytest.mark.parametrize(
    ("number", "code", "year"),
    [
        (DIGITAL, "", 2026),
        ("00012345", "1100201130", 2020),
        ("00012345", "011002300111", 2023),
        ("00012345", "111002320101", None),
        ("00012345", "", None),
    ],
)
def test_the_year_of_issue_or_of_printing_is_in_number_or_code(
    number: str, code: str, year: int | None
) -> None:
    assert classify.year_of(number, code) == year


@pytest.mark.parametrize(
    ("digits", "code", "alike"),
    [
        (DIGITAL, "", None),
        ("84153296780021345678", "", "check"),
        ("27112000000012345678", "", "check"),
        ("11010826051202615708", "", "confirmation"),
        ("11010826131202615708", "", "check"),
        ("1120260500000123", "", "toll_summary"),
        ("6222020000001234", "", None),
        ("0012345678", "11029926", "finance_bill"),
        ("0012345678", "", None),
        ("011002300111", "", "code"),
        ("13800001234", "", None),
        ("00012345", "", None),
        ("二六", "", None),
        ("", "", None),
    ],
)
def test_digits_that_are_taken_for_an_invoice_number_are_known_for_what_they_are(
    digits: str, code: str, alike: str | None
) -> None:
    assert look_alike(digits, TODAY, code) == alike


@pytest.mark.parametrize(
    ("issued", "state"),
    [
        (date(2026, 11, 25), "not_yet"),
        (TODAY, "not_yet"),
        (date(2026, 11, 23), "now"),
        (date(2021, 11, 24), "now"),
        (date(2021, 11, 23), "no_more"),
    ],
)
def test_the_checking_site_shows_an_invoice_from_the_next_day_for_five_years(
    issued: date, state: str
) -> None:
    assert checkable(issued, TODAY) == state


def test_where_to_look_follows_from_the_kind_and_the_day() -> None:
    special, electronic = KINDS["special"], KINDS["special_electronic"]
    assert look_up(KINDS["digital"], None, TODAY) == ("account", "amount")
    assert look_up(special, date(2026, 1, 5), TODAY) == ("account", "net")
    assert look_up(electronic, date(2026, 1, 5), TODAY) == ("account", "page")
    assert look_up(special, TODAY, TODAY) == ("account", "not_yet")
    assert look_up(special, date(2020, 1, 5), TODAY) == ("account", "no_more")
    places = {place for kind in KINDS.values() for place in look_up(kind, None, TODAY)}
    assert places | {"not_yet", "no_more"} == classify.LOOK_UP
