"""What a typed message says to the question that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def asks_symptom(talk: Talk) -> None:
    talk.says("/diagnose")


def asks_number(talk: Talk) -> None:
    talk.says("/human")
    talk.presses(talk.texts.button_skip)


@pytest.mark.parametrize(
    "text", ["1", "完全查不到", "查不到", "完全查不到。", "我的票，系统里没有"]
)
def test_an_option_is_chosen_by_number_label_part_or_cue(talk: Talk, text: str) -> None:
    asks_symptom(talk)
    talk.says(text)
    assert talk.knows() == {"symptom": "完全查不到"}
    assert talk.asked == "diagnose/date"


@pytest.mark.parametrize("text", ["6", "0", "不"])
def test_what_fits_no_option_chooses_none(talk: Talk, text: str) -> None:
    asks_symptom(talk)
    talk.says(text)
    assert talk.asked == "diagnose/symptom"
    assert not talk.knows()


def test_of_two_cues_the_longer_one_counts(talk: Talk) -> None:
    asks_symptom(talk)
    talk.says("查不到明细")
    assert talk.knows()["symptom"] == "看不到明细"


def test_two_cues_of_equal_length_choose_nothing(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("又查不到，又登不上")
    assert talk.asked == "diagnose/symptom"


def test_an_answer_may_tell_more_than_was_asked(talk: Talk) -> None:
    asks_number(talk)
    talk.says("号码25112000000012345678，2026年5月12日开的，价税合计1234.5元")
    assert talk.knows() == {
        "number": "25112000000012345678",
        "date": "2026-05-12",
        "amount": "1234.50",
    }
    assert talk.asked == "ticket/seller"


def test_a_value_that_cannot_be_right_is_refused_with_its_reason(talk: Talk) -> None:
    asks_number(talk)
    talk.says("1234567")
    reason = talk.knowledge.texts.fields["number_length"]
    example = talk.knowledge.fields["number"].example
    assert talk.told(reason, digits=7, example=example) in talk.said
    assert talk.asked == "ticket/number"
    assert not talk.knows()


def test_an_answer_to_another_question_is_noted_and_this_one_asked_again(talk: Talk) -> None:
    asks_number(talk)
    talk.says("2026年5月12日开的")
    assert talk.asked == "ticket/number"
    assert talk.knows() == {"date": "2026-05-12"}
    assert talk.told(talk.texts.noted, what="").strip() in talk.said


def test_what_was_told_before_may_be_corrected_later(talk: Talk) -> None:
    asks_number(talk)
    talk.says("25112000000012345678")
    talk.says("号码是25112000000012345679")
    assert talk.knows()["number"] == "25112000000012345679"
    assert talk.asked == "ticket/date"


def test_a_value_told_in_passing_does_not_replace_one_that_was_given(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says("2026年5月12日")
    talk.says("25112000000012345678，不过那天是2026年5月13日开的")
    assert talk.knows()["date"] == "2026-05-12"


@pytest.mark.parametrize("text", ["跳过", "没有", "不知道", "skip"])
def test_a_field_is_skipped_in_words(talk: Talk, text: str) -> None:
    asks_number(talk)
    talk.says(text)
    assert talk.draft.skipped == ("symptom", "number")
    assert talk.asked == "ticket/date"


def test_it_works_now_ends_a_step_that_asks_so(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("login")
    talk.says("还是不行")
    assert talk.asked == "diagnose/scope"
    talk.says("只有我这样")
    talk.says("好了")
    assert not talk.asked
    assert not talk.knows()


@pytest.mark.parametrize(
    ("text", "step"), [("对", "number"), ("不对", "recap"), ("都不对", "symptom")]
)
def test_a_recap_is_answered_in_words(talk: Talk, text: str, step: str) -> None:
    talk.says("2026年5月12日开的发票查不到，抬头是北京某某商贸有限公司")
    assert talk.asked == "diagnose/recap"
    talk.says(text)
    assert talk.asked == f"diagnose/{step}"


def test_a_recap_is_corrected_in_words(talk: Talk) -> None:
    talk.says("2026年5月12日开的发票查不到，抬头是北京某某商贸有限公司")
    talk.says("是2026年5月13日开的")
    assert talk.asked == "diagnose/recap"
    assert talk.knows()["date"] == "2026-05-13"


def test_a_question_is_not_taken_for_a_company(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/seller", by="跳过")
    talk.says("发票状态是什么意思")
    assert talk.asked == "ticket/seller"
    assert "seller" not in talk.knows()
    assert talk.told(talk.texts.back_to_question) in talk.said


@pytest.mark.parametrize("text", ["第一个", "第1种", "选一", "1"])
def test_an_option_is_chosen_by_its_place(talk: Talk, text: str) -> None:
    asks_symptom(talk)
    talk.says(text)
    assert talk.knows() == {"symptom": "完全查不到"}


def test_a_place_that_no_option_has_chooses_nothing(talk: Talk) -> None:
    asks_symptom(talk)
    talk.says("第九个")
    assert talk.asked == "diagnose/symptom"


def test_who_cannot_say_chooses_the_option_that_says_so(talk: Talk) -> None:
    talk.says("登不上，密码是对的，5月12日起")
    talk.goes_on(until="diagnose/scope", by="对")
    talk.says("说不清")
    assert talk.knows()["scope"] == "不清楚"


def test_to_wait_is_no_fact_that_is_remembered(talk: Talk) -> None:
    talk.says("5月12日开的票查不到，明天再看")
    assert set(talk.knows()) == {"date", "symptom"}


def test_a_field_named_in_the_summary_is_asked_again(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/summary", by="跳过")
    talk.says("金额不对")
    assert talk.conversation.progress
    assert talk.conversation.progress.editing == "amount"


@pytest.mark.parametrize("text", ["这些都要写吗", "为什么要写", "好了", "没问题"])
def test_what_is_plainly_no_name_is_not_taken_for_one(talk: Talk, text: str) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/buyer", by="跳过")
    talk.says(text)
    assert "buyer" not in talk.knows()
    talk.says("饿了么")
    assert talk.knows()["buyer"] == "饿了么"
