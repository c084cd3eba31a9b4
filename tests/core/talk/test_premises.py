"""A wrong deadline is put right in a line, once; a near one puts a human first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Chat, Send
from bot.core.model.events import Said
from tests.core.conftest import TAXPAYER

if TYPE_CHECKING:
    from tests.core.conftest import Talk

CASE = "今天最后一天申报，专票在勾选页面里找不到"
QUESTION = "发票状态是什么意思，明天就截止了"
LATER = "抵扣勾选和申报的截止是 12 月 15 日，还来得及。"


def on(talk: Talk, month: int, day: int) -> Talk:
    """The talk on a day of 2026, at 14:00 in Beijing."""
    talk.at = datetime(2026, month, day, 6, tzinfo=UTC)
    return talk


def messages(talk: Talk) -> list[str]:
    """What the person read in the last turn, in order."""
    return [e.text for e in reversed(list(talk.sent(Chat))) if isinstance(e, Send)]


def first_button(talk: Talk) -> str:
    sent = [e for e in talk.sent(Chat) if isinstance(e, Send) and e.buttons]
    return sent[-1].buttons[0][0].label


def every_button(talk: Talk) -> list[str]:
    rows = [row for e in talk.sent(Chat) if isinstance(e, Send) for row in e.buttons]
    return [button.label for row in rows for button in row]


def test_at_the_beginning_of_a_diagnosis_the_line_stands_before_its_question(talk: Talk) -> None:
    talk.says(CASE)
    assert talk.asked.startswith("diagnose/")
    (message,) = messages(talk)
    assert message.startswith(f"{LATER}\n\n")


def test_in_a_step_the_line_stands_before_the_next_one(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("我们是收票的公司，月底前必须勾选")
    (message,) = messages(talk)
    assert message.startswith(f"{LATER}\n\n")
    assert "party" in talk.draft.slots
    assert talk.asked.startswith("diagnose/")
    assert talk.asked.removeprefix("diagnose/") not in talk.draft.slots


def test_the_line_stays_when_its_question_is_answered(talk: Talk) -> None:
    talk.says(CASE)
    assert talk.conversation.progress is not None
    assert talk.conversation.progress.question.startswith(LATER)


def test_with_an_answer_the_line_stands_before_it(talk: Talk) -> None:
    talk.says(QUESTION)
    (message,) = messages(talk)
    assert message.startswith(f"{LATER}\n\n")
    assert talk.knowledge.entries["query-status-meaning"].title in message


def test_it_is_told_once(talk: Talk) -> None:
    talk.says(CASE)
    for text in (CASE, "明天截止"):
        talk.says(text)
        assert "12 月 15 日" not in talk.said


def test_what_is_held_as_a_piece_is_told_when_it_is_read(talk: Talk) -> None:
    limits = replace(talk.knowledge.limits, pieces=timedelta(seconds=1.5))
    talk.knowledge = replace(talk.knowledge, limits=limits)
    for piece in (CASE, "刚开的票"):
        talk.says(piece)
        assert messages(talk) == []
        assert talk.conversation.deadline is None
    talk.wakes("pieces")
    assert [LATER in message for message in messages(talk)] == [True]


def test_a_caption_says_it_too(talk: Talk) -> None:
    talk.attaches("photo", text=CASE)
    assert talk.said.count(LATER) == 1


def test_who_means_a_later_day_is_told_that_it_is_earlier(talk: Talk) -> None:
    on(talk, 12, 5).says("月底前必须勾选，专票在勾选页面里找不到")
    line = talk.told(talk.texts.deadline_sooner, month=12, day=15)
    assert messages(talk)[0].startswith(line)


@pytest.mark.parametrize("text", ["15号申报截止，专票在勾选页面里找不到", "专票在勾选页面里找不到"])
def test_who_is_right_or_says_nothing_of_it_is_told_nothing(talk: Talk, text: str) -> None:
    on(talk, 12, 5).says(text)
    assert talk.conversation.deadline is None
    assert "截止" not in talk.said


@pytest.mark.parametrize(("day", "text"), [(14, "deadline_tomorrow"), (15, "deadline_today")])
@pytest.mark.parametrize("said", [CASE, "明天截止，专票在勾选页面里找不到"])
def test_a_near_deadline_is_said_to_be_and_a_human_comes_first(
    talk: Talk, day: int, text: str, said: str
) -> None:
    on(talk, 12, day).says(said)
    (message,) = messages(talk)
    assert message.startswith(talk.told(getattr(talk.texts, text), month=12, day=15))
    assert first_button(talk) == talk.texts.button_human
    assert every_button(talk).count(talk.texts.button_human) == 1


def test_with_an_answer_a_near_deadline_puts_a_human_first_too(talk: Talk) -> None:
    on(talk, 12, 15).says(QUESTION.replace("明天", "今天"))
    ways = [talk.texts.button_human, talk.texts.button_diagnose]
    assert every_button(talk)[-2:] == ways


def test_who_was_told_in_time_is_told_again_when_it_is_near(talk: Talk) -> None:
    on(talk, 12, 5).says("今天最后一天申报")
    on(talk, 12, 14).says("明天最后一天申报")
    assert talk.told(talk.texts.deadline_tomorrow, month=12, day=15) in talk.said


def test_past_the_deadline_a_human_comes_first_no_more(talk: Talk) -> None:
    on(talk, 12, 15).says(CASE)
    on(talk, 12, 16).says("/diagnose")
    assert first_button(talk) != talk.texts.button_human


def test_a_deadline_that_no_calendar_knows_is_not_told(talk: Talk) -> None:
    on(talk, 12, 20).says(CASE)
    assert talk.conversation.deadline is None


def test_what_somebody_else_wrote_is_no_belief_of_theirs(talk: Talk) -> None:
    talk.happens(Said, who=TAXPAYER, ref=talk.new_ref(), text=CASE, forwarded="王会计")
    assert talk.conversation.deadline is None


def test_who_wants_a_human_goes_to_one(talk: Talk) -> None:
    talk.says("今天最后一天申报，转人工")
    assert talk.asked.startswith("ticket/")
    assert LATER not in talk.said
