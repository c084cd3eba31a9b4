"""Canned replies: filled for the ticket in which they are sent, and never with a hole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.content.replies import Reply
from bot.core.model.effects import Room, Send
from bot.core.talk import canned
from bot.core.talk.canned import VARIABLES
from bot.core.text.render import escaped, plain
from tests.core.conftest import COLLEAGUE, TAXPAYER

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER = "26112000000012345678"


def reply(text: str) -> Reply:
    return Reply(id="one", title="一句", text=text)


def sends(talk: Talk, text: str, **facts: object) -> None:
    """An agent sends a canned reply with this text, as the desk offers it."""
    said = canned.offered(talk.knowledge, reply(text))
    talk.agent_says(plain(said), html=said, offered=True, **facts)


def passed_on(talk: Talk) -> str:
    """The one message that reached the person (HTML)."""
    (relay,) = talk.relayed
    (item,) = relay.items
    return item.html


def test_the_person_reads_what_is_theirs_in_the_place_of_each_variable(talk: Talk) -> None:
    talk.says(f"发票号码{NUMBER}，昨天开的，完全查不到")
    ticket = talk.gets_a_ticket(claimed=True)
    sends(talk, "{name}您好，我是**{agent}**（{tier}），工单 {ticket}：{number}，{date}开的")
    tier = talk.knowledge.tiers.named(ticket.tier).name
    assert passed_on(talk) == (
        f"{escaped(TAXPAYER.name)}您好，我是<b>小李</b>（{tier}），工单 {ticket.number}："
        f"{NUMBER}，2026年11月23日开的"
    )


def test_agents_read_what_the_person_got_with_private_values_masked(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    person = replace(TAXPAYER, name="13800001234")
    talk.memory.conversation = replace(talk.conversation, person=person)
    sends(talk, "{name}您好")
    assert talk.told(talk.agents.reply_sent, said="138****1234您好") in talk.room
    assert talk.lines[-1].text == "13800001234您好"
    sends(talk, "您好")
    assert passed_on(talk) == "您好"
    assert talk.room == ""


def test_where_something_is_not_known_nothing_goes_out_and_the_agent_is_told_what(
    talk: Talk,
) -> None:
    talk.gets_a_ticket(claimed=True)
    before = talk.stands
    sends(talk, "发票 {number} 最晚 {promised} 答复，{name}")
    assert talk.relayed == []
    assert talk.told(talk.agents.reply_missing, missing="发票号码、答应的日期") in talk.room
    assert talk.stands == before
    talk.agent_says("/next 12月5日")
    sends(talk, "最晚 {promised} 答复")
    assert passed_on(talk) == "最晚 2026年12月5日 答复"


@pytest.mark.parametrize("words", ["模板里写 {姓名} 就行", "{工单号}", "{name} {} {"])
def test_what_an_agent_typed_is_theirs_to_the_letter(talk: Talk, words: str) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says(words, html=words)
    assert passed_on(talk) == words


def test_other_braces_of_an_answer_stay_as_they_are(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    answer = "填 {税号}，{<b>姓名</b>}，{}"
    talk.agent_says(plain(answer), html=answer, offered=True)
    assert passed_on(talk) == answer


def test_a_value_with_braces_is_not_filled_again(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    person = replace(TAXPAYER, name="{工单号}")
    talk.memory.conversation = replace(talk.conversation, person=person)
    sends(talk, "{name}您好")
    assert passed_on(talk) == "{工单号}您好"


def test_one_kept_inside_is_filled_when_it_is_sent_with_the_name_of_who_sends(talk: Talk) -> None:
    talk.gets_a_ticket()
    sends(talk, "我是{agent}，工单 {ticket}")
    assert talk.relayed == []
    assert talk.lines[-1].text == "我是{客服}，工单 {工单号}"
    talk.agent_presses(talk.staff.button_claim_and_send, who=COLLEAGUE)
    assert passed_on(talk) == f"我是周工，工单 {talk.ticket.number}"


def test_one_that_cannot_be_filled_is_not_sent_at_a_press_either(talk: Talk) -> None:
    talk.gets_a_ticket()
    sends(talk, "发票 {number}")
    talk.agent_presses(talk.staff.button_claim_and_send)
    assert talk.relayed == []
    assert [response.text for response in talk.responses] == [
        talk.told(talk.agents.reply_missing, missing="发票号码")
    ]


def test_a_forwarded_one_is_filled_for_the_ticket_that_it_is_forwarded_to(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    sends(talk, "工单 {ticket}", forwarded="周工")
    assert passed_on(talk) == f"工单 {talk.ticket.number}"


def test_one_that_looks_like_a_command_is_none(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    sends(talk, "/ticket 可以随时看进度")
    assert passed_on(talk) == "/ticket 可以随时看进度"


def test_an_agent_sees_every_variable_by_its_name(talk: Talk) -> None:
    names = talk.knowledge.texts.agents.variables
    every = " ".join(f"{{{name}}}" for name in VARIABLES)
    shown = canned.offered(talk.knowledge, reply(every))
    assert shown == " ".join(f"{{{names[name]}}}" for name in VARIABLES)


def test_every_reply_that_ships_is_polite_short_and_without_a_hole(talk: Talk) -> None:
    talk.says(f"发票号码{NUMBER}，昨天开的，完全查不到，今天最后一天申报")
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/next 12月5日")
    for each in talk.knowledge.replies:
        sends(talk, each.text)
        said = plain(passed_on(talk))
        assert not set("{}[]*") & set(said), each.id
        assert len(said) <= 140, each.id
        assert any(word in said for word in ("您", "请")), each.id
        assert [e.to for e in talk.effects if isinstance(e, Send)] in (
            [],
            [Room(talk.ticket.number, talk.ticket.tier)],
        )
