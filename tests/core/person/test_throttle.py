"""A flood is answered once and then with silence, and nothing of it is lost without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.content.limits import Limits
from bot.core.model.effects import Relay, Respond, Room, Send
from bot.core.model.message import Item
from bot.core.person.throttle import KEPT

if TYPE_CHECKING:
    from tests.core.conftest import Talk

LIMITS = Limits(messages=5)


@pytest.fixture
def limited(talk: Talk) -> Talk:
    talk.knowledge = replace(talk.knowledge, limits=LIMITS)
    return talk


def flood(talk: Talk, count: int, word: str = "在吗") -> None:
    for n in range(count):
        talk.says(f"{word}{n}")


def test_as_many_as_are_allowed_are_answered_each(limited: Talk) -> None:
    flood(limited, LIMITS.messages)
    assert all(any(isinstance(e, Send) for e in turn) for turn in limited.turns)
    assert limited.conversation.flood is not None
    assert limited.conversation.flood.until is None


def test_one_more_is_told_kindly_once_and_then_there_is_silence(limited: Talk) -> None:
    flood(limited, LIMITS.messages + 1)
    assert limited.said == limited.told(limited.texts.too_many, minutes=5)
    flood(limited, 20)
    assert all(turn == () for turn in limited.turns[-20:])


def test_the_silence_ends_by_itself_and_says_what_was_not_read(limited: Talk) -> None:
    for _ in range(LIMITS.messages + 3):
        limited.says("讲个故事吧")
    limited.wakes("mute")
    assert limited.said == limited.told(limited.texts.unread, count=3)
    limited.says("发票状态是什么意思")
    assert limited.told(limited.knowledge.entries["query-status-meaning"].answer) in limited.said


def test_a_slow_talk_is_never_muted(limited: Talk) -> None:
    for _ in range(30):
        limited.says("在吗")
        limited.passes(seconds=LIMITS.window.total_seconds() / LIMITS.messages)
    assert all(any(isinstance(e, Send) for e in turn) for turn in limited.turns)


def test_without_a_limit_nobody_is_muted(talk: Talk) -> None:
    flood(talk, 100)
    assert talk.conversation.flood is None


def test_in_a_ticket_the_agents_are_given_the_flood_as_one_message(limited: Talk) -> None:
    limited.gets_a_ticket(claimed=True)
    flood(limited, LIMITS.messages + 4, "金额<b>不对 13800001234 ")
    muted = [e for turn in limited.turns[-4:] for e in turn]
    assert not [e for e in muted if isinstance(e, Send | Relay) and isinstance(e.to, Room)]
    limited.wakes("mute")
    to_room = [e for e in limited.effects if isinstance(e, Send) and isinstance(e.to, Room)]
    assert len(to_room) == 1
    assert "金额<b>不对 138****1234" in limited.room
    whole = [line.text for line in limited.lines if line.who == "person"]
    assert sum("13800001234" in text for text in whole) == LIMITS.messages + 4
    assert limited.said == ""


def test_files_of_the_silence_reach_the_agents_afterwards(limited: Talk) -> None:
    limited.gets_a_ticket()
    flood(limited, LIMITS.messages)
    photo = limited.attaches("photo", "截图")
    assert not limited.relayed
    limited.wakes("mute")
    assert [relay.items for relay in limited.relayed] == [(photo,)]


def test_what_is_too_much_to_keep_is_told_to_both_sides(limited: Talk) -> None:
    limited.gets_a_ticket()
    limited.passes(hours=1)
    flood(limited, LIMITS.messages + KEPT + 7)
    limited.wakes("mute")
    assert limited.said == limited.told(limited.texts.not_passed, count=7)
    assert limited.told(limited.staff.flood_cut, count=7) in limited.room


def test_what_is_edited_in_the_silence_reads_as_it_was_edited(limited: Talk) -> None:
    limited.gets_a_ticket()
    ref = limited.says("金额 100")
    flood(limited, LIMITS.messages)
    limited.edits(ref, "金额 200")
    assert limited.effects == ()
    limited.wakes("mute")
    assert "✏️ 金额 200" in limited.room


def test_an_album_counts_as_one_message(limited: Talk) -> None:
    for n in range(LIMITS.messages):
        for _ in range(10):
            limited.attaches("photo", album=f"a{n}")
    assert limited.conversation.flood is not None
    assert limited.conversation.flood.until is None


def test_presses_count_and_an_agent_does_not(limited: Talk) -> None:
    limited.gets_a_ticket(claimed=True)
    for _ in range(LIMITS.messages * 3):
        limited.agent_says("您好")
    assert limited.relayed
    for _ in range(LIMITS.messages * 3):
        limited.presses(limited.button(limited.texts.button_cancel))
    (answer,) = limited.effects
    assert isinstance(answer, Respond)
    number = limited.ticket.number
    assert answer.text == limited.told(limited.texts.too_many_ticket, minutes=5, number=number)


def test_a_message_after_the_silence_whose_timer_is_late_comes_after_what_was_kept(
    limited: Talk,
) -> None:
    limited.gets_a_ticket()
    flood(limited, LIMITS.messages + 1)
    limited.passes(seconds=LIMITS.mute.total_seconds())
    ref = limited.says("最后一句")
    first, last = [
        e for e in limited.effects if isinstance(e, Send | Relay) and isinstance(e.to, Room)
    ]
    assert isinstance(first, Send)
    assert last == Relay(to=first.to, items=(Item(ref, "text"),))


def test_the_case_of_somebody_who_floods_stays_small(limited: Talk) -> None:
    limited.gets_a_ticket()
    flood(limited, 300, "字" * 4000)
    assert limited.conversation.flood is not None
    assert sum(len(line.text) for line in limited.conversation.flood.kept) <= KEPT * 500
    assert limited.timers["mute"] - limited.at <= timedelta(minutes=5)


def test_a_clock_that_is_set_back_ends_a_silence_and_begins_the_count_anew(limited: Talk) -> None:
    flood(limited, LIMITS.messages + 1)
    limited.passes(seconds=-86400)
    flood(limited, LIMITS.messages)
    assert all(any(isinstance(e, Send) for e in turn) for turn in limited.turns[-LIMITS.messages :])
    limited.passes(seconds=-86400)
    flood(limited, LIMITS.messages)
    assert all(any(isinstance(e, Send) for e in turn) for turn in limited.turns[-LIMITS.messages :])


def test_who_opens_ticket_after_ticket_is_told_when_the_next_may_be_and_loses_nothing(
    talk: Talk,
) -> None:
    talk.knowledge = replace(talk.knowledge, limits=Limits(tickets=2))
    for _ in range(2):
        talk.gets_a_ticket()
        talk.says("/cancel")
        talk.presses(talk.texts.button_withdraw)
        talk.passes(seconds=90)
    before = talk.tickets
    talk.says("/human")
    talk.says("发票号码25112000000012345678")
    talk.says("/human")
    assert talk.told(talk.texts.too_many_tickets, count=2, minutes=57) in talk.said
    assert talk.tickets == before
    filled = talk.draft.slots
    assert filled
    talk.passes(seconds=3600)
    talk.says("/human")
    talk.says("/human")
    assert talk.ticket.slots == filled
