"""`/mydata` shows a person all that is kept of them, in words, and nothing that is not theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.model.conversation import Conversation
from bot.core.model.effects import Export, Send
from bot.core.model.holding import Holding
from bot.core.model.record import Happened
from bot.core.model.ticket import Kept
from bot.core.person import export
from bot.core.person.mydata import AGAIN
from bot.core.text.render import plain

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def ordered(talk: Talk) -> list[Export]:
    return [effect for effect in talk.effects if isinstance(effect, Export)]


def held(talk: Talk) -> Holding:
    """What is kept of the talk."""
    happened = {
        ticket.number: tuple(
            Happened(each.at, each.what, each.to_tier, each.field)  # type: ignore[arg-type]
            for each in talk.memory.records
            if each.kind == "ticket" and each.ticket == ticket.number
        )
        for ticket in talk.tickets
    }
    lines = tuple(line for line in talk.history if line.who != "note" and not line.edit)
    return Holding(
        conversation=talk.conversation, tickets=talk.tickets, happened=happened, lines=lines
    )


def shown(talk: Talk, *holdings: Holding) -> str:
    """What stands in the file."""
    return plain(export.page(talk.knowledge, holdings or (held(talk),), talk.at).decode())


def test_whoever_asks_gets_it_in_their_own_chat_and_the_order_holds_nothing_of_theirs(
    talk: Talk,
) -> None:
    talk.says("税号91110108MA01A2B3CX查不到")
    talk.says("/mydata")
    (order,) = ordered(talk)
    assert order.to == talk.turn().chat
    assert plain(order.text) == talk.told(talk.knowledge.texts.mydata.caption)


def test_in_the_middle_of_a_flow_the_question_is_asked_again(talk: Talk) -> None:
    talk.says("/diagnose")
    asked = talk.asked
    talk.says("/mydata")
    assert ordered(talk)
    assert talk.asked == asked
    assert talk.told(talk.texts.back_to_question) in talk.said


def test_it_is_made_again_after_an_hour_and_not_before(talk: Talk) -> None:
    talk.says("/mydata")
    talk.passes(seconds=(AGAIN - timedelta(minutes=2)).total_seconds())
    talk.says("/mydata")
    assert ordered(talk) == []
    assert talk.said == talk.told(talk.knowledge.texts.mydata.too_soon, minutes=2)
    talk.passes(seconds=120)
    talk.says("/mydata")
    assert ordered(talk)


def test_one_that_could_not_be_sent_is_told_and_may_be_asked_for_at_once(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("/mydata")
    (order,) = ordered(talk)
    talk.loses(order, "too_big")
    assert talk.said == talk.told(talk.knowledge.texts.mydata.unsent)
    assert talk.room == ""
    talk.says("/mydata")
    assert ordered(talk)


def test_who_blocked_the_bot_is_sent_nothing(talk: Talk) -> None:
    talk.says("/mydata")
    (order,) = ordered(talk)
    talk.loses(order, "blocked")
    assert [e for e in talk.effects if isinstance(e, Send)] == []


def test_who_is_banned_gets_it_all_the_same_and_reads_until_when(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/ban 3天 辱骂")
    talk.says("/mydata")
    assert ordered(talk)
    until = talk.conversation.banned_until
    assert until is not None
    assert "2026-11-27 14:00" in shown(talk)
    talk.passes(hours=73)
    assert "2026-11-27 14:00" not in shown(talk).split(talk.knowledge.texts.mydata.tickets)[0]


def test_a_ticket_stands_there_with_its_values_its_way_and_its_stars(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_presses(talk.staff.button_ask)
    talk.agent_presses(talk.knowledge.fields["number"].label)
    talk.says("25112000000012345678")
    talk.agent_says("请看，好了吗<b>")
    talk.agent_says("//他脾气不好")
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    talk.presses(talk.informed.button_stars.format(stars=4))
    told = shown(talk, replace(held(talk), comments={number: "很快就好了"}))
    tier = talk.knowledge.tiers.tiers[0].name
    for expected in (
        *(number, talk.texts.statuses["closed"], tier, "25112000000012345678", "王<i>芳", "wang"),
        *("telegram:100", "★★★★", "很快就好了", "2026-11-24 14:00 客服小李：请看，好了吗<b>"),
        f"2026-11-24 14:00 {talk.told(talk.informed.steps['claimed'], tier=tier)}",
    ):
        assert expected in told
    assert "他脾气不好" not in told


def test_a_draft_that_is_in_no_ticket_stands_there(talk: Talk) -> None:
    talk.says("昨天开的票查不到，金额1234.5元")
    texts = talk.knowledge.texts.mydata
    told = shown(talk)
    assert talk.told(texts.draft) in told
    assert "昨天开的票查不到，金额1234.5元" in told
    assert talk.told(texts.nothing) in told.split(texts.tickets)[1]


def test_of_each_thing_is_told_until_when_it_is_kept(talk: Talk) -> None:
    texts, limits = talk.knowledge.texts.mydata, talk.knowledge.limits
    talk.gets_a_ticket()
    holding = replace(held(talk), files=(Kept("a" * 64, "发票.pdf", talk.at),))
    holding = replace(holding, sizes={"a" * 64: 1536})
    assert shown(talk, holding).count(talk.told(texts.kept_ever)) == 3
    talk.knowledge = replace(talk.knowledge, limits=replace(limits, keep=timedelta(days=30)))
    told = shown(talk, holding)
    assert "发票.pdf（1.5 KB） · " + talk.told(texts.kept_until, day="2026-12-24") in told
    assert told.count(talk.told(texts.kept_open, days=30)) == 2
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    told = shown(talk)
    assert talk.told(texts.kept_open, days=30) not in told
    assert told.count(talk.told(texts.kept_until, day="2026-12-24")) == 2


def test_all_addresses_of_a_person_are_in_one_file(talk: Talk) -> None:
    talk.says("你好")
    there = Conversation(
        id="conversation:console:me",
        address="console:me",
        person=replace(talk.conversation.person, address="console:me", name="王芳芳"),
    )
    told = shown(talk, held(talk), Holding(conversation=there))
    assert "telegram:100、console:me" in told
    assert "王<i>芳、王芳芳" in told


def test_the_page_stands_alone_and_nothing_that_was_said_is_markup_in_it(talk: Talk) -> None:
    talk.says("<script>alert(1)</script> {title} 查不到")
    page = export.page(talk.knowledge, (held(talk),), talk.at).decode()
    assert '<meta charset="utf-8">' in page
    assert 'name="viewport"' in page
    assert "<script" not in page
    assert "http" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {title} 查不到" in page
    assert export.file_name(talk.knowledge, talk.at) == "我的资料-2026-11-24.html"


@pytest.mark.parametrize("times", [1, 60])
def test_where_no_file_can_be_sent_messages_tell_the_same_but_for_what_was_said(
    talk: Talk, times: int
) -> None:
    number = talk.gets_a_ticket().number
    ticket = replace(talk.ticket, complaint="票查不到" * 40)
    holding = replace(held(talk), tickets=(ticket,) * times)
    texts = [*export.messages(talk.knowledge, (holding,), "在这里", talk.at)]
    assert plain(texts[0]).startswith("在这里")
    assert all(len(plain(text)) <= 4096 for text in texts)
    assert "".join(map(plain, texts)).count(f"工单 {number}") == times
    assert not any(line.text in text for text in map(plain, texts) for line in holding.lines)
