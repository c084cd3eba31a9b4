"""The ways on under everything the FAQ says: the diagnosis and a human, in few rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.app.load import folder, load
from bot.core.buttons import BeginFlow, ShowEntry, data
from bot.core.model.effects import Button, Chat, Send
from bot.matching import Suggest

if TYPE_CHECKING:
    from tests.core.conftest import Talk

KNOWLEDGE = load(folder())
NAMED = re.compile(r"下面的「(.+?)」")
HOW = "发票状态是什么意思"


def rows(talk: Talk) -> list[list[Button]]:
    """The rows of buttons under the first message of the last turn that has any."""
    sent = [e for e in reversed(list(talk.sent(Chat))) if isinstance(e, Send) and e.buttons]
    return [list(row) for row in sent[0].buttons]


def labels(talk: Talk) -> list[list[str]]:
    return [[button.label for button in row] for row in rows(talk)]


def every_label(talk: Talk) -> list[str]:
    return [label for row in labels(talk) for label in row]


def unsure(talk: Talk) -> str:
    """A question to which several entries come close."""
    texts = ("电子发票怎么下载", "开票怎么下载", "怎么下载", "怎么开", "怎么登记")
    verdict = talk.knowledge.matcher.verdict
    return next(text for text in texts if isinstance(verdict(text), Suggest))


@pytest.mark.parametrize("entry", sorted(KNOWLEDGE.entries))
def test_an_answer_has_its_related_entries_and_two_rows_more(talk: Talk, entry: str) -> None:
    talk.says(f"/start faq-{entry}")
    related = KNOWLEDGE.entries[entry].related
    *choices, told, ways = rows(talk)
    assert [b.data for row in choices for b in row] == [data(ShowEntry(each)) for each in related]
    assert [b.label for b in told] == [talk.texts.button_helped, talk.texts.button_not_helped]
    assert {b.label for b in ways} == {talk.texts.button_diagnose, talk.texts.button_human}


def test_where_an_entry_leads_to_a_human_that_comes_first(talk: Talk) -> None:
    leads = {str(entry.next): id_ for id_, entry in KNOWLEDGE.entries.items()}
    talk.says(f"/start faq-{leads['None']}")
    assert labels(talk)[-1][0] == talk.texts.button_diagnose
    talk.says(f"/start faq-{leads['human']}")
    assert labels(talk)[-1][0] == talk.texts.button_human


def test_an_offer_has_its_choices_and_one_row_more(talk: Talk) -> None:
    talk.says(unsure(talk))
    *choices, ways = rows(talk)
    assert [b.data for row in choices for b in row] == [
        data(ShowEntry(each)) for each in talk.conversation.offered
    ]
    texts = talk.texts
    assert [b.label for b in ways] == [
        texts.button_none_of_these,
        texts.button_diagnose,
        texts.button_human,
    ]


def test_an_abstention_has_both_ways_in_two_rows(talk: Talk) -> None:
    talk.says("帮我写一首诗")
    assert len(rows(talk)) == 2
    assert labels(talk)[0] == [talk.texts.button_diagnose, talk.texts.button_human]


@pytest.mark.parametrize(
    ("flow", "entry"),
    [
        ("human", "query-not-shown"),
        ("human", "print-how"),
        *(("diagnose", id_) for id_, e in KNOWLEDGE.entries.items() if NAMED.search(e.answer)),
    ],
)
def test_amid_a_flow_an_answer_has_every_button_that_it_names(
    talk: Talk, flow: str, entry: str
) -> None:
    talk.says(f"/{flow}")
    link = Button("", data(ShowEntry(entry)))
    talk.presses(link)
    shown = labels(talk)
    assert shown[-1] in (
        [talk.texts.button_diagnose, talk.texts.button_human],
        [talk.texts.button_human, talk.texts.button_diagnose],
    )
    for name in NAMED.findall(KNOWLEDGE.entries[entry].answer):
        assert any(name in label for row in shown for label in row)


def test_the_way_to_the_diagnosis_pressed_amid_it_leads_on_from_where_it_stands(
    talk: Talk,
) -> None:
    talk.says("/diagnose")
    talk.says(HOW)
    asked, trail = talk.asked, talk.conversation.progress
    talk.presses(Button("", data(BeginFlow("diagnose"))))
    assert talk.asked == asked
    assert talk.conversation.progress is not None
    assert trail is not None
    assert talk.conversation.progress.trail == trail.trail


def test_a_field_that_is_corrected_names_the_ways_out_that_it_has(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/summary", by="跳过")
    talk.presses(talk.texts.button_edit)
    talk.presses(talk.knowledge.fields["date"].label)
    for _ in range(2):
        talk.says("蓝色的那种大鲸鱼")
        assert talk.texts.button_human_now in every_label(talk)


@pytest.mark.parametrize("text", ["急急急", "什么玩意"])
def test_words_that_name_a_human_have_the_button_also_where_nothing_is_asked(
    talk: Talk, text: str
) -> None:
    talk.says(text)
    assert "「转人工」" in talk.said
    assert talk.texts.button_human in every_label(talk)
