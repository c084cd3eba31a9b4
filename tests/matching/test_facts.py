"""A reply is read as the answer that it is, however it is typed; what is none is no answer."""

from __future__ import annotations

import pytest

from bot.core.content.knowledge import Knowledge
from bot.matching import CASE, Facts, asks, meant


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("kind", "数电票", "digital"),
        ("kind", "数电票。", "digital"),
        ("kind", "树电票", "digital"),
        ("kind", "數電票", "digital"),
        ("kind", "shudianpiao", "digital"),
        ("kind", "火车票", "railway"),
        ("kind", "不是数电票，是火车票", "railway"),
        ("party", "我们是卖方", "seller"),
        ("party", "我們是買方", "buyer"),
        ("party", "maifang", None),
        ("symptom", "登录不了", "login"),
        ("symptom", "登陆不了", "login"),
        ("symptom", "登錄不了", "login"),
        ("symptom", "denglubuliao", "login"),
        ("issued", "对方作废了", "voided"),
        ("issued", "zuofeile", "voided"),
        ("verified", "查无此票", "not-found"),
        ("verified", "查無此票", "not-found"),
        ("verified", "chawucipiao", "not-found"),
        ("place", "在税务数字账户里", "account"),
        ("title", "抬头是个人", "personal"),
        ("reply", "还是不行", "failed"),
        ("reply", "好了", "solved"),
        ("reply", "不清楚", "unsure"),
        ("reply", "明天提醒我", "later"),
    ],
)
def test_a_reply_is_the_value_that_it_says(
    knowledge: Knowledge, fact: str, text: str, value: str | None
) -> None:
    told = knowledge.facts.answer(fact, text)
    if value is None:  # one sound, two meanings
        assert told is None or told.value in ("buyer", "seller")
    else:
        assert told is not None
        assert told.value == value
        assert 0 < told.share <= 1


def test_every_label_answers_its_question(knowledge: Knowledge) -> None:
    asked = [
        (fact.id, value.label, value.id)
        for fact in knowledge.diagnosis.facts.values()
        for value in fact.values
    ]
    wrong = []
    for fact, label, value in asked:
        told = knowledge.facts.answer(fact, label)
        if told is None or told.value != value:
            wrong.append((fact, label))
    assert len(wrong) <= len(asked) // 10, wrong


@pytest.mark.parametrize("text", ["帮我写一首诗", "🙂🙂", "asdfgh", "", "什么是数电票？"])
def test_what_answers_nothing_is_no_answer(knowledge: Knowledge, text: str) -> None:
    assert knowledge.facts.answer("kind", text) is None


def test_a_fact_that_nobody_knows_has_no_answer(knowledge: Knowledge) -> None:
    assert knowledge.facts.answer("no-such", "数电票") is None


def test_what_is_told_by_the_way_comes_with_probabilities(knowledge: Knowledge) -> None:
    told = knowledge.facts.tells("我是收票方，昨天开的数电票在抵扣勾选里查不到")
    assert next(iter(told["place"])) == "deduct"
    assert next(iter(told["kind"])) == "digital"
    for shares in told.values():
        assert list(shares.values()) == sorted(shares.values(), reverse=True)
        assert 0 < sum(shares.values()) <= 1.001


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("昨天开的发票在税务数字账户里查不到", CASE),
        ("我从新说一遍", "restart"),
        ("从头再来", "restart"),
        ("我要跟人讲话", "human"),
        ("什么破系统", "anger"),
        ("建个工单吧", "ticket"),
    ],
)
def test_what_a_message_is_for_is_heard(knowledge: Knowledge, text: str, aim: str) -> None:
    aims = knowledge.facts.aims(text)
    assert max(aims, key=lambda each: aims[each]) == aim
    assert aims[aim] >= 0.6


def test_what_the_authors_wrote_is_heard_letter_by_letter(knowledge: Knowledge) -> None:
    for wish, phrasings in knowledge.wishes.items():
        for each in phrasings[:5]:
            found = knowledge.facts.wish(f"{each}！")
            assert found is not None
            assert each in knowledge.wishes[found] or found == wish


def test_without_anything_written_nothing_is_told() -> None:
    nothing = Facts({})
    assert nothing.answer("kind", "数电票") is None
    assert not nothing.tells("数电票")
    assert not nothing.aims("数电票")


@pytest.mark.parametrize(
    ("text", "parts"),
    [("不是数电票，是火车票", ["是火车票"]), ("不是数电票", ["不是数电票"]), ("好了", ["好了"])],
)
def test_of_not_this_but_that_only_that_is_meant(text: str, parts: list[str]) -> None:
    assert list(meant(text)) == parts


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("怎么查", True),
        ("能查到吗", True),
        ("哪里看开具状态", True),
        ("不知道在哪看", False),
        ("怎么都查不到", False),
        ("查不到", False),
        ("看不到是什么票", False),
    ],
)
def test_who_asks_is_told_from_who_cannot_tell(text: str, question: bool) -> None:
    assert asks(text) is question
