"""A ticket that is put off waits: its clocks stand still until then, or until its person speaks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bot.core.text.clock import BEIJING
from bot.core.values import coming
from tests.core.conftest import COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def local(at: datetime | None) -> str:
    return at.astimezone(BEIJING).strftime("%m-%d %H:%M") if at else ""


def timer(talk: Talk) -> str:
    return f"snooze:{talk.ticket.number}"


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("2小时", "11-24 16:00"),
        ("两个小时后", "11-24 16:00"),
        ("半小时", "11-24 14:30"),
        ("30分钟", "11-24 14:30"),
        ("3天", "11-27 14:00"),
        ("明天", "11-25 09:00"),
        ("明天 9:30", "11-25 09:30"),
        ("12月5日", "12-05 09:00"),
        ("12月5日下午3点", "12-05 15:00"),
        ("16:00", "11-24 16:00"),
        ("今天 17:30", "11-24 17:30"),
        *((said, "") for said in ("", "13:00", "昨天", "以后", "0小时", "3点", "明天后天")),
    ],
)
def test_the_moment_that_is_said(talk: Talk, said: str, until: str) -> None:
    assert local(coming.moment(said, talk.turn().context, talk.knowledge.calendar)) == until


def test_until_then_no_clock_goes_and_then_it_is_told(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    clock = f"clock:{talk.ticket.number}"
    assert clock in talk.timers
    talk.agent_says("/snooze 2小时")
    assert talk.told(talk.agents.snoozed, by="小李", until="11-24 16:00") in talk.room
    assert talk.told(talk.agents.card_snoozed, until="11-24 16:00") in talk.room
    assert clock not in talk.timers
    assert talk.ticket.due_at is None
    talk.wakes(timer(talk))
    assert talk.told(talk.agents.woken) in talk.room
    assert talk.ticket.snoozed_until is None
    assert local(talk.ticket.due_at) == "11-24 16:30"


def test_it_wakes_in_working_time(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/snooze 20:00")
    assert local(talk.timers[timer(talk)]) == "11-25 09:00"


def test_any_word_of_the_person_ends_it(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/snooze 明天")
    talk.says("谢谢")
    assert talk.ticket.snoozed_until is None
    assert timer(talk) not in talk.timers
    assert talk.told(talk.agents.woken_early) in talk.room
    assert talk.ticket.due_at is not None


def test_it_is_taken_back_by_hand_and_by_what_is_done_with_it(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/snooze 0")
    assert talk.room == talk.told(talk.agents.not_snoozed)
    talk.agent_says("/snooze 明天")
    talk.agent_says("/snooze 0")
    assert local(talk.ticket.snoozed_until) == ""
    talk.agent_says("/snooze 明天")
    talk.agent_says("/take", who=COLLEAGUE)
    assert local(talk.ticket.snoozed_until) == "11-25 09:00"
    assert talk.ticket.due_at is None
    talk.agent_says("/resolve", who=COLLEAGUE)
    assert local(talk.ticket.snoozed_until) == ""
    talk.wakes(timer(talk))
    assert not talk.room


def test_what_is_no_moment_is_asked_back_and_only_its_owner_puts_it_off(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    for said in ("以后再说", "30"):
        talk.agent_says(f"/snooze {said}")
        assert talk.room == talk.told(talk.agents.snooze_how)
    talk.agent_says("/snooze 明天", who=COLLEAGUE)
    assert talk.ticket.snoozed_until is None
    talk.agent_says("/resolve")
    talk.agent_says("/snooze 明天")
    assert talk.room == talk.told(talk.staff.not_now)


def test_a_ticket_that_waits_for_its_person_goes_on_waiting_for_them(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/ask")
    talk.agent_presses(talk.knowledge.fields["number"].label)
    talk.agent_says("/snooze 2小时")
    talk.wakes(timer(talk))
    assert talk.ticket.status == "pending"
    assert talk.ticket.due_at is None
