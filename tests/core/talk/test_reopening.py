"""A closed ticket goes on: by a button, by saying that it does not work, or by an agent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Edit, Relay, Room, Topic
from bot.core.model.events import Replied, Said
from bot.core.model.message import Item
from bot.core.model.ticket import Summary
from tests.core.conftest import AGENT, COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk

DAY = 24


def closed(talk: Talk) -> str:
    """A ticket of 小李 with a field that its person confirmed to be resolved; its number."""
    number = talk.gets_a_ticket(claimed=True).number
    talk.says("号码是25112000000012345678")
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    assert talk.ticket.status == "closed"
    return number


def topic_states(talk: Talk) -> list[bool]:
    return [effect.closed for effect in talk.effects if isinstance(effect, Topic)]


def test_a_press_opens_it_again_with_all_that_it_had(talk: Talk) -> None:
    number = closed(talk)
    talk.passes(hours=13 * DAY)
    talk.presses(talk.informed.button_reopen)
    now = talk.ticket
    assert (now.number, now.status, now.owner) == (number, "open", AGENT)
    assert now.slots["number"].text == "25112000000012345678"
    assert (now.resolved_at, now.closed_at) == (None, None)
    assert number in talk.said
    assert talk.told(talk.staff.reopened, number=number) in talk.room
    assert topic_states(talk) == [False]
    assert talk.record("ticket").what == "reopened"
    assert talk.record("ticket").role == "person"


def test_its_clocks_begin_anew(talk: Talk) -> None:
    closed(talk)
    talk.passes(hours=2 * DAY)
    talk.presses(talk.informed.button_reopen)
    waiting = talk.ticket.waiting
    assert waiting is not None
    assert (waiting.entered_at, waiting.since, waiting.owned_at) == (talk.at,) * 3
    assert not waiting.replied
    assert f"clock:{talk.ticket.number}" in talk.timers


def test_the_button_goes_with_the_press_and_counts_once(talk: Talk) -> None:
    number = closed(talk)
    again = talk.button(talk.informed.button_reopen)
    talk.presses(again)
    assert Edit(to=talk.turn().chat, key=f"closed:{number}") in talk.effects
    version = talk.ticket.version
    talk.presses(again)
    assert talk.responses[0].text == talk.texts.stale
    assert talk.ticket.version == version


def test_after_its_days_it_stays_closed(talk: Talk) -> None:
    number = closed(talk)
    talk.passes(hours=14 * DAY)
    talk.presses(talk.informed.button_reopen)
    assert talk.ticket.status == "closed"
    assert talk.said == talk.told(talk.informed.too_late, number=number, days=14)


def test_beside_another_open_ticket_it_stays_closed(talk: Talk) -> None:
    number, again = closed(talk), talk.button(talk.informed.button_reopen)
    talk.passes(hours=1)
    other = talk.gets_a_ticket()
    talk.presses(again)
    assert talk.said == talk.told(talk.informed.other_open, number=other.number)
    assert talk.memory.tickets[number].status == "closed"
    talk.says("还是不行")
    assert talk.memory.tickets[number].status == "closed"


def test_one_that_nobody_had_waits_to_be_claimed(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    talk.presses(talk.informed.button_reopen)
    assert (talk.ticket.status, talk.ticket.owner) == ("new", None)
    assert talk.ticket.waiting is not None
    assert talk.ticket.waiting.owned_at is None


@pytest.mark.parametrize("text", ["还是不行", "没解决", "还是查不到", "问题还在"])
def test_saying_that_it_does_not_work_opens_it_again(talk: Talk, text: str) -> None:
    number = closed(talk)
    talk.passes(hours=3 * DAY)
    ref = talk.says(text)
    assert (talk.ticket.number, talk.ticket.status) == (number, "open")
    room = Room(number, talk.ticket.tier)
    assert Relay(to=room, items=(Item(ref, "text"),)) in talk.effects
    assert [line.text for line in talk.lines if line.who == "person"][-1] == text


def test_thanks_and_a_screenshot_come_before_it(talk: Talk) -> None:
    number = closed(talk)
    talk.says("谢谢")
    sent = talk.attaches()
    talk.says("还是不行")
    assert (talk.ticket.number, talk.ticket.status) == (number, "open")
    assert (sent,) in [relay.items for relay in talk.relayed]
    assert talk.draft.files == ()


def test_after_something_else_it_is_of_that(talk: Talk) -> None:
    closed(talk)
    talk.says("发票状态是什么意思")
    talk.says("还是不行")
    assert talk.ticket.status == "closed"


def test_another_problem_is_another_ticket(talk: Talk) -> None:
    closed(talk)
    talk.says("昨天开的另一张发票客户查不到，金额100元")
    assert talk.ticket.status == "closed"
    assert talk.asked
    assert talk.conversation.over == ""


def test_days_later_it_is_a_talk_of_its_own(talk: Talk) -> None:
    closed(talk)
    talk.passes(hours=14 * DAY)
    talk.says("还是不行")
    assert talk.ticket.status == "closed"


def test_an_agent_opens_it_again_for_its_owner(talk: Talk) -> None:
    number = closed(talk)
    talk.passes(hours=30 * DAY)
    talk.agent(Said, COLLEAGUE, text="/reopen")
    assert (talk.ticket.status, talk.ticket.owner) == ("open", AGENT)
    assert talk.said == talk.told(talk.informed.reopened_by_agent, owner=AGENT.name, number=number)
    assert talk.told(talk.informed.room_reopened, owner=COLLEAGUE.name, number=number) in talk.room
    assert topic_states(talk) == [False]
    assert (talk.record("ticket").role, talk.record("ticket").agent) == (
        "agent",
        COLLEAGUE.address,
    )
    talk.agent_says("您好，我再看看。")
    assert talk.relayed


def test_one_of_nobody_is_the_agents_who_opens_it(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    talk.agent_says("/reopen")
    assert (talk.ticket.status, talk.ticket.owner) == ("open", AGENT)


def test_an_agent_is_told_why_not(talk: Talk) -> None:
    first = closed(talk)
    other = talk.gets_a_ticket()
    ref = talk.new_ref("telegram:-1000")
    talk.agent_says("/reopen")
    assert talk.room == talk.told(talk.staff.not_now)
    said = Said(seq=9, at=talk.at, who=AGENT, ref=ref, group=True, text="/reopen")
    tier = talk.memory.tickets[first].tier

    talk.happens(Replied, ticket=first, tier=tier, member=True, what=said)
    assert talk.room == talk.told(talk.informed.room_other_open, number=other.number)
    assert talk.memory.tickets[first].status == "closed"


def test_strangers_open_nothing(talk: Talk) -> None:
    closed(talk)
    talk.agent_says("/reopen", member=False)
    assert talk.ticket.status == "closed"
    talk.agent_says("还在吗")
    assert talk.told(talk.staff.over, number=talk.ticket.number) in talk.room


def test_of_what_is_gone_nothing_goes_on(talk: Talk) -> None:
    number, again = closed(talk), talk.button(talk.informed.button_reopen)

    bare = replace(talk.ticket, summary=Summary("thinned"))
    talk.memory.tickets[number] = bare
    talk.presses(again)
    assert talk.responses[0].text == talk.texts.stale
    talk.says("还是不行")
    assert talk.ticket.status == "closed"
    talk.agent_says("/reopen")
    assert talk.room == talk.told(talk.informed.room_gone)
