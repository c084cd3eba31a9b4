"""A file that says something else than its person did: they are asked which is right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from bot.core.model.conversation import Conversation
from bot.core.model.effects import Send
from bot.core.model.extract import Extract, Key, Told
from bot.store.codec import Codec
from bot.store.conversations import CONVERSATION

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER, OTHER = "26112000000012345678", "26112000000087654321"


def invoice(**values: str) -> Extract:
    """A picture of an invoice of eight months ago, but for these values."""
    usual = {"kind": "32", "number": NUMBER, "date": "2026-03-20", "amount": "1234.50"}
    told = {**usual, **values}
    return Extract("picture", tuple(Told(cast(Key, key), told[key], "qr") for key in told))


def sides(talk: Talk) -> tuple[str, str]:
    """The labels of the two buttons."""
    latest = next(e for e in talk.effects[::-1] if isinstance(e, Send) and e.buttons)
    (said,), (read,), *_ = latest.buttons
    return said.label, read.label


def settled(talk: Talk) -> dict[str, str]:
    """What was chosen, by what it was of."""
    return {each.of: each.right for each in talk.draft.conflicts}


def waits_for_the_other_day(talk: Talk) -> None:
    """Told that it was just issued, the person wants to be asked again tomorrow."""
    talk.says("刚开的发票对方在税务数字账户查不到，数电票")
    talk.goes_on(until="diagnose/is-just-issued", by="不清楚")
    talk.chooses("later")
    assert talk.conversation.reminder == "diagnose/again-just-issued"


def test_which_is_right_is_asked_before_anything_goes_on(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    progress = talk.conversation.progress
    assert progress is not None
    assert progress.settling == "age"
    texts = talk.knowledge.texts.diagnosis
    assert sides(talk) == (
        texts.button_said.format(value="今天"),
        texts.button_file.format(value="2026年3月20日"),
    )
    assert "2026年3月20日" in talk.said
    assert talk.knows()["age"] == "今天"
    assert "date" not in talk.draft.slots


@pytest.mark.parametrize("reply", ["文件上的", "第二个", "2", "3月20日", "照片上的对", "我说错了"])
def test_the_file_is_chosen_in_words(talk: Talk, reply: str) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    talk.says(reply)
    assert settled(talk) == {"age": "file"}
    assert talk.draft.slots["date"].text == "2026-03-20"
    assert "age" not in talk.draft.slots


@pytest.mark.parametrize("reply", ["我说的对", "第一个", "1", "今天", "文件是错的"])
def test_what_was_said_is_chosen_in_words(talk: Talk, reply: str) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    talk.says(reply)
    assert settled(talk) == {"age": "said"}
    assert talk.knows()["age"] == "今天"
    assert "date" not in talk.draft.slots


def test_an_old_invoice_is_not_put_off_until_tomorrow(talk: Talk) -> None:
    waits_for_the_other_day(talk)
    talk.attaches("photo", says=invoice())
    talk.presses(sides(talk)[1])
    assert talk.conversation.reminder is None
    assert "step:diagnose/again-just-issued" not in talk.timers
    assert talk.asked not in ("", "diagnose/is-just-issued")


def test_whose_word_stands_is_asked_again_tomorrow(talk: Talk) -> None:
    waits_for_the_other_day(talk)
    talk.attaches("photo", says=invoice())
    talk.presses(sides(talk)[0])
    assert talk.conversation.reminder == "diagnose/again-just-issued"


def test_a_remedy_that_was_told_is_taken_back(talk: Talk) -> None:
    talk.says("刚开的发票对方在税务数字账户查不到，数电票")
    talk.goes_on(until="diagnose/is-just-issued", by="不清楚")
    talk.attaches("photo", says=invoice())
    file = sides(talk)[1]
    talk.presses(talk.knowledge.diagnosis.replies["later"].label)
    assert talk.responses[0].text == talk.texts.stale
    talk.presses(file)
    assert talk.asked != "diagnose/is-just-issued"


def test_several_are_asked_one_after_another(talk: Talk) -> None:
    talk.attaches("photo", "11月21号开的票查不到，金额1300", says=invoice())
    assert "2026年11月21日" in sides(talk)[0]
    talk.presses(sides(talk)[1])
    assert sides(talk) == ("我说的：￥1,300.00", "文件上：￥1,234.50")
    talk.presses(sides(talk)[0])
    assert settled(talk) == {"date": "file", "amount": "said"}
    assert talk.draft.slots["date"].text == "2026-03-20"
    assert talk.draft.slots["amount"].text == "1300.00"
    assert "age" not in talk.draft.slots


def test_a_net_sum_is_no_contradiction(talk: Talk) -> None:
    talk.attaches("photo", "发票查不到，金额1100", says=invoice(net="1100.00"))
    assert settled(talk) == {}


def test_a_party_is_the_same_with_its_taxpayer_id(talk: Talk) -> None:
    with_id = invoice(seller="北京甲乙丙科技有限公司", seller_id="91110108MA01A2B3CX")
    talk.attaches("photo", "发票查不到，销售方北京甲乙丙科技有限公司", says=with_id)
    assert settled(talk) == {}
    assert talk.draft.slots["seller"].text == "北京甲乙丙科技有限公司 91110108MA01A2B3CX"


def test_another_buyer_is_asked_for(talk: Talk) -> None:
    talk.attaches(
        "photo",
        "发票查不到，购买方北京丁戊商贸有限公司",
        says=invoice(buyer="北京己庚贸易有限公司"),
    )
    assert settled(talk) == {"buyer": ""}
    talk.says("北京己庚贸易有限公司")
    assert settled(talk) == {"buyer": "file"}


def test_in_the_form_as_well(talk: Talk) -> None:
    talk.says("/human")
    talk.chooses("nothing")
    talk.says(OTHER)
    talk.attaches("photo", says=invoice())
    assert settled(talk) == {"number": ""}
    assert talk.asked == "ticket/date"
    talk.says("文件")
    assert talk.draft.slots["number"].text == NUMBER
    assert talk.asked == "ticket/seller"


def test_a_file_of_another_number_is_one_of_another_invoice(talk: Talk) -> None:
    talk.says("/human")
    talk.chooses("nothing")
    talk.says(OTHER)
    talk.attaches("photo", says=invoice())
    talk.says("我说的")
    assert talk.draft.slots["number"].text == OTHER
    assert not {"date", "amount"} & talk.draft.slots.keys()
    assert talk.draft.told == ()
    assert talk.asked == "ticket/date"


def test_what_is_right_may_be_neither(talk: Talk) -> None:
    talk.attaches("photo", "11月21号开的票查不到", says=invoice())
    talk.says("2026年11月3日")
    assert talk.draft.slots["date"].text == "2026-11-03"
    assert settled(talk) == {"date": "said"}


def test_what_else_is_told_counts_and_the_question_comes_again(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    file = sides(talk)[1]
    old = talk.button(file)
    talk.says("在勾选平台看不到")
    assert talk.knows()["place"] == "抵扣勾选"
    assert settled(talk) == {"age": ""}
    talk.presses(old)
    assert talk.responses[0].text == talk.texts.stale
    assert settled(talk) == {"age": ""}
    talk.presses(file)
    assert settled(talk) == {"age": "file"}


def test_whoever_goes_on_without_an_answer_is_not_held_up(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    talk.says("在勾选平台看不到")
    talk.says("是数电票")
    progress = talk.conversation.progress
    assert progress is not None
    assert progress.settling is None
    assert settled(talk) == {"age": ""}
    assert talk.gets_a_ticket().conflicts == talk.ticket.conflicts != ()


def test_what_is_not_understood_twice_goes_on(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    talk.says("啊啊啊啊")
    assert talk.told(talk.texts.not_an_answer) in talk.said
    talk.says("呃呃呃呃")
    assert talk.told(talk.texts.never_mind) in talk.said


def test_a_question_is_answered_and_the_conflict_asked_again(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    talk.says("发票怎么红冲？")
    assert talk.knowledge.entries["issue-red"].title in talk.said
    assert "2026年3月20日" in sides(talk)[1]


def test_what_was_new_then_is_not_new_the_next_day(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.passes(hours=1)
    talk.says("在勾选平台看不到")
    talk.passes(hours=22)
    talk.attaches("photo", says=invoice(date="2026-11-24"))
    assert settled(talk) == {}


def test_the_same_file_again_asks_nothing_again(talk: Talk) -> None:
    talk.attaches("photo", "11月21号开的票查不到", says=invoice())
    talk.says("我说的对")
    talk.attaches("photo", says=invoice())
    assert settled(talk) == {"date": "said"}
    assert talk.draft.slots["date"].text == "2026-11-21"
    progress = talk.conversation.progress
    assert progress is not None
    assert progress.settling is None


def test_it_lasts_as_long_as_the_conversation(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    codec: Codec[Conversation] = Codec(CONVERSATION)
    assert codec.value(codec.text(talk.conversation)) == talk.conversation
    bare = replace(talk.conversation, draft=talk.draft.anew())
    assert bare.draft.conflicts == ()


def test_a_fact_that_the_authors_took_away_is_not_asked_for(talk: Talk) -> None:
    talk.says("刚开的发票对方查不到")
    talk.attaches("photo", says=invoice())
    diagnosis = talk.knowledge.diagnosis
    facts = {id_: fact for id_, fact in diagnosis.facts.items() if id_ != "age"}
    talk.knowledge = replace(talk.knowledge, diagnosis=replace(diagnosis, facts=facts))
    talk.says("在勾选平台看不到")
    assert talk.draft.conflicts == ()
