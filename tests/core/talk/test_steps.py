"""Every step of a flow is recorded: that it was asked, how it was told, and why the flow ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core import timers
from bot.core.content.limits import Limits
from bot.core.model.events import Said
from bot.core.talk.steps import ENDED_BY
from tests.core.conftest import TAXPAYER

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER = "25112000000012345678"


def steps(talk: Talk) -> list[tuple[str, ...]]:
    """What was recorded of steps and flows: what, step, field, how, value."""
    every = [each for some in talk.records for each in some if each.kind in ("step", "flow")]
    return [(e.what, e.step, e.field, e.how, e.value) for e in every]


def test_a_way_through_a_flow_is_told_step_by_step(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says("铁路电子客票")
    talk.chooses("failed")
    remedy = steps(talk)[-2][1]
    assert remedy.startswith("is-")
    assert steps(talk)[:-1] == [
        ("asked", "symptom", "", "", ""),
        ("told", "symptom", "", "button", "nothing"),
        ("asked", "kind", "", "", ""),
        ("told", "kind", "", "words", "railway"),
        ("asked", remedy, "", "", ""),
        ("told", remedy, "", "button", "failed"),
    ]


def test_to_be_asked_tomorrow_is_recorded_as_waiting(talk: Talk) -> None:
    talk.is_told_a_remedy()
    talk.chooses("later")
    assert steps(talk)[-2:] == [
        ("told", "is-just-issued", "", "button", "later"),
        ("waiting", "wait-just-issued", "", "", ""),
    ]


def test_what_is_told_in_words_is_no_word_of_the_record(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("查不到")
    assert ("told", "symptom", "", "words", "nothing") in steps(talk)
    talk.says("转人工")
    talk.says(NUMBER)
    assert ("told", "number", "number", "words", "") in steps(talk)
    assert NUMBER not in repr(talk.records)


def test_a_question_that_is_asked_again_and_skipped_is_told_as_that(talk: Talk) -> None:
    talk.says("/human")
    talk.presses(talk.texts.button_skip)
    talk.says("发票状态是什么意思")
    talk.presses(talk.texts.button_skip)
    assert steps(talk)[2:5] == [
        ("asked", "number", "number", "", ""),
        ("repeated", "number", "number", "", ""),
        ("skipped", "number", "number", "button", ""),
    ]


def test_who_cannot_tell_is_recorded_as_telling_that(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("不清楚")
    assert steps(talk)[1] == ("told", "symptom", "", "words", "unsure")


def test_a_summary_is_confirmed_and_corrected(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/summary", by="跳过")
    before = len(steps(talk))
    talk.presses(talk.texts.button_edit)
    talk.presses(talk.knowledge.fields["date"].label)
    talk.says("5月13日")
    talk.presses(talk.texts.button_submit)
    assert steps(talk)[before : before + 5] == [
        ("told", "summary", "", "button", "no"),
        ("asked", "summary", "date", "", ""),
        ("told", "summary", "date", "words", ""),
        ("repeated", "summary", "", "", ""),
        ("told", "summary", "", "button", "yes"),
    ]


def test_what_a_file_tells_of_the_question_is_told_by_the_file(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/file", by="跳过")
    talk.attaches("photo")
    (told,) = [each for each in steps(talk) if each[3] == "file"]
    assert told == ("told", "file", "file", "file", "")


@pytest.mark.parametrize(
    ("says", "why"),
    [("/cancel", "cancelled"), ("/start", "replaced"), ("/human", "replaced")],
)
def test_a_flow_that_is_left_says_where_and_why(talk: Talk, says: str, why: str) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says(says)
    ended = talk.record("flow")
    assert (ended.what, ended.flow, ended.step) == (why, "diagnose", "kind")
    assert ended.role == ENDED_BY[ended.what]  # type: ignore[index]


def test_a_ticket_ends_its_form_and_so_does_an_agent_who_writes(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    assert talk.record("flow").what == "handed_over"
    talk.says("/diagnose")
    talk.agent_says("您好")
    ended = talk.record("flow")
    assert (ended.what, ended.role, ended.ticket) == ("taken_over", "agent", talk.ticket.number)


def test_what_is_solved_ends_at_the_step_that_says_so(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says("好了")
    ended, flow = talk.record("flow"), talk.knowledge.flows["diagnose"]
    assert ended.what == "solved"
    assert flow.steps[ended.step].end == "solved"


def test_a_reminder_ends_what_was_asked_meanwhile(talk: Talk) -> None:
    talk.is_told_a_remedy()
    talk.chooses("later")
    (timer,) = talk.timers
    talk.says("/diagnose")
    talk.passes(hours=2)
    talk.wakes(timer)
    assert [what for kind, what in talk.recorded if kind == "flow"] == ["reminded"]


def test_of_whoever_falls_silent_the_flow_ends(talk: Talk) -> None:
    talk.knowledge = replace(talk.knowledge, limits=Limits(keep=timedelta(days=30)))
    talk.says("/diagnose")
    talk.wakes(timers.wake(timers.Keep(), None).what)
    assert talk.recorded == [("flow", "silent")]


@pytest.mark.parametrize("facts", [{}, {"forwarded": "财务"}], ids=["own", "passed on"])
def test_a_choice_that_is_told_in_words_is_told_by_its_id(
    talk: Talk, facts: dict[str, str]
) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/district", by="跳过")
    text = "公司在海淀区"
    talk.happens(Said, who=TAXPAYER, ref=talk.new_ref(), text=text, html=text, **facts)
    assert ("told", "district", "district", "words", "haidian") in steps(talk)
