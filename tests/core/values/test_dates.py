from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.knowledge import Field
from bot.core.content.vocabulary import Vocabulary
from bot.core.text import calendar
from bot.core.values import dates
from bot.core.values.fields import Context, Refused, Value, parse


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025年5月12日", "2025-05-12"),
        ("2025 年 5 月 12 日", "2025-05-12"),
        ("2025年5月12", "2025-05-12"),
        ("2025年05月12号", "2025-05-12"),
        ("25年5月12日", "2025-05-12"),
        ("2025-05-12", "2025-05-12"),
        ("2025.5.12", "2025-05-12"),
        ("2025/5/12", "2025-05-12"),
        ("2025 05 12", "2025-05-12"),
        ("２０２５－０５－１２", "2025-05-12"),
        ("20250512", "2025-05-12"),
        ("二〇二五年五月十二日", "2025-05-12"),
        ("二零二五年十二月三十一号", "2025-12-31"),
        ("2025年5月12日星期一", "2025-05-12"),
        ("2025-05-12 10:05:33", "2025-05-12"),
        ("5月12日", "2026-05-12"),
        ("5月12号", "2026-05-12"),
        ("五月十二", "2026-05-12"),
        ("5/12", "2026-05-12"),
        ("5.12", "2026-05-12"),
        ("5-12", "2026-05-12"),
        ("11月24日", "2026-11-24"),
        ("11月25日", "2025-11-25"),
        ("12月1日", "2025-12-01"),
        ("2月29日", "2024-02-29"),
        ("今年5月12日", "2026-05-12"),
        ("去年5月12日", "2025-05-12"),
        ("去年5.12", "2025-05-12"),
        ("前年3月5日", "2024-03-05"),
        ("这个月12号", "2026-11-12"),
        ("上个月12号", "2026-10-12"),
        ("上月31日", "2026-10-31"),
        ("12号", "2026-11-12"),
        ("二十三号", "2026-11-23"),
        ("今天", "2026-11-24"),
        ("今早", "2026-11-24"),
        ("昨天", "2026-11-23"),
        ("昨晚", "2026-11-23"),
        ("昨天下午3点", "2026-11-23"),
        ("前天", "2026-11-22"),
        ("大前天", "2026-11-21"),
        ("3天前", "2026-11-21"),
        ("两天前", "2026-11-22"),
        ("三天之前", "2026-11-21"),
        ("9天前", "2026-11-15"),
        ("大前儿", "2026-11-21"),
        ("本年5月12日", "2026-05-12"),
        ("上年5月12日", "2025-05-12"),
        ("前年12月31日", "2024-12-31"),
        ("本月12号", "2026-11-12"),
        ("当月12号", "2026-11-12"),
        ("上上个月12号", "2026-09-12"),
        ("国庆前一天", "2026-09-30"),
        ("国庆头一天", "2026-09-30"),
        ("国庆第二天", "2026-10-02"),
        ("国庆次日", "2026-10-02"),
        ("上周1", "2026-11-16"),
        ("上周7", "2026-11-22"),
        ("上周六", "2026-11-21"),
        ("上周天", "2026-11-22"),
        ("本周一", "2026-11-23"),
        ("周一", "2026-11-23"),
        ("星期二", "2026-11-24"),
        ("上周三", "2026-11-18"),
        ("上个星期三", "2026-11-18"),
        ("上周日", "2026-11-22"),
        ("上礼拜天", "2026-11-22"),
        ("上上周五", "2026-11-13"),
        ("昨天(11月23日)", "2026-11-23"),
        ("5月12号开的", "2026-05-12"),
        ("应该是5月12日开的票", "2026-05-12"),
    ],
)
def test_a_day_is_read_however_it_is_written(
    outcome: Callable[[str, str], str], written: str, day: str
) -> None:
    assert outcome("date", written) == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("上个月底", "date_vague"),
        ("月初", "date_vague"),
        ("五一之前", "date_vague"),
        ("国庆", "date_vague"),
        ("元旦节", "date_vague"),
        ("上周末", "date_vague"),
        ("前几天", "date_vague"),
        ("前两天", "date_vague"),
        ("两三天前", "date_vague"),
        ("十几天前", "date_vague"),
        ("10天前", "date_vague"),
        ("100天前", "date_vague"),
        ("半个月前", "date_vague"),
        ("大大前天", "date_vague"),
        ("5月12日左右", "date_vague"),
        ("5月12日之前", "date_vague"),
        ("5月12日到15日", "date_vague"),
        ("大概5月12日", "date_vague"),
        ("不是5月12日", "date_vague"),
        ("农历八月十五", "date_vague"),
        ("不记得了", "date_vague"),
        ("5月", "date_no_day"),
        ("2025年5月", "date_no_day"),
        ("去年", "date_no_day"),
        ("上周", "date_no_day"),
        ("28号", "date_which"),
        ("周三", "date_which"),
        ("5月12、13日", "date_several"),
        ("昨天，11月22日", "date_several"),
        ("2月30日", "date_impossible"),
        ("2025年2月29日", "date_impossible"),
        ("2025-13-01", "date_impossible"),
        ("0月5日", "date_impossible"),
        ("2025年5月12日星期二", "date_weekday"),
        ("明天", "date_future"),
        ("下周一", "date_future"),
        ("本周五", "date_future"),
        ("2026-11-25", "date_future"),
        ("1999年12月31日", "date_too_old"),
        ("12/25/2025", "date_unclear"),
        ("25-05-12", "date_unclear"),
        ("5-12-15", "date_unclear"),
        ("20251301", "date_impossible"),
        ("十一", "date_unclear"),
        ("开过了", "date_unclear"),
        ("廿三", "date_vague"),
        ("民国114年5月12日", "date_vague"),
    ],
)
def test_a_day_that_is_not_certain_is_asked_back(
    outcome: Callable[[str, str], str], written: str, reason: str
) -> None:
    assert outcome("date", written) == reason


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("明天", "2026年11月25日"),
        ("后天", "2026年11月26日"),
        ("下周一", "2026年11月30日"),
        ("下个月12号", "2026年12月12日"),
        ("明年5月12日", "2027年5月12日"),
    ],
)
def test_a_day_to_come_is_refused_by_its_date(
    read: Callable[[str, str], Value | Refused], written: str, day: str
) -> None:
    answer = read("date", written)
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.given["date"]) == ("date_future", day)


def test_a_missing_year_that_is_not_this_one_is_warned_of(
    read: Callable[[str, str], Value | Refused],
) -> None:
    assert read("date", "12月1日") == Value("2025-12-01", "date_last_year")
    assert read("date", "去年12月1日") == Value("2025-12-01")


def test_today_is_the_day_in_beijing(fields: Mapping[str, Field], vocabulary: Vocabulary) -> None:
    evening_in_utc = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert parse(fields["date"], "今天", Context(evening_in_utc, vocabulary)) == Value("2026-11-24")


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2026, 11, 24)))
def test_what_is_shown_reads_back_as_the_same_day(
    read: Callable[[str, str], Value | Refused], day: date
) -> None:
    assert read("date", calendar.shown(day.isoformat())) == Value(day.isoformat())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025年5月12日开的发票查不到", "2025-05-12"),
        ("我5月12号在京东开的发票查不到", "2026-05-12"),
        ("今天登录后看不到5月12日的发票", "2026-05-12"),
        ("开票日期：20250512", "2025-05-12"),
        ("开票时间是2025-05-12 10:05:33", "2025-05-12"),
        ("昨天下午3点开的票", "2026-11-23"),
        ("昨天开的票今天查不到", "2026-11-23"),
        ("上周三开具的电子发票", "2026-11-18"),
        ("25112000000012345678 2025-05-12", "2025-05-12"),
        ("2025-05-12，25112000000012345678", "2025-05-12"),
        ("昨天的发票", "2026-11-23"),
        ("昨天刚刚开的票查不到", "2026-11-23"),
        ("昨天下午3点左右开的票", "2026-11-23"),
        ("半小时前开的票", "2026-11-24"),
        ("国庆当天开的票", "2026-10-01"),
        ("二○二五年五月十二日开的", "2025-05-12"),
        ("26112000000012345678 20250512", "2025-05-12"),
    ],
)
def test_a_day_is_found_when_the_invoice_was_issued_on_it(
    found: Callable[[str], dict[str, str]], text: str, day: str
) -> None:
    assert found(text).get("date") == day


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-12",
        "昨天系统升级后查不到了",
        "2025-05-12，系统升级之后查不到",
        "昨天系统升级后开的票",
        "昨天查的发票没有了",
        "今天客户要的发票",
        "今天要开票开不了",
        "今天没开具",
        "5月12日之前开的票",
        "5月12日左右开的",
        "5月1日到5月12日开的票",
        "从5月12日起开的发票",
        "上个月底开的",
        "开票日期：明天",
        "昨天开的和前天开的都没有",
        "到期日期 2026-05-12",
        "昨晚12点开的票",
        "昨天半夜开的票",
        "去年的发票，5月12日开的",
        "五月的发票，是12号开的",
        "3号店开的发票",
        "5月12张开的票",
        "3日内开的票",
        "八月十五开的发票",
        "代码011001600111 20250512",
    ],
)
def test_no_day_is_made_up(found: Callable[[str], dict[str, str]], text: str) -> None:
    assert "date" not in found(text)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("昨天", True),
        ("昨天下午的", True),
        ("不对，是5月13号", True),
        ("上周三吧", True),
        ("今天", True),
        ("现在", False),
        ("昨儿", True),
        ("今天上午10点", False),
        ("昨天和前天", False),
        ("昨天给你打过电话", False),
        ("", False),
    ],
)
def test_a_day_is_alone_where_nothing_else_is_said(
    vocabulary: Vocabulary, text: str, alone: bool
) -> None:
    assert dates.alone(text, vocabulary) is alone
