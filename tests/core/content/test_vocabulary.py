from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.content.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("元旦", 2026, date(2026, 1, 1)),
        ("双11", 2020, date(2020, 11, 11)),
        ("春节", 2025, date(2025, 1, 29)),
        ("除夕", 2026, date(2026, 2, 16)),
        ("大年初一", 2026, date(2026, 2, 17)),
        ("清明", 2024, date(2024, 4, 4)),
        ("端午", 2025, date(2025, 5, 31)),
        ("中秋", 2023, date(2023, 9, 29)),
        ("中秋", 2020, None),
        ("春节", 2031, None),
    ],
)
def test_a_festival_is_one_day_of_a_year_or_not_known(
    vocabulary: Vocabulary, name: str, year: int, day: date | None
) -> None:
    assert vocabulary.festival(name).on(year) == day


def test_the_lunar_festivals_keep_their_distances(vocabulary: Vocabulary) -> None:
    """The 5th of the 5th and the 15th of the 8th month, each month of 29 or 30 days."""
    of = vocabulary.festival
    years = [day.year for day in of("春节").days]
    assert len(years) >= 10
    for year in years:
        spring, dragon, moon = (of(name).on(year) for name in ("春节", "端午", "中秋"))
        assert spring is not None
        assert dragon is not None
        assert moon is not None
        assert (dragon - spring).days in range(120, 154)
        assert (moon - dragon).days in range(97, 130)
        assert of("除夕").on(year) == spring - timedelta(days=1)


def test_every_name_has_a_day(vocabulary: Vocabulary) -> None:
    assert all(vocabulary.festival(name).on(2026) for name in vocabulary.festival_names())
