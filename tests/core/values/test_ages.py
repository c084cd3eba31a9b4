"""How long ago an invoice was issued, by the words with which people say so."""

from __future__ import annotations

import pytest

from bot.core.values.ages import Age, age
from bot.core.values.fields import Context


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今天开的", 0),
        ("刚开的", 0),
        ("今早开的票", 0),
        ("半小时前开的", 0),
        ("昨天开的", 1),
        ("昨晚开的", 1),
        ("前天开的", 2),
        ("大前天开的", 3),
        ("三天前开的", 3),
        ("开了十天了", 10),
        ("上周开的", 7),
        ("上上周开的", 14),
        ("半个月前开的", 15),
        ("开了两个星期了", 14),
        ("快三个月了", 90),
        ("半年前开的", 182),
        ("一年多了", 438),
        ("一个多月了", 36),
        ("一年半前开的", 547),
        ("两年前开的", 730),
        ("去年12月开的", 344),
        ("上个月开的", 40),
        ("上个月底开的", 28),
        ("10月初开的", 51),
        ("今年3月的", 254),
        ("前年的票", 730),
        ("2023年开的", 1228),
        ("5月12日开的", 196),
    ],
)
def test_words_tell_about_how_many_days(context: Context, text: str, days: int) -> None:
    found = age(text, context)
    assert found is not None
    assert found.days == pytest.approx(days, abs=max(1, days // 100))


@pytest.mark.parametrize(
    "text",
    ["", "查不到", "开票软件", "2张发票", "三个同事", "开了两次", "25112000000012345678", "周期"],
)
def test_other_words_tell_no_age(context: Context, text: str) -> None:
    assert age(text, context) is None


def test_words_beside_it_say_whether_it_is_when_it_was_issued(context: Context) -> None:
    assert age("昨天开的票", context) == Age(1, issued=True)
    assert age("昨天就查不到了", context) == Age(1, issued=False)


def test_the_time_of_issuing_counts_before_any_other(context: Context) -> None:
    assert age("昨天还查不到，上周开的票", context) == Age(7, issued=True)


def test_no_day_to_come_is_an_age(context: Context) -> None:
    assert age("明天开", context) is None
    assert age("12月31日开的", context) == Age(328, issued=True)
