"""`/next`: a day is promised, kept in mind in working hours, and asked for again.

The ticket is opened on Tuesday 24 November 2026 at 14:00.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.core.model.events import Said
from bot.core.text.clock import BEIJING
from tests.core.conftest import AGENT, COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def promise(talk: Talk) -> str:
    return f"promise:{talk.ticket.number}"


def asks_at(talk: Talk) -> str:
    return f"{talk.timers[promise(talk)].astimezone(BEIJING):%m-%d %H:%M}"


def to_the_top(talk: Talk) -> None:
    """A ticket at the highest tier, which an agent there owns."""
    talk.gets_a_ticket(claimed=True)
    while (above := talk.knowledge.tiers.above(talk.ticket.tier)) is not None:
        talk.agent_presses(talk.staff.button_escalate)
        talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=above.name))
        talk.agent(Said, AGENT, text="/claim")


def test_the_person_is_told_the_day_and_who_will_say_more(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/next 12月5日")
    assert talk.ticket.next_date == date(2026, 12, 5)
    shown = {"date": "2026年12月5日", "owner": AGENT.name}
    assert talk.told(talk.service.promised, number=number, **shown) in talk.said
    assert talk.told(talk.service.date_set, **shown) in talk.room


def test_a_day_that_a_colleague_sets_is_the_owners_promise(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/next 周五", who=COLLEAGUE)
    assert AGENT.name in talk.said
    assert COLLEAGUE.name not in talk.said


@pytest.mark.parametrize(
    ("said", "reminded"), [("周五", "11-27 09:00"), ("12月5日", "12-07 09:00")]
)
def test_agents_are_reminded_that_day_or_when_they_work_next(
    talk: Talk, said: str, reminded: str
) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says(f"/next {said}")
    assert asks_at(talk) == reminded  # 5 December is a Saturday
    talk.wakes(promise(talk))
    assert talk.told(talk.service.date_come) in talk.room
    assert talk.ticket.next_date is None
    assert not talk.said


def test_at_night_nobody_is_reminded(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/next 周五")
    talk.at = datetime(2026, 11, 27, 20, tzinfo=BEIJING)  # the desk was off until then
    talk.wakes(promise(talk))
    assert not talk.room
    assert talk.ticket.next_date == date(2026, 11, 27)
    assert asks_at(talk) == "11-30 09:00"
    talk.wakes(promise(talk))
    assert talk.told(talk.service.date_come) in talk.room


def test_another_day_stands_for_the_one_before(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/next 周五")
    talk.agent_says("/next 周四")
    assert talk.ticket.next_date == date(2026, 11, 26)
    assert asks_at(talk) == "11-26 09:00"


@pytest.mark.parametrize("said", ["", "尽快", "今天", "昨天", "2026-11-23", "13月5日", "12月5日前"])
def test_what_is_no_day_to_come_is_asked_back_and_promises_nothing(talk: Talk, said: str) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says(f"/next {said}".strip())
    assert talk.told(talk.service.date_unread) in talk.room
    assert talk.ticket.next_date is None
    assert promise(talk) not in talk.timers
    assert not talk.said


def test_of_what_is_resolved_or_closed_nothing_more_is_promised(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/next 周五")
    talk.agent_says("/resolve")
    talk.agent_says("/next 周四")
    assert talk.told(talk.staff.not_now) in talk.room
    talk.presses(talk.texts.button_resolved)
    assert talk.ticket.status == "closed"
    talk.agent_says("/next 周四")
    assert talk.ticket.next_date == date(2026, 11, 27)
    assert not talk.said
    talk.wakes(promise(talk))
    assert not talk.room


def test_at_the_highest_tier_a_day_is_asked_for_until_there_is_one_and_then_anew(
    talk: Talk,
) -> None:
    to_the_top(talk)
    assert asks_at(talk) == "11-25 14:30"  # a working day of 7.5 hours, and half an hour
    talk.wakes(promise(talk))
    assert talk.room == talk.told(talk.service.date_wanted)
    talk.agent_says("/next 周五")
    assert asks_at(talk) == "11-27 09:00"
    talk.wakes(promise(talk))
    assert talk.told(talk.service.date_come) in talk.room
    assert talk.told(talk.service.date_wanted) in talk.room
    assert asks_at(talk) == "11-30 09:30"


def test_at_a_lower_tier_a_day_is_not_asked_for(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    assert promise(talk) not in talk.timers
    talk.agent_says("/next 周五")
    talk.wakes(promise(talk))
    assert talk.told(talk.service.date_wanted) not in talk.room
    assert promise(talk) not in talk.timers
