"""The diagnosis as a flow: every fact and cause has its step, and every way ends."""

from __future__ import annotations

import pytest

from bot.core.content.diagnosis import UNKNOWN
from bot.core.content.flow_graph import exits
from bot.core.content.knowledge import Flow, Knowledge
from bot.core.content.script import DIAGNOSE, END, FORM, THINK, TICKET, script
from tests.core.diagnosis.tiny import tiny


@pytest.fixture(scope="module")
def flow(knowledge: Knowledge) -> Flow:
    """A small diagnosis as a flow."""
    return script(tiny(), knowledge.texts.diagnosis)


def test_it_begins_where_the_diagnosis_chooses(flow: Flow) -> None:
    assert (flow.id, flow.start) == (DIAGNOSE, THINK)
    chosen = {"sign", "age", "plug", "is-unplugged", "is-burnt", "is-worn", TICKET}
    assert set(flow.steps[THINK].diagnosis) == chosen


def test_a_fact_is_asked_with_its_values_and_a_way_past_it(flow: Flow) -> None:
    step = flow.steps["sign"]
    assert [option.id for option in step.options] == ["dark", "loud", "unsure"]
    assert {option.next for option in step.options} == {THINK}


def test_a_fact_with_a_word_of_its_own_for_not_knowing_has_no_other(flow: Flow) -> None:
    assert [option.id for option in flow.steps["plug"].options] == ["in", "out", UNKNOWN]


def test_a_remedy_helped_or_did_not(flow: Flow) -> None:
    ways = {option.id: option.next for option in flow.steps["is-burnt"].options}
    assert ways == {"solved": END, "failed": THINK}
    assert "wait-burnt" not in flow.steps


def test_what_time_may_heal_is_asked_again_the_next_day(flow: Flow) -> None:
    ways = {option.id: option.next for option in flow.steps["is-worn"].options}
    assert ways == {"solved": END, "later": "wait-worn", "failed": THINK}
    waits, again = flow.steps["wait-worn"], flow.steps["again-worn"]
    assert waits.wait is not None
    assert (waits.wait.days, waits.next) == (1, "again-worn")
    assert {option.id: option.next for option in again.options} == {"solved": END, "failed": THINK}


def test_where_nothing_helps_a_ticket_is_written(flow: Flow) -> None:
    assert flow.steps[TICKET].flow == FORM
    assert flow.steps[END].end == "solved"


def test_every_shipped_fact_and_cause_is_reached_and_every_step_comes_to_an_end(
    knowledge: Knowledge,
) -> None:
    shipped, diagnosis = knowledge.flows[DIAGNOSE], knowledge.diagnosis
    leads = {id_: {way.to for way in exits(step)} for id_, step in shipped.steps.items()}
    leads[THINK] = {*shipped.steps[THINK].diagnosis}
    reached, edge = {shipped.start}, {shipped.start}
    while edge:
        edge = {to for each in edge for to in leads[each] if to in shipped.steps} - reached
        reached |= edge
    assert reached == shipped.steps.keys()
    assert {*diagnosis.facts, *(f"is-{cause}" for cause in diagnosis.causes)} <= reached
    ends, grown = {END, TICKET}, True
    while grown:
        more = {each for each, to in leads.items() if to & ends} | ends
        grown, ends = more != ends, more
    assert ends >= shipped.steps.keys()
