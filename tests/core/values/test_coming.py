"""A day to come, as an agent writes it; today is Tuesday 24 November 2026."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.vocabulary import Vocabulary
from bot.core.text.clock import BEIJING
from bot.core.values import coming
from bot.core.values.context import Context


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12月5日", "2026-12-05"),
        ("12月5号", "2026-12-05"),
        ("12-5", "2026-12-05"),
        ("12/05", "2026-12-05"),
        ("12.5", "2026-12-05"),
        (" 12 月 5 日 ", "2026-12-05"),
        ("１２月５日", "2026-12-05"),
        ("2026年12月5日", "2026-12-05"),
        ("2027-01-05", "2027-01-05"),
        ("1月5日", "2027-01-05"),
        ("11月24日", "2027-11-24"),
        ("11月23日", "2027-11-23"),
        ("30日", "2026-11-30"),
        ("5号", "2026-12-05"),
        ("31号", "2026-12-31"),
        ("明天", "2026-11-25"),
        ("后天", "2026-11-26"),
        ("大后天", "2026-11-27"),
        ("周五", "2026-11-27"),
        ("星期五", "2026-11-27"),
        ("这周日", "2026-11-29"),
        ("礼拜天", "2026-11-29"),
        ("下周一", "2026-11-30"),
        ("下个星期二", "2026-12-01"),
        ("下周二", "2026-12-01"),
    ],
)
def test_a_day_to_come_is_read(context: Context, written: str, day: str) -> None:
    assert coming.day(written, context) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "written",
    [
        *("", "今天", "昨天", "前天", "周一", "周二", "本周一"),
        *("2026-11-24", "2026年11月23日", "2025-12-05"),
        *("13月5日", "2月30日", "2026-02-29", "0号", "32日", "12月0日", "5", "30"),
        *("尽快", "月底", "12月5日前", "大概周五", "12月5日和6日", "周", "下周", "十二月五日左右"),
    ],
)
def test_what_has_passed_or_is_no_day_is_not(context: Context, written: str) -> None:
    assert coming.day(written, context) is None


def test_the_day_of_the_message_is_that_of_beijing(vocabulary: Vocabulary) -> None:
    late = Context(datetime(2026, 11, 24, 23, 30, tzinfo=BEIJING), vocabulary)
    assert coming.day("25日", late) == date(2026, 11, 25)
    early = Context(datetime(2026, 11, 25, 0, 30, tzinfo=BEIJING), vocabulary)
    assert coming.day("25日", early) == date(2026, 12, 25)


@given(st.dates(date(2026, 11, 25), date(2027, 11, 24)))
def test_every_day_of_the_coming_year_is_read_with_or_without_its_year(
    context: Context, day: date
) -> None:
    assert coming.day(f"{day.month}月{day.day}日", context) == day
    assert coming.day(day.isoformat(), context) == day


@given(st.text(max_size=20))
def test_whatever_is_written_gives_a_day_to_come_or_none(context: Context, written: str) -> None:
    found = coming.day(written, context)
    assert found is None or found > context.today
