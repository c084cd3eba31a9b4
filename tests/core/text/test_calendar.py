"""Days as documents print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.calendar import EARLIEST, printed, shown


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025年05月12日", "2025-05-12"),
        ("2025年 5 月 12 日", "2025-05-12"),
        ("2025-05-12", "2025-05-12"),
        ("2025/5/12", "2025-05-12"),
        ("2025.5.12", "2025-05-12"),
        ("20250512", "2025-05-12"),
        ("２０２５－０５－１２", "2025-05-12"),
        ("2025-05-12 10:00:00", "2025-05-12"),
        ("2025-05-12T10:00:00.000+08:00", "2025-05-12"),
        ("2025年5月12日10:00", "2025-05-12"),
        ("20250512100000", "2025-05-12"),
        ("20250512100000123", "2025-05-12"),
        ("2025-05/12", None),
        ("2025-02-29", None),
        ("20251301", None),
        ("202505121", None),
        ("25-05-12", None),
        ("٢٠٢٥-٠٥-١٢", None),
        ("2000-01-01", "2000-01-01"),
        ("1999-12-31", None),
        ("2099-12-31", "2099-12-31"),
        ("2100-01-01", None),
        ("", None),
    ],
)
def test_a_printed_day_is_spelled_in_one_way_or_is_none(text: str, day: str | None) -> None:
    assert printed(text) == day


@given(st.dates(min_value=EARLIEST, max_value=date(2099, 12, 31)))
def test_what_is_shown_is_read_again_as_it_was(day: date) -> None:
    assert printed(shown(day.isoformat())) == day.isoformat()
