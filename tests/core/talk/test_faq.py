"""Sure answers, close offers, honest abstention, and a way on under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app.load import folder, load
from bot.core.model.effects import Button, Chat, Edit
from bot.core.talk.faq import LABEL
from bot.core.tickets.card import card
from bot.matching import Suggest

if TYPE_CHECKING:
    from tests.core.conftest import Talk

KNOWLEDGE = load(folder())


def labels(talk: Talk) -> list[str]:
    return [b.label for e in talk.sent(Chat) for row in e.buttons for b in row]


def close_call(talk: Talk) -> str:
    """A question to which several entries come close."""
    texts = ("电子发票怎么下载", "开票怎么下载", "怎么下载", "怎么开", "为什么不行", "怎么登记")
    verdict = talk.knowledge.matcher.verdict
    return next(text for text in texts if isinstance(verdict(text), Suggest))


WAYS = 4
"""Buttons beside related entries: it helped, it did not, the diagnosis, a human."""


@pytest.mark.parametrize("entry", sorted(KNOWLEDGE.entries))
def test_each_entry_opens_by_its_link_and_leads_on(talk: Talk, entry: str) -> None:
    talk.says(f"/start faq-{entry}")
    assert talk.knowledge.entries[entry].title in talk.said
    assert len(labels(talk)) == len(talk.knowledge.entries[entry].related) + WAYS


def test_a_sure_answer_is_told_and_kept_for_the_ticket(talk: Talk) -> None:
    talk.says("发票状态是什么意思")
    title = talk.knowledge.entries["query-status-meaning"].title
    assert title in talk.said
    assert talk.draft.matched is not None
    assert talk.draft.matched.entry == "query-status-meaning"
    assert talk.gets_a_ticket().matched == talk.tickets[0].matched
    assert title in card(talk.turn(), talk.ticket)


def test_a_close_call_is_offered_and_opened_by_its_button(talk: Talk) -> None:
    talk.says(close_call(talk))
    *offered, none, diagnose, human = labels(talk)
    texts = talk.texts
    ways = (texts.button_none_of_these, texts.button_diagnose, texts.button_human)
    assert (none, diagnose, human) == ways
    assert len(offered) > 1
    talk.presses(offered[0])
    assert offered[0].rstrip("…") in talk.said


def test_none_of_these_offers_other_ways(talk: Talk) -> None:
    talk.says(close_call(talk))
    talk.presses(talk.texts.button_none_of_these)
    assert talk.texts.button_human in labels(talk)


def test_what_is_not_known_is_not_answered(talk: Talk) -> None:
    talk.says("帮我写一首诗")
    assert talk.told(talk.texts.abstain) in talk.said
    assert labels(talk)[0] == talk.texts.button_diagnose


def test_after_two_abstentions_a_human_comes_first(talk: Talk) -> None:
    talk.says("帮我写一首诗")
    talk.says("西红柿炒蛋要放糖")
    assert talk.told(talk.texts.abstain_again) in talk.said
    assert labels(talk)[0] == talk.texts.button_human


def test_an_answer_in_between_starts_the_count_anew(talk: Talk) -> None:
    talk.says("帮我写一首诗")
    talk.says("发票状态是什么意思")
    talk.says("西红柿炒蛋要放糖")
    assert talk.told(talk.texts.abstain) in talk.said


def test_it_helped_takes_the_buttons_off_that_answer(talk: Talk) -> None:
    talk.says("发票状态是什么意思")
    asked = len(talk.events)
    talk.says("帮我写一首诗")
    talk.presses(talk.texts.button_helped)
    edits = [(e.key, e.buttons) for e in talk.effects if isinstance(e, Edit)]
    assert edits == [(f"faq:{asked}", ())]
    assert talk.told(talk.texts.glad) in talk.said


def test_every_entry_is_found_by_browsing(talk: Talk) -> None:
    talk.says("/faq")
    seen: list[str] = []
    for shelf in labels(talk):
        talk.presses(shelf)
        seen += [label for label in labels(talk) if label != talk.texts.button_categories]
    titles = [entry.title for entry in talk.knowledge.entries.values()]
    assert sorted(seen) == sorted(t if len(t) <= LABEL else f"{t[: LABEL - 1]}…" for t in titles)


def test_an_entry_that_is_gone_leads_to_the_shelves(talk: Talk) -> None:
    talk.presses(Button("?", "faq:no-such-entry"))
    assert talk.told(talk.texts.entry_gone) in talk.said
    assert labels(talk)


def test_an_answer_amid_a_flow_has_no_buttons_of_its_own(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.says("发票状态是什么意思")
    assert talk.texts.button_helped not in labels(talk)


@pytest.mark.parametrize("text", ["2", "第二个", "选2"])
def test_an_offered_entry_may_be_picked_by_its_place(talk: Talk, text: str) -> None:
    talk.says(close_call(talk))
    second = talk.conversation.offered[1]
    talk.says(text)
    assert talk.told(talk.knowledge.entries[second].title) in talk.said
    talk.says("1")
    assert talk.conversation.abstained == 1


def test_a_place_names_nothing_any_more_once_a_button_was_pressed(talk: Talk) -> None:
    talk.says(close_call(talk))
    talk.presses(talk.texts.button_none_of_these)
    talk.says("1")
    assert talk.conversation.abstained == 1
