from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.knowledge import Field
from bot.core.content.vocabulary import Vocabulary
from bot.core.text.calendar import EARLIEST
from bot.core.text.clock import BEIJING
from bot.core.values.fields import Context, Refused, Value, parse

FORMS = Path(__file__).parents[1] / "dates.toml"
MOMENTS = tomllib.loads(FORMS.read_text("utf-8"))["moments"]
DAYS = [
    (moment["at"], written, day) for moment in MOMENTS for written, day in moment["days"].items()
]
ASKED = [(moment["at"], written) for moment in MOMENTS for written in moment["asked"]["forms"]]


@pytest.mark.parametrize(("at", "written", "day"), DAYS)
def test_every_written_form_is_the_day_it_was_then(
    fields: Mapping[str, Field], vocabulary: Vocabulary, at: datetime, written: str, day: date
) -> None:
    answer = parse(fields["date"], written, Context(at, vocabulary))
    assert isinstance(answer, Value)
    assert answer.text == day.isoformat()


@pytest.mark.parametrize(("at", "written"), ASKED)
def test_every_form_that_may_be_two_days_is_asked_back(
    fields: Mapping[str, Field], vocabulary: Vocabulary, at: datetime, written: str
) -> None:
    assert isinstance(parse(fields["date"], written, Context(at, vocabulary)), Refused)


moments = st.datetimes(
    min_value=datetime(2021, 1, 1), max_value=datetime(2030, 12, 31), timezones=st.just(BEIJING)
)


@given(moments, st.integers(1, 8000))
def test_a_day_written_in_full_is_that_day_whenever_it_is_written(
    fields: Mapping[str, Field], vocabulary: Vocabulary, at: datetime, ago: int
) -> None:
    context = Context(at, vocabulary)
    day = max(at.date() - timedelta(days=ago), EARLIEST)
    chinese = str.maketrans("0123456789", "〇一二三四五六七八九")
    for written in (
        f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y年%m月%d日}",
        f"{day:%y年%m月%d号}",
    ):
        assert parse(fields["date"], written, context) == Value(day.isoformat()), written
    spelled = f"{day:%Y}".translate(chinese)
    written = f"{spelled}年{day.month}月{day.day}日"
    assert parse(fields["date"], written, context) == Value(day.isoformat())


@given(moments, st.integers(0, 364))
def test_a_day_without_its_year_is_the_last_one_that_was(
    fields: Mapping[str, Field], vocabulary: Vocabulary, at: datetime, ago: int
) -> None:
    day = at.date() - timedelta(days=ago)
    answer = parse(fields["date"], f"{day.month}月{day.day}日", Context(at, vocabulary))
    assert isinstance(answer, Value)
    assert answer.text == day.isoformat()
    assert (answer.warning is None) == (day.year == at.year)


@given(moments, st.integers(0, 60))
def test_a_day_told_by_its_distance_is_right_or_asked_back(
    fields: Mapping[str, Field], vocabulary: Vocabulary, at: datetime, ago: int
) -> None:
    day = at.date() - timedelta(days=ago)
    weeks = (at.date() - timedelta(days=at.weekday()) - day + timedelta(days=6)).days // 7
    months = at.year * 12 + at.month - day.year * 12 - day.month
    on = "一二三四五六日"[day.weekday()]
    forms = [
        ("今天", "昨天", "前天", "大前天")[ago] if ago < 4 else f"{ago}天前",
        f"{('本', '上', '上上')[weeks]}周{on}" if weeks < 3 else "",
        f"{('本', '上')[weeks]}个周{on}" if weeks < 2 else "",
        f"{('这', '上', '上上')[months]}个月{day.day}号" if months < 3 else "",
        f"周{on}" if weeks == 0 else "",
        f"{day.day}号" if months == 0 else "",
    ]
    for written in filter(None, forms):
        answer = parse(fields["date"], written, Context(at, vocabulary))
        assert isinstance(answer, Refused) or answer.text == day.isoformat(), written


_PIECES = [
    "今天",
    "昨",
    "前",
    "上",
    "个",
    "月",
    "周",
    "三",
    "12",
    "5",
    "年",
    "号",
    "日",
    "2025",
    "-",
    ".",
    "、",
    "到",
    "的",
    "国庆",
    "当天",
    "一",
    "十",
    "○",
    "点",
    "下午",
    "半",
    "刚",
    "最后",
    "天",
    "节",
]


@given(moments, st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
def test_no_writing_raises_or_gives_a_day_that_was_not(
    fields: Mapping[str, Field], vocabulary: Vocabulary, at: datetime, written: str
) -> None:
    answer = parse(fields["date"], written, Context(at, vocabulary))
    if isinstance(answer, Value):
        assert EARLIEST <= date.fromisoformat(answer.text) <= at.date()
