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
    "text", ["1", "列表里没有", "列表里没", "列表里没有。", "查不到", "我的票，系统里没有"]
)
def test_an_option_is_chosen_by_number_label_part_or_other_words(talk: Talk, text: str) -> None:
    asks_symptom(talk)
    talk.says(text)
    assert talk.knows()["symptom"] == "完全查不到"
    assert talk.asked == "diagnose/kind"


@pytest.mark.parametrize("text", ["0", "不", "？"])
def test_what_fits_no_option_chooses_none(talk: Talk, text: str) -> None:
    asks_symptom(talk)
    talk.says(text)
    assert talk.asked == "diagnose/symptom"
    assert not talk.knows()


def test_of_two_phrasings_the_closer_one_counts(talk: Talk) -> None:
    asks_symptom(talk)
    talk.says("查不到明细")
    assert talk.knows()["symptom"] == "看不到明细"


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
    asks_number(talk)
    talk.says("2026年5月12日")
    talk.says("25112000000012345678，不过那天是2026年5月13日开的")
    assert talk.knows()["date"] == "2026-05-12"


@pytest.mark.parametrize("text", ["跳过", "没有", "不知道", "skip"])
def test_a_field_is_skipped_in_words(talk: Talk, text: str) -> None:
    asks_number(talk)
    talk.says(text)
    assert talk.draft.skipped == ("symptom", "number")
    assert talk.asked == "ticket/date"


def test_it_works_now_ends_whatever_is_asked(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    talk.says("好了")
    assert not talk.asked
    assert not talk.knows()
    talk.is_told_a_remedy()
    talk.says("好了")
    assert not talk.asked
    assert not talk.knows()


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
    talk.is_told_a_remedy()
    before = talk.knows()
    talk.says("第九个")
    assert talk.asked == "diagnose/is-just-issued"
    assert talk.knows() == before


@pytest.mark.parametrize("text", ["说不清", "跳过", "这题不会", "9", "我哪知道"])
def test_who_cannot_say_goes_on_and_nothing_is_made_up(talk: Talk, text: str) -> None:
    talk.says("/diagnose")
    talk.says(text)
    assert talk.draft.skipped == ("symptom",)
    assert not talk.knows()
    assert talk.asked == "diagnose/place"


def test_who_cannot_say_chooses_the_value_that_says_so(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.goes_on(until="diagnose/issued", by="不清楚")
    talk.says("说不清")
    assert talk.knows()["issued"] == "不清楚"


def test_to_wait_is_no_fact_that_is_remembered(talk: Talk) -> None:
    talk.says("5月12日开的票查不到，明天再看")
    assert set(talk.knows()) == {"date", "age", "symptom"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("昨天", {"date": "2026-11-23", "age": "昨天或前几天"}),
        ("25112000000012345678", {"number": "25112000000012345678"}),
        ("138元", {"amount": "138.00"}),
    ],
)
def test_a_value_and_nothing_else_is_no_answer_to_what_it_is_not_of(
    talk: Talk, text: str, told: dict[str, str]
) -> None:
    asks_symptom(talk)
    talk.says(text)
    assert talk.knows() == told


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
