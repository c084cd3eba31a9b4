"""People write in pieces: these are read as one, each exactly once, and nobody waits in vain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core import timers
from bot.core.content.limits import Limits
from bot.core.model.effects import Send

if TYPE_CHECKING:
    from tests.core.conftest import Talk

PIECES = timers.wake(timers.Pieces(), None).what
WAIT = timedelta(seconds=1.5)


@pytest.fixture
def slow(talk: Talk) -> Talk:
    """The desk waits for the next piece."""
    talk.knowledge = replace(talk.knowledge, limits=Limits(pieces=WAIT))
    return talk


def people_said(talk: Talk) -> list[str]:
    return [line.text for line in talk.history if line.who == "person"]


def answers(talk: Talk) -> int:
    """How often the desk said anything."""
    return sum(any(isinstance(each, Send) for each in turn) for turn in talk.turns)


@pytest.mark.parametrize("text", ["昨天开的发票查不到", "帮我写一首诗", "你好", "为什么不行"])
def test_what_may_go_on_is_held_until_its_time_is_over(slow: Talk, text: str) -> None:
    slow.says(text)
    assert (slow.said, slow.asked) == ("", "")
    assert slow.timers[PIECES] == slow.at + WAIT
    slow.wakes(PIECES)
    assert slow.said
    assert not slow.conversation.pieces
    assert PIECES not in slow.timers


def test_pieces_are_read_as_one(slow: Talk) -> None:
    for text in ("你好", "昨天开的数电票", "在抵扣勾选里查不到"):
        slow.says(text)
        slow.passes(seconds=1)
    assert slow.said == ""
    slow.wakes(PIECES)
    assert {"kind", "place", "age", "symptom"} <= slow.knows().keys()
    assert answers(slow) == 1
    assert people_said(slow) == ["你好", "昨天开的数电票", "在抵扣勾选里查不到"]


def test_each_piece_begins_the_time_anew(slow: Talk) -> None:
    slow.says("你好")
    slow.passes(seconds=1)
    slow.says("发票查不到")
    assert slow.timers[PIECES] == slow.at + WAIT


def test_what_is_sure_is_answered_at_once_with_the_pieces_before_it(slow: Talk) -> None:
    slow.says("你好")
    slow.says("发票状态是什么意思")
    assert slow.knowledge.entries["query-status-meaning"].title in slow.said
    assert not slow.conversation.pieces
    assert PIECES not in slow.timers


def test_an_answer_to_a_question_is_never_held(slow: Talk) -> None:
    slow.says("/diagnose")
    slow.says("列表里没有")
    assert slow.asked == "diagnose/kind"
    assert not slow.conversation.pieces


def test_what_is_no_answer_may_be_half_of_one(slow: Talk) -> None:
    slow.says("/diagnose")
    slow.says("帮我写一首诗")
    assert slow.said == ""
    slow.wakes(PIECES)
    assert slow.said == slow.told(slow.texts.not_an_answer)
    assert slow.asked == "diagnose/symptom"


def test_a_held_piece_that_is_edited_is_read_as_it_is_now(slow: Talk) -> None:
    ref = slow.says("昨天开的发票查不到")
    slow.edits(ref, "前年开的发票查不到")
    assert slow.said == ""
    slow.wakes(PIECES)
    assert slow.knows()["age"] == "一年以前"
    assert answers(slow) == 1


Next = Callable[["Talk"], None]


@pytest.mark.parametrize(
    "comes",
    [
        lambda talk: talk.says("/ticket"),
        lambda talk: talk.presses(talk.texts.button_browse),
        lambda talk: talk.attaches("photo"),
    ],
    ids=["command", "press", "file"],
)
def test_what_is_no_text_settles_what_was_held_first(slow: Talk, comes: Next) -> None:
    slow.says("/start")
    slow.says("昨天开的发票查不到")
    comes(slow)
    assert slow.knows()["date"] == "2026-11-23"
    assert not slow.conversation.pieces
    assert PIECES not in slow.timers
    *before, last = [line.text for line in slow.history if line.who == "desk"]
    assert "2026年11月23日" in "".join(before)
    assert "2026年11月23日" not in last


def test_what_settles_first_keeps_its_own_time_and_message(slow: Talk) -> None:
    held = slow.says("昨天开的发票查不到")
    written = slow.at
    slow.passes(hours=20)
    slow.says("/ticket")
    assert slow.knows()["date"] == "2026-11-23"
    assert slow.draft.slots["date"].by == held.message
    assert slow.conversation.heard_at == slow.at
    assert written < slow.at


def test_the_time_of_the_message_counts_and_not_that_of_the_timer(slow: Talk) -> None:
    slow.passes(hours=9.99)
    slow.says("今天开的发票查不到")
    slow.passes(hours=1)
    slow.wakes(PIECES)
    assert slow.knows()["date"] == "2026-11-24"


def test_a_piece_that_settled_is_corrected_by_its_edit(slow: Talk) -> None:
    ref = slow.says("昨天开的发票查不到")
    slow.wakes(PIECES)
    assert slow.draft.slots["date"].by == ref.message
    slow.edits(ref, "11月20日开的发票查不到")
    assert slow.knows()["date"] == "2026-11-20"


def test_a_late_timer_reads_nothing_twice(slow: Talk) -> None:
    slow.says("昨天开的发票查不到")
    slow.wakes(PIECES)
    before = slow.stands
    slow.timers[PIECES] = slow.at
    slow.wakes(PIECES)
    assert slow.stands == before
    assert not slow.effects


def test_what_is_held_is_judged_and_recorded_once(slow: Talk) -> None:
    slow.says("帮我写一首诗")
    assert not any(slow.records)
    slow.wakes(PIECES)
    assert slow.recorded == [("verdict", "abstained")]
    assert slow.conversation.abstained == 1


def test_without_a_wait_everything_is_answered_at_once(talk: Talk) -> None:
    assert talk.knowledge.limits.pieces == timedelta(0)
    talk.says("昨天开的发票查不到")
    assert talk.asked.startswith("diagnose/")
    assert PIECES not in talk.timers


def test_in_an_open_ticket_nothing_is_held_back_from_the_agents(slow: Talk) -> None:
    slow.gets_a_ticket(claimed=True)
    slow.says("昨天开的发票查不到")
    assert slow.relayed
    assert not slow.conversation.pieces
