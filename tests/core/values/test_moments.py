from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.values import moments
from bot.core.values.fields import Refused, Value


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("今天上午10点", "2026-11-24 10:00"),
        ("10:05", "2026-11-24 10:05"),
        ("大概10点", "2026-11-24 10:00"),
        ("昨天下午3点半", "2026-11-23 15:30"),
        ("昨天 15:30", "2026-11-23 15:30"),
        ("2026-11-24 10:05", "2026-11-24 10:05"),
        ("2026年11月24日10点05分", "2026-11-24 10:05"),
        ("11月20日晚上八点", "2026-11-20 20:00"),
        ("昨晚八点一刻", "2026-11-23 20:15"),
        ("今早九点", "2026-11-24 09:00"),
        ("上周三下午两点", "2026-11-18 14:00"),
        ("中午12点半", "2026-11-24 12:30"),
        ("昨天中午1点", "2026-11-23 13:00"),
        ("凌晨12点", "2026-11-24 00:00"),
        ("半夜2点", "2026-11-24 02:00"),
        ("昨天凌晨2点", "2026-11-23 02:00"),
        ("昨天下午15点", "2026-11-23 15:00"),
        ("03:30", "2026-11-24 03:30"),
        ("10点零5分", "2026-11-24 10:05"),
        ("刚才", "2026-11-24 14:00"),
        ("十分钟前", "2026-11-24 13:50"),
        ("半小时前", "2026-11-24 13:30"),
        ("一个半小时前", "2026-11-24 12:30"),
        ("两个小时前", "2026-11-24 12:00"),
    ],
)
def test_a_moment_is_read_in_beijing_time(
    outcome: Callable[[str, str], str], written: str, moment: str
) -> None:
    assert outcome("error_at", written) == moment


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("3点", "moment_half"),
        ("3:30", "moment_half"),
        ("昨天5点", "moment_half"),
        ("昨天", "moment_no_clock"),
        ("今天中午", "moment_no_clock"),
        ("几分钟前", "moment_no_clock"),
        ("昨天25:00", "moment_unclear"),
        ("昨天10:75", "moment_unclear"),
        ("昨天晚上12点", "moment_unclear"),
        ("昨天半夜2点", "moment_unclear"),
        ("周一夜里1点", "moment_unclear"),
        ("两三个小时前", "moment_unclear"),
        ("上午3点和10点", "moment_unclear"),
        ("那天上午10点", "moment_unclear"),
        ("22:30", "moment_future"),
        ("今晚8点", "moment_future"),
        ("明天10点", "date_future"),
        ("月底10点", "date_vague"),
        ("2月30日10:00", "date_impossible"),
    ],
)
def test_a_moment_that_is_not_certain_is_asked_back(
    outcome: Callable[[str, str], str], written: str, reason: str
) -> None:
    assert outcome("error_at", written) == reason


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2026, 11, 24, 14, 0)))
def test_what_is_shown_reads_back_as_the_same_moment(
    read: Callable[[str, str], Value | Refused], moment: datetime
) -> None:
    canonical = moment.strftime("%Y-%m-%d %H:%M")
    assert read("error_at", moments.show(canonical)) == Value(canonical)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("今天上午10点报错", "2026-11-24 10:00"),
        ("昨天下午3点半登录的时候报错", "2026-11-23 15:30"),
        ("10:05 页面报错", "2026-11-24 10:05"),
        ("昨天 10:05 登录不了", "2026-11-23 10:05"),
        ("出错时间：2026-11-24 10:05", "2026-11-24 10:05"),
        ("2小时前报错", "2026-11-24 12:00"),
        ("昨晚8点开始报错", "2026-11-23 20:00"),
    ],
)
def test_a_moment_is_found_when_something_failed_then(
    found: Callable[[str], dict[str, str]], text: str, moment: str
) -> None:
    assert found(text).get("error_at") == moment


@pytest.mark.parametrize(
    "text",
    ["10:05", "每天10点报错", "那天上午10点报错", "昨天下午3点开的票", "昨天报错", "凌晨报错"],
)
def test_no_moment_is_made_up(found: Callable[[str], dict[str, str]], text: str) -> None:
    assert "error_at" not in found(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("刚开的票查不到", 0),
        ("十分钟前开的发票", 10),
        ("半小时前刚开的", 30),
        ("刚开业的公司", None),
        ("昨天开的", None),
        ("两三个小时前开的", None),
    ],
)
def test_how_long_ago_an_invoice_was_issued_is_heard(
    at: datetime, text: str, minutes: int | None
) -> None:
    issued = moments.issued(text, at)
    assert (None if issued is None else (at - issued).total_seconds() / 60) == minutes
