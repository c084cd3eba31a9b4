"""Which texts say that a day is the last to declare or deduct, and which only mention a day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.app.load import folder
from bot.core.content.vocabulary import NOTHING
from bot.core.values.context import Context
from bot.core.values.deadlines import last_day

CONTEXT = Context(datetime(2026, 11, 24, 6, tzinfo=UTC), NOTHING)
"""14:00 in Beijing on Tuesday 24 November 2026."""

SAID = {
    "今天最后一天申报": "11-24",
    "月底前必须勾选": "11-30",
    "明天截止": "11-25",
    "今天是申报最后一天，票还查不到": "11-24",
    "明天就是申报期最后一天，发票还没出来": "11-25",
    "勾票勾到一半发现少了三张进项，明天就截止了我手心全是汗": "11-25",
    "申报截止到今天": "11-24",
    "报税截止日是30号": "11-30",
    "抵扣勾选月底截止": "11-30",
    "30号之前得认证完": "11-30",
    "11月30日是抵扣最后一天": "11-30",
    "最迟今天申报，急": "11-24",
    "今天是不是申报最后一天": "11-24",
    "急！今天就截止了": "11-24",
    "月底最后一天勾选，查不到": "11-30",
    "月底截止申报": "11-30",
    "会计说明天截止": "11-25",
    "本月30号截止勾选": "11-30",
    "今天申报截止，发票勾选不了": "11-24",
    "今天就要截止了": "11-24",
    "这周五申报截止": "11-27",
    "今天是这个月申报的最后一天": "11-24",
    "增值税申报今天截止吗": "11-24",
    "明天是征期最后一天": "11-25",
    "三十号截止认证": "11-30",
}
NOT_SAID = [
    "急！明天报销就截止，这票号码查询没有",
    "月底最后一天开的票勾选不到",
    "勾选平台截止到今天还是查不到",
    "截止今天还没收到发票",
    "月底认证的时候找不到",
    "月底了！！专票一张没刷出来！烦",
    "今天不是最后一天吗申报",
    "报销截止今天，发票还不显示",
    "昨天是申报最后一天，没赶上",
    "如果今天截止申报怎么办",
    "今天开的票，申报时查不到",
    "11月15号申报截止",
    "上个月15号申报截止",
    "个税申报今天最后一天",
    "汇算清缴明天截止",
    "年报30号截止",
    "活动今天最后一天，发票要不到",
    "今天最后一天报名",
    "这个月申报截止到哪天",
    "月底就要报税了这单还压着不动",
    "12月1日开的发票，12月15日还没有",
    "昨天开的发票今天勾选不到",
    "合同明天到期",
    "上个月最后一天开的票勾选不了",
    "我30号勾选的，31号没了",
    "月底勾选的票不见了",
    "今天勾选的最后一张票查不到",
    "报销，明天截止",
    "月底最后一天勾选的票怎么撤销",
    "2017年之前的票必须认证",
    "今天认证平台打不开",
]
BELIEVED = {
    "今天最后一天申报",
    "今天是最后一天，统计完了供应商的票才到",
    "勾票勾到一半发现少了三张进项，明天就截止了我手心全是汗",
    "勾选页面出来一半就不动了，月底最后一天啊",
    "明天就是申报期最后一天，发票还没出来",
    "申报今天截止 罚款算谁的",
}
"""All that our own content says so."""


@pytest.mark.parametrize(("text", "day"), SAID.items())
def test_the_last_day_is_read(text: str, day: str) -> None:
    assert last_day(text, CONTEXT) == date.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize("text", NOT_SAID)
def test_a_day_that_is_only_mentioned_is_no_deadline(text: str) -> None:
    assert last_day(text, CONTEXT) is None


def test_it_is_read_in_full_width_and_traditional_characters() -> None:
    assert last_day("今天最後一天申報", CONTEXT) == date(2026, 11, 24)
    assert last_day("３０号截止勾选", CONTEXT) == date(2026, 11, 30)


def test_a_month_that_is_half_a_year_ago_is_one_to_come() -> None:
    assert last_day("1月20日申报截止", CONTEXT) == date(2027, 1, 20)
    assert last_day("10月26日申报截止", CONTEXT) is None
    assert last_day("十二月底前必须勾选", CONTEXT) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["31号截止申报", "13月1日申报截止", "0号申报截止"])
def test_a_day_that_there_is_not_is_none(text: str) -> None:
    assert last_day(text, CONTEXT) is None


def strings(value: Any) -> Iterator[str]:
    """Every text in a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def test_of_all_that_our_content_says_nothing_else_is_taken_for_a_deadline() -> None:
    files = [path for path in folder().rglob("*.toml") if "messages" not in path.parts]
    texts = {t for path in files for t in strings(tomllib.loads(path.read_text("utf-8")))}
    assert len(texts) > 5000
    assert {text for text in texts if last_day(text, CONTEXT) is not None} == BELIEVED
