"""What identifies somebody is found however it is written, and an invoice stays readable."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from bot.core.text.private import find, hidden


def identity(head: str) -> str:
    return head + str(ric.calc_check_digit(head + "0"))


def taxpayer(head: str) -> str:
    return head + str(uscc.calc_check_digit(head))


IDENTITY = identity("11010119900307003")
TAXPAYER = taxpayer("91110108MA01A2B3C")
CARD = "622202123456789012"
CARD += luhn.calc_check_digit(CARD)


@pytest.mark.parametrize(
    ("kind", "written", "shown"),
    [
        ("taxpayer", TAXPAYER, f"9111****{TAXPAYER[-2:]}"),
        ("taxpayer", TAXPAYER.lower(), f"9111****{TAXPAYER[-2:]}"),
        ("taxpayer", " ".join(TAXPAYER[n : n + 4] for n in range(0, 18, 4)), None),
        ("taxpayer", "91110108MA01A2B3CX", "9111****CX"),
        ("taxpayer", "110108123456789", "1101****89"),
        ("taxpayer", "N2110108 MF1234567U", "N211****7U"),
        ("taxpayer", f"{IDENTITY[:17]}X01"[:20].replace("X", IDENTITY[17]), None),
        ("identity", IDENTITY, f"1101****{IDENTITY[-2:]}"),
        ("identity", f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", None),
        ("identity", "110101900307123", "1101****23"),
        ("card", CARD, f"****{CARD[-4:]}"),
        ("card", " ".join(CARD[n : n + 4] for n in range(0, 19, 4)), f"****{CARD[-4:]}"),
        ("card", "4111-1111-1111-1111", "****1111"),
        ("phone", "13800001234", "138****1234"),
        ("phone", "138 0000 1234", "138****1234"),
        ("phone", "+86 138-0000-1234", "+86138****1234"),
        ("phone", "１３８００００１２３４", "138****1234"),
        ("phone", "138\u200b0000\u200b1234", "138****1234"),
        ("phone", "138.0000.1234", "138****1234"),
        ("phone", "010-62351234", "010-****1234"),
        ("phone", "01062351234", "010-****1234"),
        ("phone", "0310-1234567", "0310-****4567"),
        ("phone", "+852 9123 4567", "+85****4567"),
        ("email", "Wang.Fang@example.com", "W***@example.com"),
        ("account", "微信号：wang_fang1", "微信号：wa***"),
        ("account", "vxwang_fang", "vxwa***"),
        ("account", "wxid_a1b2c3d4e5", "wx***"),
        ("account", "QQ 12345678", "QQ 12***"),
    ],
)
def test_a_private_value_is_found_in_a_sentence_and_masked(
    kind: str, written: str, shown: str | None
) -> None:
    text = f"您好，我的是{written}，谢谢"
    (found,) = find(text)
    assert found.kind == kind
    assert hidden(text) != text
    assert written not in hidden(text)
    if shown is not None:
        assert hidden(text) == f"您好，我的是{shown}，谢谢"


@pytest.mark.parametrize(
    "text",
    [
        "发票号码 25112000000012345678",
        "2511 2000 0000 1234 5678",
        "号码 12345678，代码 011002301111 或 031002300111",
        "金额 1,234.50 元，2026-11-24 10:00:00",
        "错误 E-1001，客服 12366 或 400-810-8888",
        "inbox row 12 of telegram:1001 in -1001000000001",
        "卡号抄错了 4111 1111 1111 1112",
        "a@b 和 @wangfang",
        "",
    ],
)
def test_what_identifies_nobody_stays_readable(text: str) -> None:
    assert hidden(text) == text


def test_values_side_by_side_are_each_found() -> None:
    text = f"13800001234 13900005678,{IDENTITY} {CARD} wang@example.com"
    assert [each.kind for each in find(text)] == ["phone", "phone", "identity", "card", "email"]


@given(st.text(), st.sampled_from([IDENTITY, TAXPAYER, CARD, "13800001234"]), st.text())
def test_whatever_stands_around_it_in_chinese_it_is_hidden(
    before: str, value: str, after: str
) -> None:
    assert value not in hidden(f"{before}，{value}。{after}")


@given(st.text(alphabet="0123456789 -@.aX税微信：QQ１()"))
def test_hiding_twice_changes_nothing_more_and_places_are_in_order(text: str) -> None:
    found = find(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert hidden(hidden(text)) == hidden(text)


def test_a_long_text_of_digits_takes_no_time_to_read() -> None:
    for text in ("1 " * 2000, "9" * 4000, "a@" * 2000, "1-" * 2000, "(010" * 1000):
        assert isinstance(hidden(text), str)
