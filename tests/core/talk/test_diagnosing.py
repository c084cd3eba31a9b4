"""A veteran's talk: what was said counts, what is known is not asked, and it comes to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.content.script import REMEDY
from bot.core.model.effects import Button, Chat
from bot.core.model.extract import Extract, Told

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER = "26112000000012345678"
DIRECT = "别问了直接说怎么办"
"""Whoever says so is told the likeliest cause."""


def facts_asked(talk: Talk, by: str = "不清楚") -> list[str]:
    """Every fact that is asked from here to the first remedy, each answered with this."""
    asked: list[str] = []
    while (step := talk.asked.removeprefix("diagnose/")) in talk.knowledge.diagnosis.facts:
        asked.append(step)
        talk.says(by)
    return asked


def tried(talk: Talk) -> list[str]:
    """The causes whose remedy failed."""
    slots = talk.draft.slots
    return [key.removeprefix(REMEDY) for key, slot in slots.items() if slot.text == "failed"]


# what is known is not asked


def test_what_an_opening_tells_is_not_asked(talk: Talk) -> None:
    talk.says("昨天开的数电票在抵扣勾选里查不到")
    assert {"age", "kind", "place", "symptom"} <= talk.knows().keys()
    assert not {"age", "kind", "place", "symptom"} & {*facts_asked(talk)}


def test_what_was_said_while_the_faq_was_asked_is_not_asked_later(talk: Talk) -> None:
    talk.says("数电票的发票状态是什么意思")
    assert not talk.asked
    talk.says("昨天开的票查不到")
    assert talk.asked.startswith("diagnose/")
    assert "kind" not in facts_asked(talk)


def test_what_a_caption_tells_is_not_asked(talk: Talk) -> None:
    talk.attaches("photo", "昨天开的数电票在抵扣勾选里查不到")
    assert {"age", "kind", "place"} <= talk.knows().keys()
    assert not {"age", "kind", "place"} & {*facts_asked(talk)}


def test_what_a_number_and_a_day_tell_is_not_asked(talk: Talk) -> None:
    """They may come from a file or from words."""
    talk.says(f"号码{NUMBER}，2026-11-20开的，查不到")
    assert not {"kind", "province", "age"} & {*facts_asked(talk)}


def test_what_a_file_tells_amid_the_questions_is_not_asked(talk: Talk) -> None:
    talk.says("/diagnose")
    values = (Told("number", NUMBER, "qr"), Told("date", "2026-11-20", "qr"))
    talk.attaches("photo", says=Extract("picture", values, invoices=1))
    assert not {"kind", "province", "age"} & {*facts_asked(talk)}


def test_a_fact_told_beside_the_answer_is_not_asked(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("列表里没有，我在抵扣勾选里查的")
    assert talk.knows()["symptom"] == "完全查不到"
    assert talk.knows()["place"] == "抵扣勾选"
    assert "place" not in facts_asked(talk)


def test_a_fact_told_instead_of_the_answer_is_noted_and_the_talk_goes_on(talk: Talk) -> None:
    talk.says("昨天开的发票查不到")
    talk.goes_on(until="diagnose/place", by="不清楚")
    talk.says("是专票，供应商开给我们的")
    assert talk.knows()["party"] == "收票方（买方）"
    assert talk.asked == "diagnose/place"
    assert "party" not in facts_asked(talk)


def test_what_tells_another_fact_is_no_answer_to_the_one_that_is_asked(talk: Talk) -> None:
    talk.says("昨天开的发票查不到")
    talk.goes_on(until="diagnose/place", by="不清楚")
    talk.says("抬头开成个人了")
    assert talk.knows()["title"] == "开给个人了"
    assert "place" not in talk.knows()


def test_who_cannot_tell_is_not_asked_again(talk: Talk) -> None:
    talk.says("昨天开的发票查不到")
    asked = facts_asked(talk)
    assert len(asked) == len({*asked})
    while talk.asked.startswith("diagnose/"):
        talk.says("还是不行")
        asked += facts_asked(talk)
    assert len(asked) == len({*asked})
    assert talk.asked.startswith("ticket/")


def test_a_fact_is_said_back_by_its_label(talk: Talk) -> None:
    talk.says("昨天开的发票在抵扣勾选里查不到")
    place = talk.knowledge.diagnosis.facts["place"].value("deduct")
    assert place is not None
    assert place.label in talk.said


# a later word corrects an earlier one


@pytest.mark.parametrize(
    ("first", "then", "fact", "now"),
    [
        ("昨天开的数电票查不到", "说错了，是火车票", "kind", "铁路电子客票"),
        ("昨天开的数电票查不到", "刚才说错了，我记错了，是前年开的", "age", "一年以前"),
        ("昨天开的票在抵扣勾选里查不到", "点错了，我在税务数字账户里查的", "place", "税务数字账户"),
    ],
)
def test_a_later_word_corrects_an_earlier_one(
    talk: Talk, first: str, then: str, fact: str, now: str
) -> None:
    talk.says(first)
    assert fact in talk.knows()
    assert talk.knows()[fact] != now
    talk.says(then)
    assert talk.knows()[fact] == now
    assert now in talk.said
    assert talk.asked.startswith("diagnose/")


def test_to_take_something_back_tells_nothing_by_itself(talk: Talk) -> None:
    talk.says("昨天开的发票查不到")
    before, asked = talk.knows(), talk.asked
    talk.says("说错了")
    assert talk.told(talk.texts.wrong_what) in talk.said
    assert (talk.knows(), talk.asked) == (before, asked)


def test_a_corrected_age_takes_the_day_with_it_and_a_day_the_age(talk: Talk) -> None:
    talk.says("昨天开的发票查不到")
    talk.says("说错了，是上个月开的")
    assert talk.knows()["age"] == "一个月到一年"
    assert "date" not in talk.knows()
    talk.says("/human")
    talk.goes_on(until="ticket/date", by="跳过")
    talk.says("11月20日")
    assert talk.knows()["date"] == "2026-11-20"
    assert "age" not in talk.knows()


# remedies


def test_a_remedy_that_did_not_help_rules_out_its_cause_and_after_three_comes_the_ticket(
    talk: Talk,
) -> None:
    talk.says("昨天开的发票查不到")
    told: list[str] = []
    while talk.asked.startswith("diagnose/"):
        talk.says(DIRECT)
        told.append(talk.asked.removeprefix(f"diagnose/{REMEDY}"))
        assert told[-1] in talk.knowledge.diagnosis.causes
        talk.says("还是不行")
        assert tried(talk) == told
    assert len({*told}) == talk.knowledge.diagnosis.remedies == 3
    assert talk.asked == "ticket/number"
    assert talk.told(talk.knowledge.texts.diagnosis.hand_over) in talk.said


def test_what_the_faq_told_in_vain_is_ruled_out(talk: Talk) -> None:
    entries = talk.knowledge.entries.items()
    id_, entry = next((id_, e) for id_, e in entries if e.causes and len(e.causes) == 1)
    talk.says(entry.phrasings[0])
    assert talk.draft.matched is not None
    assert talk.draft.matched.entry == id_
    talk.says("还是不行")
    assert tried(talk) == list(entry.causes)
    assert talk.told(talk.texts.stuck) in talk.said


def test_a_remedy_says_what_it_is_what_to_do_and_asks_whether_it_helped(talk: Talk) -> None:
    talk.is_told_a_remedy()
    cause, texts = talk.knowledge.diagnosis.causes["just-issued"], talk.knowledge.texts.diagnosis
    assert talk.told(texts.looks_like, title=cause.title) in talk.said
    assert talk.told(cause.remedy) in talk.said
    assert talk.told(cause.check or texts.check) in talk.said
    talk.says("发票状态是什么意思")
    assert talk.told(texts.still, title=cause.title) in talk.said
    assert talk.told(cause.remedy) not in talk.said


def test_a_message_to_somebody_else_is_filled_with_what_is_known(talk: Talk) -> None:
    talk.says(f"昨天开的发票查不到，号码{NUMBER}")
    talk.says("对方说没有开成功，还是草稿")
    assert talk.asked == "diagnose/is-not-issued"
    assert NUMBER in talk.said


def test_it_works_is_the_end_and_everything_is_forgotten(talk: Talk) -> None:
    talk.is_told_a_remedy()
    talk.chooses("solved")
    assert not talk.asked
    assert not talk.knows()
    assert talk.told(talk.knowledge.texts.diagnosis.solved_say) in talk.said


# what is not understood


def test_what_is_not_understood_gets_one_line_and_the_second_time_it_goes_on(talk: Talk) -> None:
    talk.says("/diagnose")
    before = [b.data.split(":")[2] for b in buttons(talk)]
    talk.says("帮我写一首诗")
    assert talk.said == talk.told(talk.texts.not_an_answer)
    assert [b.data.split(":")[2] for b in buttons(talk)] == before
    assert talk.asked == "diagnose/symptom"
    talk.says("帮我写一首诗")
    assert talk.told(talk.texts.never_mind) in talk.said
    assert talk.asked == "diagnose/place"
    assert talk.draft.skipped == ("symptom",)


def buttons(talk: Talk) -> list[Button]:
    """The answers under what was said last."""
    sent = next(talk.sent(Chat))
    return [b for row in sent.buttons for b in row if b.data.startswith("opt:")]


def test_understood_once_more_it_has_patience_anew(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("帮我写一首诗")
    talk.says("列表里没有")
    assert talk.asked == "diagnose/kind"
    talk.says("帮我写一首诗")
    assert talk.asked == "diagnose/kind"


def test_a_question_in_a_step_is_answered_and_the_step_asked_again(talk: Talk) -> None:
    talk.says("昨天开的发票查不到")
    before = talk.asked, talk.knows()
    talk.says("发票状态是什么意思")
    assert talk.knowledge.entries["query-status-meaning"].title in talk.said
    assert talk.told(talk.texts.back_to_question) in talk.said
    assert (talk.asked, talk.knows()) == before


def test_a_hint_in_place_of_an_answer_moves_the_desk_on(talk: Talk) -> None:
    """Who was asked for the page, and says what smells of one cause, is not asked again."""
    talk.says("昨天开的发票查不到")
    talk.goes_on(until="diagnose/place", by="不清楚")
    talk.says("用的IE打开的")
    assert talk.draft.hints["cause"]["browser"] >= 0.3
    assert talk.asked != "diagnose/place"
    assert "place" not in talk.knows()


def test_words_of_the_first_message_lead_to_the_cause_at_which_they_hint(talk: Talk) -> None:
    talk.says("公司刚从上海迁到北京，以前的发票都查不到了")
    talk.says(DIRECT)
    assert talk.asked == "diagnose/is-company-moved"


@pytest.mark.parametrize("opening", ["/diagnose", "发票查不到", "昨天开的票查不到"])
def test_never_more_than_six_questions_before_the_first_remedy(talk: Talk, opening: str) -> None:
    talk.says(opening)
    assert len(facts_asked(talk)) <= 6
    assert talk.asked.startswith(f"diagnose/{REMEDY}")
