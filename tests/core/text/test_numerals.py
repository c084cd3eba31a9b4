from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.numerals import amount, spelled


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百五", 150),
        ("一千二百", 1200),
        ("一千二", 1200),
        ("一千零二", 1002),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("两万三千四百五十六", 23456),
        ("壹仟贰佰叁拾肆", 1234),
        ("一千零一万", 10010000),
        ("一亿二千万", 120000000),
        ("3万5", 35000),
        ("1万2千", 12000),
        ("零", 0),
    ],
)
def test_a_number_in_words_is_the_number_people_mean(words: str, number: int) -> None:
    assert amount(words) == Decimal(number)


@pytest.mark.parametrize(
    "words", ["", "两三", "一二三", "万", "百千", "一万一万", "a", "十x", "十" * 41]
)
def test_what_is_no_single_number_is_none(words: str) -> None:
    assert amount(words) is None


def test_digits_in_words_are_spelled_one_by_one() -> None:
    assert spelled("二〇二五年") == "2025年"
    assert spelled("幺三八零零") == "13800"


@given(st.text(alphabet="零一二三九十百千万亿两壹拾0123.5", max_size=60))
def test_no_spelling_of_a_number_raises(words: str) -> None:
    assert amount(words) is None or amount(words) >= 0  # type: ignore[operator]
