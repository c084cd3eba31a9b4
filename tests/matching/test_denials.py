"""Words that deny, days and numbers, and clauses that only ask what a word means."""

from __future__ import annotations

import pytest

from bot.core.content.knowledge import Knowledge
from bot.matching import without_wondering


def likeliest(knowledge: Knowledge, fact: str, text: str) -> str | None:
    shares = knowledge.facts.tells(text).get(fact, {})
    value = next(iter(shares), None)
    return value if value is not None and shares[value] >= 0.5 else None


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("对方说开具成功了", "issued", "fine"),
        ("对方说没有开成功，还是草稿", "issued", "not-issued"),
        ("日期没改", "range", "default"),
    ],
)
def test_what_is_denied_is_not_told(knowledge: Knowledge, text: str, fact: str, value: str) -> None:
    assert likeliest(knowledge, fact, text) == value


@pytest.mark.parametrize("text", ["5月13号", "26112000000012345678", "价税合计1200元"])
def test_a_day_or_number_alone_tells_no_symptom(knowledge: Knowledge, text: str) -> None:
    assert likeliest(knowledge, "symptom", text) is None


def test_what_an_author_wrote_is_heard_among_other_words(knowledge: Knowledge) -> None:
    assert likeliest(knowledge, "symptom", "系统繁忙请稍后再试，我点了一早上了") == "error"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("红冲是什么意思", ""),
        ("票查不到，红冲是啥意思", "票查不到"),
        ("发票查不到是怎么回事", "发票查不到是怎么回事"),
        ("发票状态里的未到勾选日期是什么意思", "发票状态里的未到勾选日期是什么意思"),
    ],
)
def test_what_only_asks_for_a_meaning_is_left_out(text: str, left: str) -> None:
    assert without_wondering(text) == left
