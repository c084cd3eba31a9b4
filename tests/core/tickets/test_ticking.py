"""A ticket waits by working time: reminded, told, handed up and handed back, never at night.

The ticket is opened on Tuesday at 14:00. Its tier is to answer in 30 minutes, and from then on in
60; it is resolved in 480, and 120 minutes are an owner's time to answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest

from bot.core.content.calendar import Calendar, Period
from bot.core.model.conversation import Deadline
from bot.core.model.effects import Role, Send
from bot.core.model.events import Said
from bot.core.text.clock import BEIJING
from tests.core.conftest import AGENT, COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def shown(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%m-%d %H:%M")


def clock(talk: Talk) -> str:
    return f"clock:{talk.ticket.number}"


def due(talk: Talk) -> str:
    return "-" if talk.ticket.due_at is None else shown(talk.ticket.due_at)


def next_stage(talk: Talk) -> str:
    return shown(talk.timers[clock(talk)])


def strike(talk: Talk) -> None:
    talk.wakes(clock(talk))


def struck(talk: Talk) -> list[tuple[str, str]]:
    """Every stage so far, and what was in time or late: what and of which clock."""
    return [(e.what, e.field) for some in talk.records for e in some if e.kind == "clock"]


def roles_told(talk: Talk) -> list[str]:
    sent = (effect for effect in talk.effects if isinstance(effect, Send))
    return [send.to.role for send in sent if isinstance(send.to, Role)]


def owned(talk: Talk) -> None:
    """A ticket that its owner has answered once."""
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("您好，我来查。")


def test_before_it_is_due_the_room_is_reminded_then_the_lead_is_told(talk: Talk) -> None:
    ticket = talk.gets_a_ticket()
    assert next_stage(talk) == "11-24 14:20"
    strike(talk)
    assert talk.room == talk.told(talk.service.due_soon_unowned, what="首次回复", minutes=10)
    assert next_stage(talk) == "11-24 14:30"
    strike(talk)
    assert not talk.room
    assert roles_told(talk) == [f"{ticket.tier}-agents-lead"]
    assert talk.ticket.waiting is not None
    assert talk.ticket.waiting.missed == ("first_reply",)
    assert struck(talk) == [("reminded", "first_reply"), ("due", "first_reply")]


def test_the_owner_is_reminded_by_name(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    strike(talk)
    assert talk.room == talk.told(
        talk.service.due_soon, owner=AGENT.name, what="首次回复", minutes=10
    )


def test_what_is_overdue_goes_up_by_itself_until_there_is_no_tier_above(talk: Talk) -> None:
    tiers = [tier.id for tier in talk.knowledge.tiers.tiers]
    talk.gets_a_ticket()
    seen = [talk.ticket.tier]
    while talk.ticket.tier != tiers[-1]:
        strike(talk)
        if talk.ticket.tier != seen[-1]:
            seen.append(talk.ticket.tier)
            assert talk.ticket.owner is None
            tier = talk.knowledge.tiers.named(talk.ticket.tier)
            assert tier.name in talk.said
    assert seen == tiers
    while struck(talk).count(("overdue", "first_reply")) < len(tiers):
        strike(talk)
    assert roles_told(talk) == ["coordinator"]
    assert talk.ticket.tier == tiers[-1]


def test_an_answer_in_time_ends_the_first_clock_and_starts_none(talk: Talk) -> None:
    owned(talk)
    assert struck(talk) == [("met", "first_reply")]
    assert next_stage(talk) == "11-25 14:20"  # the solution, 480 minutes less 10
    assert talk.ticket.waiting is not None
    assert talk.ticket.waiting.since is None


def test_a_late_first_reply_stays_a_miss(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    strike(talk)
    strike(talk)
    talk.passes(seconds=60)
    talk.agent_says("来晚了，我来查。")
    assert struck(talk)[-1] == ("late", "first_reply")
    assert talk.ticket.waiting is not None
    assert talk.ticket.waiting.missed == ("first_reply",)


def test_what_the_person_writes_then_is_to_be_answered(talk: Talk) -> None:
    owned(talk)
    talk.says("还是看不到，我重新登录也不行")
    assert next_stage(talk) == "11-24 14:50"
    talk.agent_says("请截个图。")
    assert struck(talk)[-1] == ("met", "next_reply")


@pytest.mark.parametrize(
    "text", ["谢谢", "好的谢谢老师", "再见", "嗯嗯收到，辛苦了", "那我等您消息", "稍等"]
)
def test_a_closing_word_starts_no_clock(talk: Talk, text: str) -> None:
    owned(talk)
    before = next_stage(talk)
    talk.says(text)
    assert talk.ticket.waiting is not None
    assert talk.ticket.waiting.since is None
    assert next_stage(talk) == before


def test_whoever_waits_and_writes_again_does_not_wait_anew(talk: Talk) -> None:
    owned(talk)
    talk.says("还是看不到")
    before = next_stage(talk)
    talk.passes(seconds=600)
    talk.says("有人在处理吗，我这边急着报税")
    assert next_stage(talk) == before


def test_while_the_person_is_asked_no_clock_goes_and_a_weekend_costs_nothing(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_presses(talk.staff.button_ask)
    talk.agent_presses(talk.knowledge.fields["seller"].label)
    assert clock(talk) not in talk.timers
    assert due(talk) == "-"
    talk.passes(hours=6 * 24)
    talk.says("北京晨光文具有限公司")
    assert shown(talk.at) == "11-30 14:00"
    assert next_stage(talk) == "11-30 14:50"
    assert due(talk) == "11-30 15:00"


def test_to_ask_the_person_is_an_answer_and_no_solution(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_presses(talk.staff.button_ask)
    talk.agent_presses(talk.knowledge.fields["seller"].label)
    assert struck(talk) == [("met", "first_reply")]
    talk.says("北京晨光文具有限公司")
    talk.agent(Said, AGENT, text="/resolve")
    assert struck(talk) == [("met", "first_reply"), ("met", "next_reply"), ("met", "resolve")]


def test_of_stages_that_come_together_the_misses_are_recorded_and_what_was_done(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.passes(hours=20)  # the desk was off
    strike(talk)
    assert struck(talk) == [("due", "first_reply"), ("overdue", "first_reply")]


def test_at_night_nothing_is_told_and_in_the_morning_it_is(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.passes(hours=9)
    strike(talk)  # the desk was off until 23:00
    assert not talk.room
    assert not talk.said
    assert roles_told(talk) == []
    assert next_stage(talk) == "11-25 09:00"
    strike(talk)
    assert talk.ticket.tier == talk.knowledge.tiers.tiers[1].id
    assert ("reminded", "first_reply") not in struck(talk)
    assert talk.told(talk.service.due_soon_unowned, what="首次回复", minutes=0) not in talk.room


def test_lunch_does_not_count(talk: Talk) -> None:
    talk.at = talk.at.replace(hour=3, minute=50)
    talk.gets_a_ticket()
    assert shown(talk.ticket.opened_at) == "11-24 11:50"
    assert next_stage(talk) == "11-24 13:40"


def test_what_is_written_in_the_evening_is_due_the_next_morning(talk: Talk) -> None:
    talk.at = talk.at.replace(hour=12)
    talk.gets_a_ticket()
    assert shown(talk.ticket.opened_at) == "11-24 20:00"
    assert next_stage(talk) == "11-25 09:20"


def test_an_edited_calendar_moves_what_is_due(talk: Talk) -> None:
    talk.gets_a_ticket()
    afternoon = Calendar(hours=(Period(opens=time(15), closes=time(18)),))
    talk.knowledge = replace(talk.knowledge, calendar=afternoon)
    strike(talk)
    assert not talk.room
    assert next_stage(talk) == "11-24 15:20"
    strike(talk)
    assert talk.room


def test_an_owner_who_does_not_answer_hands_back(talk: Talk) -> None:
    stages = replace(talk.knowledge.tiers.stages, hand_back=20, overdue=600)
    talk.knowledge = replace(talk.knowledge, tiers=replace(talk.knowledge.tiers, stages=stages))
    owned(talk)
    talk.says("还是看不到")
    assert next_stage(talk) == "11-24 14:20"
    strike(talk)
    assert talk.ticket.owner is None
    assert talk.ticket.status == "new"
    assert talk.told(talk.service.handed_back, owner=AGENT.name, minutes=20) in talk.room
    assert talk.record("ticket").role == "desk"


def test_who_takes_over_has_their_own_time_to_answer(talk: Talk) -> None:
    stages = replace(talk.knowledge.tiers.stages, hand_back=20, overdue=600)
    talk.knowledge = replace(talk.knowledge, tiers=replace(talk.knowledge.tiers, stages=stages))
    owned(talk)
    talk.says("还是看不到")
    talk.passes(seconds=15 * 60)
    talk.agent(Said, COLLEAGUE, text="/claim")
    talk.agent(Said, COLLEAGUE, text="/take")
    assert next_stage(talk) == "11-24 14:35"


def test_a_clock_that_struck_strikes_once(talk: Talk) -> None:
    talk.gets_a_ticket()
    strike(talk)
    at = talk.timers[clock(talk)]
    talk.timers[clock(talk)] = talk.at
    strike(talk)  # as after a restart that does not know whether it was told
    assert not talk.room
    assert talk.timers[clock(talk)] == at


def test_nothing_is_due_of_what_is_resolved_or_closed(talk: Talk) -> None:
    owned(talk)
    talk.agent(Said, AGENT, text="/resolve")
    assert clock(talk) not in talk.timers
    assert due(talk) == "-"
    talk.presses(talk.texts.button_unresolved)
    assert next_stage(talk) == "11-24 14:50"
    talk.agent(Said, AGENT, text="/resolve")
    talk.presses(talk.texts.button_resolved)
    assert clock(talk) not in talk.timers
    assert talk.ticket.waiting is None


def test_without_targets_nothing_is_ever_due(talk: Talk) -> None:
    tiers = talk.knowledge.tiers
    bare = tuple(replace(tier, targets=None) for tier in tiers.tiers)
    talk.knowledge = replace(talk.knowledge, tiers=replace(tiers, tiers=bare))
    talk.gets_a_ticket()
    assert clock(talk) not in talk.timers
    assert due(talk) == "-"


@pytest.mark.parametrize("tail", ["", "票", "谢"])
def test_however_long_a_closing_is_it_is_read_at_once(talk: Talk, tail: str) -> None:
    owned(talk)
    talk.says("好的谢谢" * 900 + tail)
    assert talk.ticket.waiting is not None
    assert (talk.ticket.waiting.since is None) == (tail == "")


@pytest.mark.parametrize(
    "text", ["在吗", "好了吗", "知道怎么弄吗", "谢谢，那发票呢", "你们行不行啊"]
)
def test_a_question_in_such_words_is_no_closing(talk: Talk, text: str) -> None:
    owned(talk)
    talk.says(text)
    assert talk.ticket.waiting is not None
    assert talk.ticket.waiting.since is not None


@pytest.mark.parametrize(
    ("day", "comes"),
    [
        (date(2026, 11, 24), "11-24 09:00"),
        (date(2026, 11, 25), "11-24 14:30"),
        (date(2026, 11, 23), "11-24 14:30"),
    ],
)
def test_a_deadline_its_person_knew_of_makes_a_ticket_due_when_its_day_begins(
    talk: Talk, day: date, comes: str
) -> None:
    known = replace(talk.memory.conversation, deadline=Deadline(day, near=True))
    talk.memory.conversation = known
    ticket = talk.gets_a_ticket()
    assert due(talk) == comes
    assert ticket.deadline == (day if day.day > 23 else None)


def test_where_a_tier_has_no_targets_a_deadline_is_all_that_is_due(talk: Talk) -> None:
    talk.knowledge = replace(
        talk.knowledge,
        tiers=replace(
            talk.knowledge.tiers,
            tiers=tuple(replace(tier, targets=None) for tier in talk.knowledge.tiers.tiers),
        ),
    )
    deadline = Deadline(date(2026, 11, 26), near=False)
    talk.memory.conversation = replace(talk.memory.conversation, deadline=deadline)
    talk.gets_a_ticket(claimed=True)
    assert due(talk) == "11-26 09:00"
    talk.agent_says("/resolve")
    assert due(talk) == "-"
