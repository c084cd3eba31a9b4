"""After a remedy: it helped, it failed, or its person asks back, tries, or wants a human."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.core.conftest import Talk

REMEDY = "diagnose/is-just-issued"


@pytest.mark.parametrize(
    "text",
    [
        "换成开具了 出来了!!都在 谢谢",
        "全出来啦 不用人工了",
        "能打开了，谢谢您",
        "找到了，是我看错了",
    ],
)
def test_who_found_it_in_any_words_is_done(talk: Talk, text: str) -> None:
    talk.is_told_a_remedy()
    talk.says(text)
    assert talk.told(talk.knowledge.texts.diagnosis.solved_say) in talk.said
    assert not talk.asked


@pytest.mark.parametrize("text", ["照着弄了，还是没有", "弄了半天还是看不到"])
def test_what_did_not_help_is_ruled_out(talk: Talk, text: str) -> None:
    talk.is_told_a_remedy()
    talk.says(text)
    assert talk.asked != REMEDY
    assert talk.draft.slots["is-just-issued"].text == "failed"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("那你们这边能看到吗，我心里没底", "cannot_explain"),
        ("我这就去看看", "try_it"),
        ("我不会弄这个", "cannot_try"),
    ],
)
def test_who_asks_back_or_tries_has_the_remedy_still(talk: Talk, text: str, reply: str) -> None:
    talk.is_told_a_remedy()
    for _ in range(4):
        talk.says(text)
        assert talk.asked == REMEDY
        assert "is-just-issued" not in talk.draft.slots
    assert talk.told(getattr(talk.knowledge.texts.diagnosis, reply)) in talk.said


def test_a_question_the_faq_knows_is_answered_and_the_remedy_still_waits(talk: Talk) -> None:
    talk.is_told_a_remedy()
    talk.says("发票状态是什么意思")
    assert talk.knowledge.entries["query-status-meaning"].title in talk.said
    assert talk.asked == REMEDY


@pytest.mark.parametrize("text", ["没空找号。来个人", "没用 转个人吧", "别问了，叫个人来"])
def test_a_human_is_asked_for_beside_anything(talk: Talk, text: str) -> None:
    talk.is_told_a_remedy()
    talk.says(text)
    assert talk.told(talk.texts.human) in talk.said


def test_whether_somebody_is_there_is_a_greeting(talk: Talk) -> None:
    talk.says("哈喽有人吗")
    assert talk.said == talk.told(talk.texts.hello)


@pytest.mark.parametrize("text", ["红冲是什么意思", "勾选又是啥"])
def test_who_asks_what_a_word_means_tells_nothing(talk: Talk, text: str) -> None:
    talk.is_told_a_remedy()
    before = talk.knows()
    talk.says(text)
    assert talk.knows() == before


def test_who_picks_none_of_what_was_offered_has_a_case(talk: Talk) -> None:
    talk.says("老板叫我接手管进项，昨儿才把我加上去")
    assert talk.conversation.offered
    talk.says("还是没那个入口")
    assert talk.asked.startswith("diagnose/")


def test_a_seller_is_told_no_words_for_the_seller(talk: Talk) -> None:
    talk.says("我是开票方，客户说没收到，软件里显示这张票还没上传")
    assert talk.asked == "diagnose/is-not-uploaded"
    assert "转给开票方" not in talk.said
