"""The silent questions of a flow, at their edges."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.model.ticket import Slot
from bot.core.values.predicates import PREDICATES

LATE = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
"""One minute before midnight in Beijing on 24 November."""
MIDNIGHT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
"""Midnight in Beijing: it is 25 November there."""


def holds(name: str, text: str | None, at: datetime = LATE) -> bool:
    return PREDICATES[name](Slot(text) if text is not None else None, at)


@pytest.mark.parametrize(
    ("date", "recent"),
    [
        ("2026-11-24", True),
        ("2026-11-22", True),
        ("2026-11-21", False),
        ("2026-11-25", False),
        ("2025-11-24", False),
    ],
)
def test_an_invoice_is_recent_for_two_days(date: str, recent: bool) -> None:
    assert holds("recent", date) is recent


def test_the_day_changes_at_midnight_in_beijing() -> None:
    assert holds("recent", "2026-11-22", LATE)
    assert not holds("recent", "2026-11-22", MIDNIGHT)
    assert not holds("recent", "2026-11-25", LATE)
    assert holds("recent", "2026-11-25", MIDNIGHT)


@pytest.mark.parametrize(
    ("number", "away"),
    [
        ("25112000000012345678", False),
        ("25312000000012345678", True),
        ("11312000000012345678", True),
        ("011002301111", False),
        ("031002301111", True),
        ("1100231130", False),
        ("3100231130", True),
        ("12345678", False),
    ],
)
def test_the_region_stands_where_each_length_has_it(number: str, away: bool) -> None:
    assert holds("elsewhere", number) is away


def test_only_a_short_number_needs_its_code() -> None:
    assert holds("coded", "12345678")
    assert not holds("coded", "25112000000012345678")


def test_what_is_not_known_is_nothing() -> None:
    assert not any(holds(name, None) for name in PREDICATES)
    assert holds("known", "")
