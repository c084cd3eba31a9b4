"""Whoever asks back, or was asked twice, is answered in a line, and the talk goes on."""

from __future__ import annotations

import pytest

from tests.core.conftest import Talk


def test_a_word_of_the_trade_is_explained_above_the_question(talk: Talk) -> None:
    talk.says("抵扣勾选里找不到这张专票，供应商三个月前开的")
    asked = talk.asked
    talk.says("什么叫数电票")
    assert talk.told(talk.knowledge.glossary["digital"].text) in talk.said
    assert talk.asked == asked


def test_an_answer_counts_beside_the_word_that_is_asked_for(talk: Talk) -> None:
    talk.says("抵扣勾选里找不到这张专票，供应商三个月前开的")
    assert talk.asked == "diagnose/kind"
    talk.says("数电票，对了所属期是啥")
    assert talk.draft.slots["kind"].text == "digital"
    assert talk.told(talk.knowledge.glossary["period"].text) in talk.said


def test_a_word_is_explained_to_whoever_only_wonders(talk: Talk) -> None:
    talk.says("核定扣除是啥意思")
    assert talk.told(talk.knowledge.glossary["agri-assessed"].text) in talk.said
    assert talk.conversation.progress is None


def test_whoever_wonders_what_a_question_is_for_is_told(talk: Talk) -> None:
    talk.says("抵扣勾选里找不到这张专票，供应商三个月前开的")
    talk.says("跟这有啥关系")
    assert talk.told(talk.knowledge.diagnosis.facts["kind"].why) in talk.said
    assert talk.asked == "diagnose/kind"


@pytest.mark.parametrize("text", ["我说过了", "刚不是说了吗，怎么还问", "都说了"])
def test_who_told_it_before_is_not_asked_again(talk: Talk, text: str) -> None:
    talk.says("抵扣勾选里找不到这张专票，供应商三个月前开的")
    assert talk.asked == "diagnose/kind"
    talk.says(text)
    assert talk.told(talk.texts.asked_again) in talk.said
    assert talk.asked != "diagnose/kind"


def test_what_is_known_is_not_called_unclear(talk: Talk) -> None:
    talk.says("抵扣勾选里找不到这张专票，供应商三个月前开的")
    talk.says("是专票，专用发票")
    assert talk.told(talk.texts.known_already) in talk.said
    assert talk.told(talk.texts.not_an_answer) not in talk.said


def test_a_guess_is_neither_confirmed_nor_passed_over(talk: Talk) -> None:
    talk.says("抵扣勾选里找不到这张专票，供应商三个月前开的")
    talk.says("是不是因为这个")
    assert talk.told(talk.texts.guess) in talk.said
    assert talk.asked == "diagnose/kind"


def test_thanks_for_a_remedy_are_taken_for_the_will_to_try_it(talk: Talk) -> None:
    talk.is_told_a_remedy()
    remedy = talk.asked
    talk.says("那行吧，谢谢老师")
    assert talk.asked == remedy
    assert talk.told(talk.texts.not_an_answer) not in talk.said


def test_thanks_are_heard_in_a_part_of_a_text(talk: Talk) -> None:
    talk.says("那我心里有数。谢谢老师")
    assert talk.told(talk.texts.welcome_again) in talk.said


@pytest.mark.parametrize("text", ["好的呀，那我先这样办。谢谢老师", "跳过。谢谢老师"])
def test_thanks_beside_a_wish_of_another_kind_are_thanks(talk: Talk, text: str) -> None:
    talk.says(text)
    assert talk.told(talk.texts.welcome_again) in talk.said


def test_a_question_beside_thanks_is_answered(talk: Talk) -> None:
    talk.says("谢谢老师，发票要盖章吗")
    assert talk.told(talk.texts.welcome_again) not in talk.said


def test_what_is_told_with_the_wish_for_a_human_is_not_asked_again(talk: Talk) -> None:
    talk.says("全量发票查询里查不到，供应商上个月开的，给我转人工")
    assert talk.conversation.progress is not None
    assert talk.conversation.progress.flow == "ticket"
    assert talk.draft.slots["symptom"].text == "nothing"
    assert talk.conversation.progress.step == "number"
    assert talk.draft.complaint


def test_a_form_asks_nothing_of_an_invoice_where_nobody_can_log_in(talk: Talk) -> None:
    talk.says("/human")
    talk.says("登录不了")
    assert talk.asked == "ticket/district"


def test_a_form_is_handed_over_when_its_person_fills_in_no_more(talk: Talk) -> None:
    talk.says("/human")
    talk.says("别填了")
    assert len(talk.tickets) == 1


def test_a_form_ends_when_it_works_meanwhile(talk: Talk) -> None:
    talk.says("/human")
    talk.says("改成全部以后出来了")
    assert talk.told(talk.texts.glad) in talk.said
    assert talk.conversation.progress is None
    assert not talk.tickets


def test_a_day_that_nobody_knows_is_taken_roughly_at_the_second_try(talk: Talk) -> None:
    talk.says("/human")
    talk.says("完全查不到")
    talk.says("跳过")
    assert talk.asked == "ticket/date"
    talk.says("两个礼拜前吧")
    assert talk.asked == "ticket/date"
    talk.says("就两个礼拜前")
    assert talk.asked == "ticket/amount"
    assert talk.draft.slots["age"].text == "month"
