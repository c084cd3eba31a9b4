"""Every verdict of the FAQ is recorded with its candidates, and so is how its asker took it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Button
from bot.core.talk import verdicts
from bot.core.talk.verdicts import BEST, LONGEST
from bot.core.text.private import hidden

if TYPE_CHECKING:
    from tests.core.conftest import Talk

SURE, CLOSE, STRANGE = "发票状态是什么意思", "为什么不行", "帮我写一首诗"


@pytest.mark.parametrize(
    ("text", "what"), [(SURE, "answered"), (CLOSE, "offered"), (STRANGE, "abstained")]
)
def test_a_verdict_is_recorded_with_what_it_was_made_of(talk: Talk, text: str, what: str) -> None:
    talk.says(text)
    assert talk.recorded == [("verdict", what)]
    verdict, ranked = talk.record("verdict"), talk.knowledge.matcher.ranked(text)
    assert [id_ for id_, _ in verdict.candidates] == [each.id for each in ranked][:BEST]
    assert (verdict.entry, verdict.score) == verdict.candidates[0]
    assert (verdict.question, verdict.role, verdict.flow) == (text, "desk", "")
    if what == "offered":
        assert talk.conversation.offered == tuple(i for i, _ in verdict.candidates)[:4]


PRIVATE = {
    "telephone": "13800001234",
    "taxpayer": "91110108MA01A2B3C4",
    "identity card": "110101199003070037",
    "bank card": "6222021234567890128",
    "mail": "wangfang@example.cn",
    "wechat": "微信wangfang1990",
}


@pytest.mark.parametrize("value", PRIVATE.values(), ids=PRIVATE)
def test_what_identifies_somebody_is_masked_before_it_is_kept(talk: Talk, value: str) -> None:
    turn = talk.turn()
    verdicts.gave(turn, "answered", f"{SURE}？{value}", ())
    (recorded,) = turn.records
    assert recorded.question.startswith(f"{SURE}？")
    assert value not in str(recorded)
    assert hidden(recorded.question) == recorded.question


def test_of_a_question_no_private_value_is_recorded_and_not_all_of_a_long_one(talk: Talk) -> None:
    talk.says(f"{SURE}？我的电话是13800001234")
    assert "138****1234" in talk.record("verdict").question
    talk.says("讲个故事吧" * LONGEST)
    assert len(talk.record("verdict").question) == LONGEST
    secret = "13800001234"
    talk.says((SURE * LONGEST)[: LONGEST - 8] + secret)
    assert secret[:8] not in talk.record("verdict").question


def test_amid_a_flow_the_verdict_says_where_that_was(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says(SURE)
    verdict = talk.record("verdict")
    assert (verdict.flow, verdict.step, verdict.what) == ("diagnose", "symptom", "answered")
    talk.says(STRANGE)
    assert ("verdict", "abstained") not in talk.recorded


def test_an_answer_given_while_an_agent_is_waited_for_names_the_ticket(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    talk.says(SURE)
    verdict = talk.record("verdict")
    assert (verdict.what, verdict.ticket) == ("answered", number)


@pytest.mark.parametrize(
    ("text", "then", "what", "how"),
    [
        (SURE, "button_helped", "helped", "button"),
        (SURE, "button_not_helped", "not_helped", "button"),
        (SURE, "好了", "helped", "words"),
        (SURE, "还是不行", "not_helped", "words"),
        (SURE, "转人工", "human", "words"),
        (CLOSE, "button_none_of_these", "none", "button"),
        (CLOSE, "2", "chosen", "words"),
        (STRANGE, "button_human", "human", "button"),
        (STRANGE, "button_diagnose", "diagnosed", "button"),
    ],
)
def test_how_a_verdict_was_taken_names_its_event(
    talk: Talk, text: str, then: str, what: str, how: str
) -> None:
    talk.says(text)
    asked, offered = len(talk.events), talk.conversation.offered
    label = getattr(talk.texts, then, None)
    if label is None:
        talk.says(then)
    else:
        talk.presses(label)
    judged = talk.record("judgement")
    assert (judged.what, judged.how, judged.role, judged.verdict) == (what, how, "person", asked)
    assert judged.entry == (offered[1] if what == "chosen" else "")


def test_a_button_judges_the_answer_under_which_it_stands(talk: Talk) -> None:
    talk.says(SURE)
    first = len(talk.events)
    old = talk.button(talk.texts.button_not_helped)
    talk.says("怎么打印发票")
    talk.presses(old)
    assert talk.record("judgement").verdict == first
    talk.says("转人工")
    assert talk.record("judgement").verdict == first + 1


def test_one_of_the_offered_is_chosen_and_then_judged_itself(talk: Talk) -> None:
    talk.says(CLOSE)
    entry = talk.conversation.offered[0]
    talk.presses(Button("", f"faq:{entry}"))
    chosen = talk.record("judgement")
    assert (chosen.what, chosen.verdict, chosen.entry) == ("chosen", 1, entry)
    talk.says("没用")
    judged = talk.record("judgement")
    assert (judged.what, judged.verdict) == ("not_helped", 2)


def test_an_entry_that_was_found_on_a_shelf_is_recorded_and_judged(talk: Talk) -> None:
    entry = next(iter(talk.knowledge.entries))
    talk.presses(Button("", f"faq:{entry}"))
    shown = talk.record("verdict")
    assert (shown.what, shown.entry, shown.candidates) == ("shown", entry, ())
    talk.presses(talk.texts.button_helped)
    assert (talk.record("judgement").what, talk.record("judgement").verdict) == ("helped", 1)


def test_an_entry_that_is_not_there_any_more_is_not_recorded_as_shown(talk: Talk) -> None:
    talk.presses(Button("", "faq:gone"))
    assert not any(talk.records)


def test_what_is_judged_twice_is_recorded_once(talk: Talk) -> None:
    talk.says(SURE)
    for _ in range(3):
        talk.presses(talk.texts.button_helped)
    assert [each.kind for some in talk.records for each in some] == ["verdict", "judgement"]


@pytest.mark.parametrize("seq", ["", "0", "99", "-1", "x", "²", "9" * 30])
def test_a_button_that_was_never_offered_judges_nothing(talk: Talk, seq: str) -> None:
    talk.presses(Button("", f"helped:{seq}"))
    talk.presses(Button("", f"noneof:{seq}"))
    assert not any(talk.records)


def test_a_wish_for_a_human_after_something_else_judges_no_answer(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says(SURE)
    talk.chooses("nothing")
    talk.says("转人工")
    assert ("judgement", "human") not in talk.recorded
