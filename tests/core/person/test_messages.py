"""What a person writes, sends, edits and presses always gets the answer that fits the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from bot.core.model.effects import Button
from bot.core.model.message import Item, What

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def test_a_question_amid_a_flow_is_answered_and_the_flow_goes_on(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("发票状态是什么意思")
    assert talk.told(talk.texts.back_to_question) in talk.said
    assert talk.asked == "diagnose/symptom"


def test_who_is_not_understood_twice_in_a_form_is_pointed_to_a_human(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/summary", by="跳过")
    talk.says("帮我写一首诗")
    assert talk.told(talk.texts.not_an_answer) in talk.said
    talk.says("帮我写一首诗")
    assert talk.told(talk.texts.not_an_answer_again) in talk.said
    talk.says("金额不对")
    talk.says("138元")
    talk.says("帮我写一首诗")
    assert talk.told(talk.texts.not_an_answer_again) not in talk.said


def test_what_is_wrong_begins_a_diagnosis_and_how_something_is_done_does_not(talk: Talk) -> None:
    talk.says("怎么打印发票")
    assert not talk.asked
    talk.says("列表不全，2026年5月12日开的")
    assert talk.asked.startswith("diagnose/")
    assert talk.knows()["date"] == "2026-05-12"


def test_a_sure_answer_that_needs_no_diagnosis_comes_first(talk: Talk) -> None:
    talk.says("2026年5月12日开的票，发票状态是什么意思")
    assert not talk.asked


@pytest.mark.parametrize("what", get_args(What))
def test_whatever_is_sent_gets_an_answer(talk: Talk, what: What) -> None:
    talk.attaches(what)
    assert talk.told(talk.texts.received[what]) in talk.said


@pytest.mark.parametrize("what", get_args(What))
def test_whatever_is_sent_amid_a_flow_leaves_its_question_standing(talk: Talk, what: What) -> None:
    talk.says("/diagnose")
    talk.attaches(what)
    assert talk.said
    assert talk.asked == "diagnose/symptom"


def test_a_file_answers_the_question_for_one(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/file", by="跳过")
    talk.attaches("document")
    assert talk.asked == "ticket/summary"
    assert "file" in talk.knows()


def test_a_file_sent_early_is_not_asked_for_later(talk: Talk) -> None:
    talk.says("/human")
    talk.attaches("photo")
    while talk.asked != "ticket/summary":
        assert talk.asked != "ticket/file"
        talk.says("跳过")


def test_a_shared_contact_answers_the_question_for_one(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/contact", by="跳过")
    talk.attaches("contact", "+8613800001234")
    assert talk.asked == "ticket/file"
    assert talk.knows()["contact"].endswith("13800001234")


def test_a_caption_is_read_like_a_text(talk: Talk) -> None:
    talk.attaches("photo", "2026年5月12日开的发票查不到，号码25112000000012345678")
    assert talk.asked == "diagnose/place"
    assert {"date", "number", "symptom", "age"} == set(talk.knows())
    assert len(talk.draft.files) == 1


def test_an_answer_given_in_an_edit_is_taken_over(talk: Talk) -> None:
    talk.says("/diagnose")
    ref = talk.says("嗯嗯嗯")
    talk.edits(ref, "系统里没有，2026年5月12日开的")
    assert talk.asked == "diagnose/kind"
    assert set(talk.knows()) == {"symptom", "date", "age"}


def test_an_edit_that_tells_nothing_is_seen(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.edits(talk.says("嗯嗯嗯"), "嗯嗯嗯嗯")
    assert talk.told(talk.texts.edit_seen) in talk.said
    assert talk.asked == "diagnose/symptom"


def test_an_edited_question_is_answered_anew(talk: Talk) -> None:
    talk.edits(talk.says("帮我写一首诗"), "发票状态是什么意思")
    assert talk.knowledge.entries["query-status-meaning"].title in talk.said


@pytest.mark.parametrize(
    "data", ["", ":", "faq", "opt", "opt:1", "val:1:x", "nothing:1", "resolved:F2222", "withdraw"]
)
def test_a_button_nobody_made_is_refused_kindly(talk: Talk, data: str) -> None:
    talk.presses(Button("?", data))
    assert len(talk.responses) == 1
    assert not talk.tickets


@pytest.mark.parametrize("verb", ["opt", "val", "edit"])
def test_a_choice_the_question_does_not_have_changes_nothing(talk: Talk, verb: str) -> None:
    talk.says("/diagnose")
    before = talk.stands
    talk.presses(Button("?", f"{verb}:{talk.conversation.turn}:99"))
    assert talk.stands == before


def test_people_are_greeted_and_thanks_are_returned(talk: Talk) -> None:
    talk.says("你好")
    assert talk.told(talk.texts.hello) in talk.said
    talk.says("谢谢")
    assert talk.told(talk.texts.welcome_again) in talk.said


def test_what_was_said_is_kept_with_what_was_sent(talk: Talk) -> None:
    ref = talk.says("帮我写一首诗")
    item = talk.attaches("photo", "看图")
    people = [line for line in talk.history if line.who == "person"]
    assert [line.item for line in people] == [Item(ref, "text"), item]
    assert people[1].text == f"[{talk.texts.kinds['photo']}] 看图"


@pytest.mark.parametrize("text", ["好的", "嗯", "没问题"])
def test_to_agree_to_a_reminder_does_not_call_it_off(talk: Talk, text: str) -> None:
    talk.is_told_a_remedy()
    talk.says("那就再等等")
    talk.says(text)
    assert talk.told(talk.texts.all_right) in talk.said
    assert "step:diagnose/again-just-issued" in talk.timers
    talk.says("不用了")
    assert "step:diagnose/again-just-issued" not in talk.timers


def test_yes_to_the_offer_of_a_human_brings_one(talk: Talk) -> None:
    talk.says("帮我写一首诗")
    talk.says("西红柿炒蛋要放糖")
    talk.says("好的")
    assert talk.asked == "ticket/symptom"


def test_still_not_in_a_whole_story_is_no_answer_to_anything(talk: Talk) -> None:
    talk.says("5月12号开的票查不到，换了网络还是不行")
    assert talk.knows()["date"] == "2026-05-12"
    assert not any(key.startswith("is-") for key in talk.knows())
    talk.says("/cancel")
    talk.says("发票状态是什么意思")
    talk.says("还是不行")
    assert talk.told(talk.texts.stuck) in talk.said


def test_a_day_said_alone_is_taken_up_and_named(talk: Talk) -> None:
    talk.says("上周三")
    assert talk.knows()["date"] == "2026-11-18"
    assert "2026年11月18日" in talk.said
    assert talk.asked == "diagnose/symptom"


def test_a_number_handed_over_is_not_answered_with_where_to_find_it(talk: Talk) -> None:
    talk.says("发票号码是25112000000012345678")
    assert talk.knows() == {"number": "25112000000012345678"}
    assert talk.asked == "diagnose/symptom"


@pytest.mark.parametrize(("text", "asked"), [("等一下", False), ("谢谢", True), ("你是谁", True)])
def test_small_talk_in_a_flow_gets_its_word_and_takes_nothing(
    talk: Talk, text: str, asked: bool
) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/seller", by="跳过")
    talk.says(text)
    assert talk.asked == "ticket/seller"
    assert "seller" not in talk.knows()
    assert (talk.knowledge.fields["seller"].ask in talk.said) is asked


def test_whoever_is_refused_twice_is_told_of_skipping(talk: Talk) -> None:
    talk.says("/human")
    talk.says("1234")
    assert talk.told(talk.texts.may_skip) not in talk.said
    talk.says("1234")
    assert talk.told(talk.texts.may_skip) in talk.said


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("好", {"yes"}),
        ("好的谢谢", {"yes"}),
        ("谢谢啦", {"thanks"}),
        ("等一下", {"wait"}),
        ("改", {"no"}),
        ("没有", {"no", "skip", "unsolved"}),
        ("饿了么", set()),
    ],
)
def test_a_short_word_is_heard_as_what_it_says_and_nothing_else(
    talk: Talk, text: str, wishes: set[str]
) -> None:
    assert talk.knowledge.words.means(text) == wishes
