"""Whoever heard nothing for a working day is told once how their ticket stands.

A working day has 450 minutes here: what is said on Tuesday at 14:00 is followed by a word on
Wednesday at 14:00.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.content.calendar import Calendar, Period
from bot.core.model.events import Woke
from bot.core.text.clock import BEIJING
from tests.core.conftest import AGENT

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def timer(talk: Talk) -> str:
    return f"progress:{talk.ticket.number}"


def due(talk: Talk) -> str:
    at = talk.timers.get(timer(talk))
    return at.astimezone(BEIJING).strftime("%m-%d %H:%M") if at else "-"


def still_open(talk: Talk) -> str:
    return talk.told(talk.informed.still_open, number=talk.ticket.number, owner=AGENT.name)


@pytest.fixture(autouse=True)
def clocks_alone(talk: Talk) -> None:
    """No target hands a ticket up meanwhile."""
    tiers = talk.knowledge.tiers
    bare = tuple(replace(tier, targets=None) for tier in tiers.tiers)
    talk.knowledge = replace(talk.knowledge, tiers=replace(tiers, tiers=bare))


def test_a_working_day_without_a_word_is_followed_by_one(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    assert due(talk) == "11-25 14:00"
    talk.wakes(timer(talk))
    assert talk.said == still_open(talk)
    assert due(talk) == "11-26 14:00"


def test_one_that_nobody_has_tells_how_many_come_before(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.memory.tickets[talk.ticket.number] = replace(
        talk.ticket, due_at=talk.at + timedelta(hours=1)
    )
    tier = talk.knowledge.tiers.named(talk.ticket.tier)
    talk.memory.queues = {tier.id: (talk.at,)}
    talk.wakes(timer(talk))
    queued = talk.told(talk.informed.still_queued, number=talk.ticket.number, tier=tier.name)
    assert talk.said == f"{queued}\n\n⏳ 前面还有 1 位。"


def test_a_promised_date_is_told(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/next 12月4日")
    talk.wakes(timer(talk))
    assert "2026年12月4日" in talk.said


def test_every_word_to_the_person_sets_it_anew(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.passes(hours=1)
    talk.agent_says("我在查")
    assert due(talk) == "11-25 15:00"
    talk.passes(hours=0.2)
    talk.says("好的老师")  # which is no word to them
    assert due(talk) == "11-25 15:00"


def test_over_a_weekend_nothing_is_said(talk: Talk) -> None:
    talk.at = datetime(2026, 11, 27, 9, tzinfo=UTC)
    talk.gets_a_ticket(claimed=True)
    assert due(talk) == "11-30 17:00"


def test_a_second_firing_or_one_too_early_says_nothing(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    what = timer(talk)
    talk.wakes(what)
    talk.happens(Woke, what=what)
    assert not talk.said
    assert due(talk) == "11-26 14:00"


def test_at_night_it_waits_for_the_morning(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.at = datetime(2026, 11, 25, 14, tzinfo=UTC)  # the desk was off until 22:00
    talk.wakes(timer(talk))
    assert not talk.said
    assert due(talk) == "11-26 09:00"
    talk.wakes(timer(talk))
    assert talk.said == still_open(talk)


def test_not_while_the_person_is_to_act(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_presses(talk.staff.button_ask)
    talk.agent_presses(talk.knowledge.fields["number"].label)
    assert due(talk) == "-"
    talk.says("25112000000012345678")
    assert due(talk) == "11-25 14:00"
    talk.agent_says("/resolve")
    assert due(talk) == "-"
    talk.presses(talk.texts.button_resolved)
    assert due(talk) == "-"


@pytest.mark.parametrize("text", ["那我等您消息", "不急，慢慢来", "稍等"])
def test_not_after_they_wrote_that_they_wait(talk: Talk, text: str) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says(text)
    assert due(talk) == "-"
    talk.says("有人在处理吗，我这边急着报税")
    assert due(talk) == "11-25 14:00"


def test_without_working_hours_nothing_is_set(talk: Talk) -> None:
    talk.knowledge = replace(talk.knowledge, calendar=Calendar(hours=()))
    talk.gets_a_ticket()
    assert due(talk) == "-"


def test_a_shorter_day_brings_it_sooner(talk: Talk) -> None:
    hours = (Period(opens=time(14), closes=time(16)),)
    talk.knowledge = replace(talk.knowledge, calendar=Calendar(hours=hours))
    talk.gets_a_ticket()
    assert due(talk) == "11-24 16:00"


def test_who_is_handed_back_is_told_without_a_name(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/release")
    assert talk.said == talk.told(talk.informed.requeued, number=number)
    assert AGENT.name not in talk.said
