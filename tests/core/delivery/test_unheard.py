"""Whoever is heard by nobody, or whose message failed, reads so where they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from bot.core.content.knowledge import Knowledge
from bot.core.decide import decide
from bot.core.delivery import outdated
from bot.core.delivery.unheard import TOLD, WAYS
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Effect, Group, Relay, Respond, Role, Room, Send
from bot.core.model.events import Event, Failed, Pressed, Said, Unheard, Way, Why
from bot.core.model.message import Person, Ref
from bot.core.model.roles import OPERATORS
from bot.core.model.state import State
from bot.core.text.render import plain

if TYPE_CHECKING:
    from tests.core.conftest import Talk

LI, REF = Person("telegram:7", "小李"), Ref("telegram:-1", 9)
NOBODY = Conversation(id="desk:", address="", person=Person("", ""))


def decided(talk: Talk, event: Event) -> tuple[Effect, ...]:
    return decide(State(conversation=NOBODY), event, talk.knowledge).effects


def said(talk: Talk) -> Said:
    return Said(seq=1, at=talk.at, who=LI, ref=REF, thread=5, group=True, text="答复")


@pytest.mark.parametrize("why", sorted({*get_args(Why)} - {"button"}))
@pytest.mark.parametrize("way", [None, Way("F2222", "topic", "https://t.me/c/1/2")])
def test_a_word_that_nobody_hears_is_answered_in_its_place(
    talk: Talk, why: Why, way: Way | None
) -> None:
    event = Unheard(
        seq=1, at=talk.at, tier="frontline", why=why, what=said(talk), ticket="F2222", way=way
    )
    (told,) = decided(talk, event)
    assert isinstance(told, Send)
    assert (told.to, told.reply_to) == (Group("frontline", 5), REF)
    leads = "{where}" in TOLD[why](talk.staff)
    assert ("https://t.me/c/1/2" in told.text) is (leads and way is not None)


@pytest.mark.parametrize("by", WAYS)
def test_every_way_names_the_ticket(talk: Talk, by: str) -> None:
    way = Way("F2222", by, "https://t.me/c/1/2")  # type: ignore[arg-type]
    event = Unheard(seq=1, at=talk.at, tier="frontline", why="left", what=said(talk), way=way)
    (told,) = decided(talk, event)
    assert isinstance(told, Send)
    assert "F2222" in plain(told.text)


def test_a_button_of_no_room_is_answered_to_whoever_presses(talk: Talk) -> None:
    press = Pressed(seq=1, at=talk.at, who=LI, ref=REF, group=True, data="old", query="q1")
    event = Unheard(seq=1, at=talk.at, tier="", why="button", what=press)
    answer = Respond(to=Chat(REF.chat), query="q1", text=talk.staff.old_button)
    assert decided(talk, event) == (answer,)


ROOM = Room("F2222", "frontline")


@pytest.mark.parametrize(
    ("to", "private", "query"),
    [
        (None, False, ""),
        (Chat("telegram:1"), True, ""),
        (Chat("telegram:1"), True, "q1"),
        (Chat("telegram:-1"), False, "q1"),
        (ROOM, False, ""),
    ],
)
def test_of_what_failed_the_operators_know_and_whoever_waits(
    talk: Talk, to: Chat | Room | None, private: bool, query: str
) -> None:
    ref = REF if to == ROOM else None
    event = Failed(
        seq=8, at=talk.at, error="KeyError", to=to, private=private, query=query, ref=ref
    )
    notice, *others = decided(talk, event)
    assert isinstance(notice, Send)
    assert notice.to == Role(OPERATORS)
    assert plain(notice.text) == talk.told(talk.staff.failed, seq="8", error="KeyError")
    assert len(others) == (to is not None)
    sorry = talk.told(talk.texts.apology if private else talk.staff.failed_here)
    for other in others:
        assert isinstance(other, Respond if query else Send)
        assert (other.to, plain(other.text)) == (to, sorry)
        assert getattr(other, "reply_to", None) == ref


ANSWER = Send(to=Chat("telegram:1"), text="答复", key="faq:1")


@pytest.mark.parametrize(
    ("effect", "waited", "old"),
    [
        (ANSWER, outdated.OLD, True),
        (ANSWER, outdated.OLD - 1, False),
        (Send(to=Chat("telegram:1"), text="请问？", key="step:1"), outdated.OLD, False),
        (Relay(to=Chat("telegram:1"), items=()), outdated.OLD, False),
    ],
)
def test_only_an_answer_of_the_faq_grows_old(
    effect: Send | Relay, waited: float, old: bool
) -> None:
    assert outdated.is_old(effect, waited) is old


def test_the_last_of_old_answers_says_that_others_were_left_out(knowledge: Knowledge) -> None:
    assert outdated.said(ANSWER, knowledge, unsaid=True, follows=True) is None
    assert outdated.said(ANSWER, knowledge, unsaid=False, follows=False) == ANSWER
    last = outdated.said(ANSWER, knowledge, unsaid=True, follows=False)
    assert isinstance(last, Send)
    assert plain(last.text) == f"{knowledge.texts.talk.outdated}\n\n答复"
