"""What may be said in any words, in and out of a diagnosis, gets what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.core.conftest import Talk

CASE = "昨天开的发票查不到"


@pytest.mark.parametrize("text", ["别问了直接说怎么办", "给个结论", "少废话说办法"])
def test_who_wants_no_more_questions_is_told_the_likeliest(talk: Talk, text: str) -> None:
    talk.says(CASE)
    talk.says(text)
    assert talk.asked == "diagnose/is-just-issued"


def test_of_whom_nothing_is_known_one_thing_is_asked_all_the_same(talk: Talk) -> None:
    talk.says("别问了直接说怎么办")
    assert talk.asked == "diagnose/symptom"


def test_in_the_form_it_is_handed_over_as_it_is(talk: Talk) -> None:
    talk.says("/human")
    talk.says("别问了直接说怎么办")
    assert not talk.asked
    assert talk.ticket.status == "new"


@pytest.mark.parametrize("text", ["从头再来", "重新开始", "我从新说一遍"])
def test_to_begin_anew_forgets_what_was_said(talk: Talk, text: str) -> None:
    talk.says(CASE)
    talk.says("不清楚")
    talk.says(text)
    assert talk.asked == "diagnose/symptom"
    assert (talk.knows(), talk.draft.skipped, talk.draft.hints) == ({}, (), {})


@pytest.mark.parametrize("text", ["给我登记一下", "建个工单吧", "不排查了直接报"])
def test_who_wants_it_registered_gets_the_form_with_what_is_known(talk: Talk, text: str) -> None:
    talk.says(CASE)
    talk.says(text)
    assert talk.told(talk.texts.ticket_form) in talk.said
    assert talk.asked == "ticket/number"
    assert talk.knows()["date"] == "2026-11-23"


def test_what_the_desk_cannot_look_up_it_says_and_asks_on(talk: Talk) -> None:
    talk.says(CASE)
    asked = talk.asked
    talk.says("帮我查一下这张票")
    assert talk.told(talk.texts.cannot_look_up) in talk.said
    assert talk.asked == asked
    talk.says("/cancel")
    talk.says("帮我查一下这张票")
    assert talk.told(talk.texts.cannot_look_up) in talk.said
    assert talk.asked.startswith("diagnose/")


COURTESIES = {
    "什么破系统": "sorry",
    "急急急": "in_haste",
    "今天真热": "small",
    "谢谢": "welcome_again",
}


@pytest.mark.parametrize(("text", "reply"), COURTESIES.items())
def test_anger_haste_and_small_talk_get_their_word_and_take_nothing(
    talk: Talk, text: str, reply: str
) -> None:
    talk.says(text)
    assert talk.said == talk.told(getattr(talk.texts, reply))
    talk.says(CASE)
    asked, before = talk.asked, talk.knows()
    talk.says(text)
    assert talk.told(getattr(talk.texts, reply)) in talk.said
    assert talk.knowledge.diagnosis.facts[asked.removeprefix("diagnose/")].ask in talk.said
    assert (talk.asked, talk.knows()) == (asked, before)


@pytest.mark.parametrize(("text", "reply"), [("再见", "goodbye"), ("等一下", "no_hurry")])
def test_who_will_answer_in_a_while_is_left_in_peace(talk: Talk, text: str, reply: str) -> None:
    talk.says(CASE)
    asked = talk.asked
    talk.says(text)
    assert talk.said == talk.told(getattr(talk.texts, reply))
    assert talk.asked == asked
    talk.says("数电票")
    assert talk.knows()["kind"] == "数电票"


def test_a_courtesy_that_tells_a_case_is_a_case(talk: Talk) -> None:
    talk.says("你好，昨天开的发票在税务数字账户里查不到，急")
    assert talk.asked.startswith("diagnose/")
    assert talk.knows()["place"] == "税务数字账户"


@pytest.mark.parametrize("text", ["给我登记一下", "帮我查一下这张票", "从头再来", "转人工"])
def test_who_has_a_ticket_says_such_things_to_the_agents(talk: Talk, text: str) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says(text)
    assert not talk.asked
    assert len(talk.tickets) == 1
    assert talk.relayed or talk.said
