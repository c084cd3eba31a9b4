"""Walking through a flow: nothing is asked twice, each way back and out works."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.content.knowledge import Knowledge
from bot.core.decide import decide
from bot.core.model.conversation import Draft
from bot.core.model.effects import Chat, Edit, WakeAt

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def promised(talk: Talk) -> str:
    """Walk to where the person asks to be asked again tomorrow; the timer that was set."""
    talk.is_told_a_remedy()
    talk.chooses("later")
    (timer,) = talk.promises
    return timer


def test_what_was_told_at_the_start_is_named_and_not_asked(talk: Talk) -> None:
    talk.says("2026年5月12日开的发票查不到，号码25112000000012345678")
    assert talk.asked == "diagnose/place"
    assert "25112000000012345678" in talk.said
    assert talk.knows()["age"] == "一个月到一年"


def test_what_was_understood_wrongly_is_corrected_and_the_rest_stays(talk: Talk) -> None:
    talk.says("2026年5月12日开的发票查不到，号码25112000000012345678")
    talk.says("说错了，是5月13日开的")
    assert talk.asked.startswith("diagnose/")
    assert "2026年5月13日" in talk.said
    assert talk.knows()["date"] == "2026-05-13"
    assert talk.knows()["number"] == "25112000000012345678"


def test_a_step_answered_in_passing_is_not_asked(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("查不到，2026年5月12日开的")
    assert talk.asked == "diagnose/kind"
    asked: list[str] = []
    while talk.asked.removeprefix("diagnose/") in talk.knowledge.diagnosis.facts:
        asked.append(talk.asked)
        talk.says("不清楚")
    assert not {"diagnose/symptom", "diagnose/age"} & {*asked}


def test_back_forgets_the_answer_and_asks_again(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.chooses("railway")
    assert talk.asked != "diagnose/kind"
    talk.presses(talk.texts.button_back)
    assert talk.asked == "diagnose/kind"
    assert "kind" not in talk.knows()
    talk.presses(talk.texts.button_back)
    assert talk.asked == "diagnose/symptom"
    assert not talk.knows()


def test_back_takes_back_what_could_not_be_told(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.chooses("unsure")
    assert talk.draft.skipped == ("kind",)
    talk.says("返回")
    assert talk.asked == "diagnose/kind"
    assert not talk.draft.skipped


def test_the_first_question_offers_no_way_back(talk: Talk) -> None:
    talk.says("/diagnose")
    labels = [b.label for e in talk.sent(Chat) for row in e.buttons for b in row]
    assert talk.texts.button_back not in labels
    talk.says("返回")
    assert talk.told(talk.texts.no_way_back) in talk.said
    assert talk.asked == "diagnose/symptom"


def test_leaving_clears_all_that_was_told(talk: Talk) -> None:
    talk.attaches("photo")
    talk.says("/diagnose")
    talk.says("今天开的，查不到")
    talk.says("不清楚")
    talk.presses(talk.texts.button_cancel)
    assert talk.told(talk.texts.cancelled) in talk.said
    assert not talk.asked
    assert talk.draft == Draft()


def test_a_button_of_an_older_question_changes_nothing(talk: Talk) -> None:
    talk.says("/diagnose")
    old = talk.button(talk.knowledge.flows["diagnose"].steps["symptom"].options[0].label)
    talk.presses(old)
    before = talk.stands
    talk.presses(old)
    assert talk.stands == before
    assert [r.text for r in talk.responses] == [talk.told(talk.texts.stale)]
    assert len(talk.effects) == 1


def test_a_pressed_answer_is_shown_under_its_question(talk: Talk) -> None:
    talk.says("/diagnose")
    label = talk.knowledge.flows["diagnose"].steps["symptom"].options[0].label
    talk.presses(label)
    shown = talk.told(talk.texts.chosen, answer=label)
    edits = [e for e in talk.effects if isinstance(e, Edit)]
    assert [shown in edit.text and not edit.buttons for edit in edits] == [True]


def test_a_fact_that_cannot_be_told_is_not_asked_again_in_the_form(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("不清楚")
    assert talk.draft.skipped == ("symptom",)
    talk.says("转人工")
    assert talk.asked == "ticket/number"


def test_a_field_given_before_is_not_asked_again_in_the_form(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says("2026年5月12日")
    talk.says("25112000000012345678")
    talk.says("转人工")
    assert talk.asked == "ticket/amount"


def test_only_an_older_number_is_asked_for_its_code(talk: Talk) -> None:
    talk.says("/human")
    talk.presses(talk.texts.button_skip)
    talk.says("25112000000012345678")
    assert talk.asked == "ticket/date"
    talk.says("返回")
    talk.says("12345678")
    assert talk.asked == "ticket/code"


def test_one_field_is_corrected_from_the_summary(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/summary", by="跳过")
    talk.presses(talk.texts.button_edit)
    talk.presses(talk.knowledge.fields["number"].label)
    talk.says("25112000000012345678")
    assert talk.asked == "ticket/summary"
    assert talk.knows()["number"] == "25112000000012345678"


def test_a_file_is_added_from_the_summary(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/summary", by="跳过")
    talk.presses(talk.texts.button_edit)
    talk.presses(talk.knowledge.fields["file"].label)
    talk.attaches("photo")
    assert talk.told(talk.texts.summary) in talk.said
    assert talk.conversation.progress is not None
    assert talk.conversation.progress.editing is None


def test_a_correction_that_is_called_off_leaves_all_as_it_is(talk: Talk) -> None:
    talk.says("/human")
    talk.says("25112000000012345678")
    talk.goes_on(until="ticket/summary", by="跳过")
    before = talk.knows()
    talk.presses(talk.texts.button_edit)
    talk.presses(talk.knowledge.fields["number"].label)
    talk.presses(talk.texts.button_keep)
    assert talk.told(talk.texts.summary) in talk.said
    assert talk.knows() == before


def test_tomorrow_is_ten_in_the_morning_in_beijing(talk: Talk) -> None:
    timer = promised(talk)
    assert talk.timers[timer] == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert not talk.asked


def test_the_promised_question_comes_and_goes_on_from_there(talk: Talk) -> None:
    talk.wakes(promised(talk))
    assert talk.told(talk.texts.reminder) in talk.said
    assert talk.asked == "diagnose/again-just-issued"
    talk.chooses("failed")
    assert talk.asked == "diagnose/kind"
    talk.says("别问了直接说怎么办")
    assert talk.asked.startswith("diagnose/is-")
    assert talk.asked != "diagnose/is-just-issued"


def test_a_promise_waits_while_another_flow_runs(talk: Talk) -> None:
    timer = promised(talk)
    talk.passes(hours=19.5)
    talk.says("/diagnose")
    talk.wakes(timer)
    assert talk.asked == "diagnose/symptom"
    assert talk.timers[timer] == datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    talk.says("好了")
    talk.wakes(timer)
    assert talk.asked == "diagnose/again-just-issued"


def test_small_talk_before_the_promised_question_loses_nothing(talk: Talk) -> None:
    timer = promised(talk)
    talk.says("帮我写一首诗")
    talk.wakes(timer)
    assert talk.knows()["date"] == "2026-11-23"


def test_a_promise_is_called_off_with_cancel_or_a_ticket(talk: Talk) -> None:
    timer = promised(talk)
    talk.says("/cancel")
    assert WakeAt(what=timer, at=None) in talk.effects
    promised(talk)
    talk.gets_a_ticket()
    assert not talk.promises
    assert talk.conversation.reminder is None


def test_a_promise_given_beside_a_ticket_is_kept(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("/diagnose")
    talk.says("昨天")
    talk.goes_on(until="diagnose/is-just-issued", by="不清楚")
    talk.chooses("later")
    (timer,) = talk.promises
    talk.wakes(timer)
    assert talk.asked == "diagnose/again-just-issued"


def test_a_step_taken_away_by_the_authors_strands_nobody(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    steps = dict(talk.knowledge.flows["diagnose"].steps)
    del steps["kind"]
    changed = replace(talk.knowledge.flows["diagnose"], steps=steps)
    knowledge: Knowledge = replace(talk.knowledge, flows={"diagnose": changed})
    talk.says("发票状态是什么意思")
    decision = decide(talk.turn().state, talk.events[-1], knowledge)
    assert decision.conversation is not None
    assert decision.conversation.progress is None
    assert decision.effects


def test_starting_over_keeps_what_is_known_but_the_command_asks_anew(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says("/start diagnose")
    assert talk.asked == "diagnose/kind"
    talk.says("/diagnose")
    assert talk.asked == "diagnose/symptom"
