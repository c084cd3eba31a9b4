"""What was closed or silent for long loses its texts and values, and keeps its counts and times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.content.limits import Limits
from bot.core.model.effects import Thin

if TYPE_CHECKING:
    from tests.core.conftest import Talk

KEEP = timedelta(days=30)
WORDS = "销售方的东西不对劲"


@pytest.fixture
def kept(talk: Talk) -> Talk:
    talk.knowledge = replace(talk.knowledge, limits=Limits(keep=KEEP))
    return talk


def closes_a_ticket(talk: Talk) -> str:
    talk.says(WORDS)
    talk.gets_a_ticket(claimed=True)
    talk.says("号码 25112000000012345678")
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    assert talk.ticket.status == "closed"
    return talk.ticket.number


def test_a_closed_ticket_is_thinned_after_the_time_and_not_before(kept: Talk) -> None:
    number = closes_a_ticket(kept)
    before = kept.ticket
    kept.passes(hours=24 * 29)
    kept.says("在吗")
    kept.wakes("keep")
    after = kept.memory.tickets[number]
    assert (after.summary.kind, after.slots, after.matched) == ("thinned", {}, None)
    assert WORDS not in repr((after, kept.history))
    for name in ("number", "status", "tier", "opened_at", "closed_at", "owner"):
        assert getattr(after, name) == getattr(before, name)
    (thin,) = [e for e in kept.effects if isinstance(e, Thin)]
    assert thin == Thin(before=kept.at - KEEP)
    assert "在吗" in repr(kept.history)


def test_a_conversation_that_went_silent_keeps_no_word_and_no_name(kept: Talk) -> None:
    kept.says(WORDS)
    kept.wakes("keep")
    assert WORDS not in repr(kept.stands)
    assert kept.conversation.person.name == ""
    assert not kept.history
    assert "keep" not in kept.timers


def test_an_open_ticket_stays_whole_however_old_it_is(kept: Talk) -> None:
    kept.says(WORDS)
    kept.gets_a_ticket(claimed=True)
    for _ in range(3):
        kept.wakes("keep")
    assert WORDS in repr(kept.history)
    assert kept.timers["keep"] == kept.at + KEEP


def test_a_timer_is_set_once_and_again_only_for_what_is_left(kept: Talk) -> None:
    kept.says(WORDS)
    first = kept.timers["keep"]
    kept.passes(hours=24)
    kept.says("在吗")
    assert kept.timers["keep"] == first
    kept.wakes("keep")
    assert kept.timers["keep"] == first + timedelta(hours=24)
    kept.wakes("keep")
    assert "keep" not in kept.timers
    kept.says("又来了")
    assert kept.timers["keep"] == kept.at + KEEP


def test_without_the_setting_nothing_is_thinned(talk: Talk) -> None:
    closes_a_ticket(talk)
    assert "keep" not in talk.timers


def test_a_setting_that_was_taken_back_thins_nothing_more(kept: Talk) -> None:
    closes_a_ticket(kept)
    kept.knowledge = replace(kept.knowledge, limits=Limits())
    kept.wakes("keep")
    assert WORDS in repr(kept.history)
