from __future__ import annotations

import pytest

from bot.core.model.extract import Key, Told
from bot.intake.values import CANONICAL, agreed, sums, together


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("number", "2611 2000 0012 3456 7890", "26112000001234567890"),
        ("number", "12345678", "12345678"),
        ("number", "11010826091002619999", None),
        ("number", "26082000001234567890", None),
        ("number", "1234567", None),
        ("number", "１２３４５６７８", "12345678"),
        ("number", "١٢٣٤٥٦٧٨", None),
        ("code", "011002300111", "011002300111"),
        ("code", "01100230011", None),
        ("check", "12345 67890 12345 67890", "12345678901234567890"),
        ("date", "2026年1月5日", "2026-01-05"),
        ("date", "2026-01-05 10:00:00", "2026-01-05"),
        ("date", "2026-01-05T10:00:00.000", "2026-01-05"),
        ("date", "20260105100000", "2026-01-05"),
        ("date", "2026-13-05", None),
        ("date", "1949-10-01", None),
        ("date", "2026105", None),
        ("amount", "¥1,234.5", "1234.50"),
        ("amount", "-0.00", "0.00"),
        ("amount", "￥-12", "-12.00"),
        ("amount", "1.005", None),
        ("amount", "1,23.00", None),
        ("amount", "1e9", None),
        ("amount", "NaN", None),
        ("seller_id", "91110108ma0000000x", "91110108MA0000000X"),
        ("seller_id", "9111****43", None),
        ("seller_id", "ABCDEFGHIJKLMNOPQR", None),
        ("seller_id", f"{' ' * 300}91110108MA0000000X", "91110108MA0000000X"),
        ("seller_id", f"91110108MA00000{' ' * 300}00X", None),
        ("buyer", "某某 (北京) 公司", "某某（北京）公司"),
        ("buyer", "ABC  Co., Ltd (Beijing)", "ABC Co., Ltd (Beijing)"),
        ("buyer", "某", None),
        ("buyer", "某某\ue000公司", None),
        ("buyer", "12345", None),
        ("buyer", "某" * 101, None),
    ],
)
def test_values_are_canonical_or_none(key: Key, text: str, value: str | None) -> None:
    assert CANONICAL[key](text) == value


def test_a_total_that_is_not_printed_is_the_net_and_the_tax() -> None:
    assert sums("94.34", "5.66", None) == {"amount": "100.00", "net": "94.34"}
    assert sums("94.34", "5.66", "100.00") == {"amount": "100.00", "net": "94.34"}
    assert sums("94.34", "5.66", "99.00") == {}
    assert sums(None, None, "99.00") == {"amount": "99.00"}
    assert sums("94.34", None, None) == {"net": "94.34"}
    assert sums(None, "5.66", None) == {}


def test_one_value_of_two_sources_counts_once_and_two_values_twice() -> None:
    told = together(("qr", {"code": "1", "date": "a"}), ("text", {"code": "1", "date": "b"}))
    assert told == (Told("code", "1", "qr"), Told("date", "a", "qr"), Told("date", "b", "text"))


def test_what_one_source_says_differently_is_left_out() -> None:
    assert agreed([("a", "1"), ("b", "1"), ("b", "2"), ("a", "1")]) == {"a": "1"}
