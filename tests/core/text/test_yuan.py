"""Sums in figures and in words, and how they are spelled."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.yuan import CAPITALS, MOST, figures, printed, shown, spelled, worded


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1234.5", "1234.5"),
        ("1,234,567.00", "1234567.00"),
        ("1,23", None),
        ("1234,567", None),
        ("1.", None),
        ("١٢", None),
        ("9" * 40, "9" * 40),
        ("9" * 41, None),
        ("", None),
    ],
)
def test_figures_are_a_number_if_their_commas_stand_right(text: str, said: str | None) -> None:
    assert figures(text) == (None if said is None else Decimal(said))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("壹仟贰佰叁拾肆圆伍角陆分", "1234.56"),
        ("壹佰元", "100"),
        ("壹佰圆零伍分", "100.05"),
        ("壹万圆零伍角", "10000.5"),
        ("一百零五点五", "105.5"),
        ("十二块五", "12.5"),
        ("四毛五", "0.45"),
        ("12元5角3分", "12.53"),
        ("12块50", None),
        ("一百元零五", None),
        ("一" * 41, None),
        ("", None),
    ],
)
def test_words_are_a_sum_to_the_last_fen(text: str, said: str | None) -> None:
    assert worded(text) == (None if said is None else Decimal(said))


@pytest.mark.parametrize(
    ("text", "minus", "said"),
    [
        ("壹佰贰拾叁圆肆角伍分", False, "123.45"),
        ("⊗壹佰圆整", False, "100"),
        ("(负数)壹佰圆整", True, "100"),
        ("负壹佰圆整", True, "100"),
    ],
)
def test_the_words_of_an_invoice_are_found_with_their_sign(
    text: str, minus: bool, said: str
) -> None:
    met = CAPITALS.search(text)
    assert met is not None
    assert (met["minus"] is not None, worded(met["sum"])) == (minus, Decimal(said))


def test_a_sum_has_two_decimals_and_an_end() -> None:
    assert spelled(Decimal("1234.5")) == "1234.50"
    assert spelled(Decimal("-0.00")) == "0.00"
    assert spelled(Decimal("0.005")) is None
    assert spelled(MOST - Decimal("0.01")) == "999999999999.99"
    assert spelled(MOST) is None
    assert spelled(-MOST) is None


def test_a_sum_is_shown_as_invoices_print_it() -> None:
    assert shown("1234.50") == "￥1,234.50"
    assert shown("-1234567.00") == "-￥1,234,567.00"


@given(st.decimals(min_value=-MOST + 1, max_value=MOST - 1, places=2))
def test_what_is_shown_is_read_again_as_it_was(said: Decimal) -> None:
    text = spelled(said)
    assert text is not None
    assert printed(shown(text)) == text


@given(st.text(alphabet="零壹贰两百佰万元块圆角毛分点0123.5,", max_size=50))
def test_no_words_raise_or_are_less_than_nothing(text: str) -> None:
    assert (worded(text) or 0) >= 0
