"""A ticket's number, its way through the statuses, and how it begins and ends."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.effects import Pin, Relay, Room, Send, Topic
from bot.core.model.ticket import Status, Summary
from bot.core.tickets.lifecycle import ALPHABET, number
from bot.core.tickets.transitions import DONE, TRANSITIONS, may, move
from tests.core.conftest import AGENT

if TYPE_CHECKING:
    from tests.core.conftest import Talk

STATUSES: tuple[Status, ...] = get_args(Status)
ACTIONS = sorted({action for _, action in TRANSITIONS})


@given(one=st.integers(1, 10**9), other=st.integers(1, 10**9))
def test_two_events_never_give_the_same_number(one: int, other: int) -> None:
    assert (number(one) == number(other)) == (one == other)


@given(seq=st.integers(1, 10**9))
def test_a_number_can_be_read_out_on_the_phone(seq: int) -> None:
    first, rest = number(seq)[0], number(seq)[1:]
    assert first == "F"
    assert len(rest) >= 4
    assert set(rest) <= set(ALPHABET)
    assert not set(rest) & set("0O1IL")


@pytest.mark.parametrize(("status", "action"), [*product(STATUSES, ACTIONS)])
def test_a_ticket_moves_as_the_table_says_and_no_other_way(
    talk: Talk, status: Status, action: str
) -> None:
    now = replace(talk.gets_a_ticket(claimed=True), status=status)
    turn, expected = talk.turn(), TRANSITIONS.get((status, action))
    assert may(now, action) == (expected is not None)
    if expected is None:
        with pytest.raises(KeyError):
            move(turn, now, action)
        assert not turn.records
        return
    moved = move(turn, now, action, AGENT)
    assert (moved.status, turn.named(now.number)) == (expected, moved)
    assert moved.owner == (None if moved.status == "new" else now.owner)
    (record,) = turn.records
    assert (record.from_status, record.to_status) == (status, expected)
    assert ((record.what, record.role), record.agent) == (DONE[action], AGENT.address)


def test_a_closed_ticket_may_only_go_on() -> None:
    done = {DONE[action][0] for status, action in TRANSITIONS if status == "closed"}
    assert done == {"reopened"}


def test_the_number_is_that_of_the_event_that_opened_it(talk: Talk) -> None:
    assert talk.gets_a_ticket().number == number(len(talk.events))


def test_a_symptom_decides_at_which_tier_a_ticket_enters(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("error")
    talk.says("转人工")
    assert talk.gets_a_ticket().tier == "technical"


def test_a_ticket_takes_along_what_is_known_and_what_was_sent(talk: Talk) -> None:
    photo = talk.attaches("photo")
    talk.says("/human")
    talk.presses(talk.texts.button_skip)
    talk.says("12345678")
    talk.presses(talk.texts.button_human_now)
    ticket = talk.ticket
    assert ticket.slots["number"].text == "12345678"
    assert talk.relayed == [Relay(to=Room(ticket.number, ticket.tier), items=(photo,))]
    assert not talk.draft.slots
    assert not talk.draft.files


def test_the_subject_is_the_first_thing_said_that_tells_something(talk: Talk) -> None:
    talk.says("/start")
    talk.says("转人工")
    talk.says("退出")
    talk.says("帮我看看\n那件   事")
    assert talk.gets_a_ticket().summary == Summary("said", "帮我看看 那件 事")


def test_the_room_is_opened_before_its_card_and_files(talk: Talk) -> None:
    talk.attaches("photo")
    talk.gets_a_ticket()
    rooms = [e for e in talk.effects if isinstance(getattr(e, "to", None), Room)]
    assert [type(effect) for effect in rooms] == [Topic, Send, Pin, Relay]


def test_a_form_sent_while_a_ticket_is_open_joins_it(talk: Talk) -> None:
    first = talk.gets_a_ticket()
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says("给我登记一下")
    talk.says("99999999")
    while "summary" not in talk.asked:
        talk.says("跳过")
    talk.presses(talk.texts.button_submit)
    assert [ticket.number for ticket in talk.tickets] == [first.number]
    assert talk.told(talk.staff.supplement) in talk.room
    assert "99999999" in talk.room
    assert talk.told(talk.texts.supplemented, number=first.number) in talk.said
    assert not talk.draft.slots


def test_a_person_withdraws_their_ticket_after_one_question(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    talk.says("/cancel")
    talk.presses(talk.texts.button_keep_ticket)
    assert [ticket.status for ticket in talk.tickets] == ["new"]
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    assert [ticket.status for ticket in talk.tickets] == ["closed"]
    assert talk.told(talk.staff.withdrawn, number=number) in talk.room


def test_a_closed_ticket_does_not_stand_in_the_way_of_the_next(talk: Talk) -> None:
    first = talk.gets_a_ticket().number
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    talk.passes(hours=1)
    assert talk.gets_a_ticket().number != first
