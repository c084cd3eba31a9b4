"""A person hears when it is read, who comes before them and what is usual."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.content.calendar import Calendar
from bot.core.text.clock import BEIJING
from bot.core.tickets.expectations import when

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


OUT_OF_HOURS = {
    "2026-11-24 07:00": "今天 9:00",
    "2026-11-24 12:30": "今天 13:30",
    "2026-11-24 20:00": "明天 9:00",
    "2026-11-27 20:00": "周一 9:00",
    "2026-11-28 10:00": "周一 9:00",
    "2026-11-29 10:00": "明天 9:00",
    "2026-10-09 18:30": "明天 9:00",  # a Saturday on which is worked for a holiday
    "2026-09-19 10:00": "明天 9:00",  # before a Sunday on which is worked
    "2026-09-30 20:00": "10月8日（周四）9:00",  # the holiday
}


@pytest.mark.parametrize(("now", "told"), OUT_OF_HOURS.items())
def test_a_ticket_opened_out_of_hours_says_when_it_is_read(talk: Talk, now: str, told: str) -> None:
    talk.at = beijing(now)
    talk.gets_a_ticket()
    assert talk.told(talk.informed.after_hours, when=told) in talk.said


@pytest.mark.parametrize("now", ["2026-11-24 09:00", "2026-11-24 14:00", "2026-10-10 10:00"])
def test_within_hours_nothing_is_said_of_it(talk: Talk, now: str) -> None:
    talk.at = beijing(now)
    talk.gets_a_ticket()
    talk.says("单子不见了")
    assert "🌙" not in talk.said
    assert talk.said == talk.told(
        talk.texts.joined,
        number=talk.ticket.number,
        tier=talk.knowledge.tiers.named(talk.ticket.tier).name,
    )


@pytest.mark.parametrize("claimed", [False, True])
def test_what_is_written_then_is_read_then(talk: Talk, claimed: bool) -> None:
    number = talk.gets_a_ticket(claimed).number
    talk.passes(hours=6)
    talk.says("单子不见了")
    told = talk.informed.joined_after_hours
    assert talk.said == talk.told(told, number=number, when="明天 9:00")
    talk.passes(seconds=60)
    talk.says("急死个人")
    assert not talk.said


def test_what_is_worked_on_after_a_night_goes_by_the_morning(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.at = beijing("2026-11-25 09:10")
    talk.happens_late(beijing("2026-11-24 23:00"), "单子不见了")
    assert "9:00" not in talk.said


def test_a_calendar_that_knows_no_working_day_promises_none(talk: Talk) -> None:
    talk.knowledge = replace(talk.knowledge, calendar=Calendar(hours=()))
    talk.gets_a_ticket()
    assert "🌙" not in talk.said


def test_further_days_are_told_with_their_date(talk: Talk) -> None:
    texts, now = talk.informed, beijing("2026-12-01 20:00")
    assert when(texts, beijing("2026-12-05 09:05"), now) == "12月5日（周六）9:05"
    assert when(texts, beijing("2026-12-04 09:00"), now) == "周五 9:00"


def others(talk: Talk, count: int, later: int = 0) -> None:
    """So many tickets are new at the lowest tier and due before one that is opened now."""
    due = [talk.at + timedelta(seconds=n) for n in range(count)]
    due += [talk.at + timedelta(days=1, seconds=n) for n in range(later)]
    talk.memory.queues = {talk.knowledge.tiers.tiers[0].id: tuple(due[:51])}


def usually(talk: Talk, minutes: int) -> None:
    talk.memory.usual = {talk.knowledge.tiers.tiers[0].id: minutes}


def waits(talk: Talk, *parts: str) -> str:
    return talk.told(talk.informed.waits, what=talk.informed.comma.join(parts))


def test_whoever_opens_a_ticket_hears_how_many_come_before_and_what_is_usual(talk: Talk) -> None:
    others(talk, 3, later=4)
    usually(talk, 21)
    talk.gets_a_ticket()
    assert waits(talk, "前面还有 3 位", "通常 20 分钟左右有人回复") in talk.said


@pytest.mark.parametrize(
    ("count", "minutes", "told"),
    [
        (50, None, ["前面还有 50 位"]),
        (51, None, ["前面还有 50 多位"]),
        (0, 2, ["通常 5 分钟左右有人回复"]),
        (0, 62, ["通常 1 小时左右有人回复"]),
        (1, 85, ["前面还有 1 位", "通常 1.5 小时左右有人回复"]),
    ],
)
def test_it_is_told_as_people_say_it(
    talk: Talk, count: int, minutes: int | None, told: list[str]
) -> None:
    others(talk, count)
    if minutes is not None:
        usually(talk, minutes)
    talk.gets_a_ticket()
    assert waits(talk, *told) in talk.said


def test_when_agents_are_away_no_time_is_told(talk: Talk) -> None:
    talk.at = beijing("2026-11-24 20:00")
    others(talk, 3)
    usually(talk, 20)
    talk.gets_a_ticket()
    assert waits(talk, "前面还有 3 位") in talk.said


def test_nothing_known_is_nothing_told(talk: Talk) -> None:
    talk.gets_a_ticket()
    assert "⏳" not in talk.said


def test_the_ticket_tells_it_until_somebody_has_it(talk: Talk) -> None:
    others(talk, 2)
    talk.gets_a_ticket()
    talk.says("/ticket")
    assert waits(talk, "前面还有 2 位") in talk.said
    talk.agent_presses(talk.staff.button_claim)
    talk.says("/ticket")
    assert "⏳" not in talk.said


def test_the_ticket_tells_when_it_is_read(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.at = beijing("2026-11-24 20:00")
    talk.says("/ticket")
    assert talk.told(talk.informed.after_hours, when="明天 9:00") in talk.said
    talk.agent_says("/resolve")
    talk.says("/ticket")
    assert "🌙" not in talk.said


def test_a_first_word_is_recorded_with_the_working_time_it_took(talk: Talk) -> None:
    talk.at = beijing("2026-11-24 11:50")
    talk.gets_a_ticket(claimed=True)
    talk.at = beijing("2026-11-24 13:35")
    talk.agent_says("您好")
    record = talk.record("clock")
    assert (record.what, record.field, record.minutes) == ("met", "first_reply", 15)
