"""What people do to groups and topics: each open ticket goes on, and its agents know why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.content.knowledge import Knowledge
from bot.core.decide import decide
from bot.core.model.effects import Group, Room, Send, Tell, Topic
from bot.core.model.events import Informed
from bot.core.model.facts import Closed, Fact, Moved, Reopened, Unverified
from bot.core.model.message import Ref
from bot.core.model.state import About
from bot.core.text.render import plain

if TYPE_CHECKING:
    from tests.core.conftest import Talk

TIER = "frontline"


def is_told(talk: Talk, fact: Fact) -> None:
    talk.happens(Informed, to=f"ticket:{talk.ticket.number}", fact=fact)


def topics(talk: Talk) -> list[Topic]:
    return [effect for effect in talk.effects if isinstance(effect, Topic)]


def test_a_group_that_moved_says_so_and_tells_each_of_its_tickets(
    knowledge: Knowledge, talk: Talk
) -> None:
    about = About(tickets=(("F1", 1), ("F2", 2)))
    told = Informed(seq=1, at=talk.at, to=f"tier:{TIER}", fact=Moved(TIER))
    said, *tells = decide(about, told, knowledge).effects
    assert isinstance(said, Send)
    assert (said.to, plain(said.text)) == (Group(TIER), talk.told(talk.staff.group_moved))
    assert tells == [Tell(to=f"ticket:{number}", fact=Moved(TIER)) for number in ("F1", "F2")]


def test_a_ticket_whose_group_moved_is_shown_anew_with_all_that_was_said(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.says("第一句")
    is_told(talk, Moved(TIER))
    assert [e.to for e in topics(talk)] == [Room(number, TIER)]
    assert "第一句" in talk.room
    assert talk.told(talk.staff.room_moved) in talk.room


def test_a_topic_that_was_closed_by_hand_is_opened_again(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    is_told(talk, Closed(TIER))
    (topic,) = topics(talk)
    assert (topic.to, topic.closed) == (Room(number, TIER), False)
    assert talk.room == talk.told(talk.staff.topic_reopened)


@pytest.mark.parametrize("kind", [Moved, Closed])
def test_a_ticket_that_is_closed_or_another_tiers_needs_no_room_there(
    talk: Talk, kind: type[Moved | Closed]
) -> None:
    talk.gets_a_ticket(claimed=True)
    is_told(talk, kind("technical"))
    assert not talk.effects
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    assert talk.ticket.status == "closed"
    is_told(talk, kind(TIER))
    assert not talk.effects


def test_whoever_closed_a_topic_reads_why_the_desk_opened_it(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    is_told(talk, Reopened(TIER))
    assert not topics(talk)
    assert talk.room == talk.told(talk.staff.topic_reopened)


@pytest.mark.parametrize("ref", [Ref("telegram:-1", 7), None], ids=["message", "press"])
def test_whoever_cannot_be_verified_is_told_that_they_wait(talk: Talk, ref: Ref | None) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    is_told(talk, Unverified(TIER, ref))
    (said,) = talk.effects
    assert isinstance(said, Send)
    assert (said.to, said.reply_to) == (Room(number, TIER), ref)
    assert plain(said.text) == talk.told(talk.staff.unverified)
