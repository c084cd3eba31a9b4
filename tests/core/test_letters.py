"""Words that a person can copy for whoever else must act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.core.content.knowledge import Knowledge
from bot.core.model.effects import Send
from bot.core.model.ticket import Slot
from bot.core.talk import letters
from bot.core.text.render import known_parts, pairs_parts, plain

if TYPE_CHECKING:
    from bot.core.talk.letters import Reader
    from tests.core.conftest import Talk

NUMBER = "26112000000012345678"
KNOWN = {
    "number": Slot(NUMBER),
    "date": Slot("2026-03-20"),
    "amount": Slot("1234.50"),
    "seller": Slot("北京甲乙丙科技有限公司 91110108MA01A2B3CX"),
    "buyer": Slot("北京丁戊商贸有限公司"),
    "symptom": Slot("nothing"),
    "is-query-range": Slot("failed"),
    "tried": Slot("换过浏览器"),
}
READERS: tuple[Reader, ...] = ("seller", "hotline", "hall")


def copied(html: str) -> str:
    """What a tap copies."""
    (words,) = re.findall("<code>(.*)</code>", html, re.DOTALL)
    return plain(words)


@pytest.mark.parametrize("reader", READERS)
def test_all_that_is_known_stands_in_it(talk: Talk, reader: Reader) -> None:
    words = copied(letters.to(talk.turn(), reader, KNOWN))
    tried = talk.knowledge.diagnosis.causes["query-range"].title
    for told in (NUMBER, "2026年3月20日", "1,234.50 元", "完全查不到", tried, "换过浏览器"):
        assert told in words
    assert "北京丁戊商贸有限公司" in words
    assert "*" not in words


@pytest.mark.parametrize("reader", READERS)
def test_of_what_is_not_known_nothing_is_said(talk: Talk, reader: Reader) -> None:
    html = letters.to(talk.turn(), reader, {})
    texts = talk.knowledge.texts.letters
    assert talk.told(texts.copy_without_number, who=texts.readers[reader]) in plain(html)
    natural(copied(html))


def natural(words: str) -> None:
    """No hole where something was to be filled in."""
    assert not re.search(r"[\[\]{}]|（[），]|，[，。]|：。|。。|[（，：]$|  ", words)


def test_every_cause_reads_well_whatever_is_known(talk: Talk, knowledge: Knowledge) -> None:
    for cause in knowledge.diagnosis.causes.values():
        for known in ({}, *({key: slot} for key, slot in KNOWN.items()), KNOWN):
            if html := letters.of_cause(talk.turn(), cause, known):
                natural(copied(html))


def test_a_part_stands_where_all_of_it_is_known() -> None:
    template = "一张发票[，号码 {number}][（{seller} 开给 {buyer}）]。"
    assert known_parts(template, ()) == "一张发票。"
    assert known_parts(template, {"number", "seller"}) == "一张发票，号码 {number}。"
    assert known_parts(template, {"seller", "buyer"}) == "一张发票（{seller} 开给 {buyer}）。"


@pytest.mark.parametrize("template", ["[{number}", "{number}]", "[[{number}]]", "[没有]"])
def test_a_part_without_its_other_half_or_a_name_is_refused(template: str) -> None:
    assert pairs_parts("[号码 {number}]。")
    assert not pairs_parts(template)


def test_the_ticket_offers_it_and_asks_for_whom(talk: Talk) -> None:
    talk.says(f"发票查不到，号码 {NUMBER}")
    number = talk.gets_a_ticket().number
    talk.says("/ticket")
    talk.presses(talk.texts.button_letter)
    assert talk.told(talk.knowledge.texts.letters.to_whom) in talk.said
    talk.presses(talk.knowledge.texts.letters.readers["hall"])
    sent = next(e for e in talk.effects if isinstance(e, Send))
    assert copied(sent.text) == copied(letters.to(talk.turn(), "hall", talk.ticket.slots))
    assert NUMBER in copied(sent.text)
    assert talk.ticket.number == number


def test_of_a_ticket_that_is_closed_nothing_is_written(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("/ticket")
    write = talk.button(talk.texts.button_letter)
    talk.presses(talk.texts.button_withdraw)
    talk.presses(talk.texts.button_withdraw)
    assert talk.ticket.status == "closed"
    talk.presses(write)
    assert talk.responses[0].text == talk.texts.stale


@pytest.mark.parametrize(
    ("text", "reader"),
    [("怎么跟销售方说", "seller"), ("打12366怎么说", "hotline"), ("去办税厅怎么说", "hall")],
)
def test_words_that_name_somebody_are_for_them(talk: Talk, text: str, reader: Reader) -> None:
    talk.gets_a_ticket()
    talk.says(text)
    assert plain(letters.to(talk.turn(), reader, talk.ticket.slots)) in talk.said


@pytest.mark.parametrize("text", ["给我一段话发给对方", "帮我写段话", "有没有话术"])
def test_others_are_asked_for_whom(talk: Talk, text: str) -> None:
    talk.gets_a_ticket()
    talk.says(text)
    assert talk.told(talk.knowledge.texts.letters.to_whom) in talk.said


def test_before_there_is_a_ticket_the_question_that_waits_comes_again(talk: Talk) -> None:
    talk.says(f"发票查不到，号码 {NUMBER}")
    asked = talk.asked
    assert asked
    talk.says("怎么跟销售方说")
    sent = [e for e in talk.effects if isinstance(e, Send)]
    assert NUMBER in copied(sent[0].text)
    assert talk.asked == asked
    assert sent[-1].buttons
