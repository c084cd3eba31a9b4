"""What may be asked for at any time, in commands and in plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core import timers
from bot.core.decide import decide
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Edit, Forget, Room, Topic
from bot.core.model.events import Woke
from bot.core.model.message import Person
from bot.core.model.state import State
from bot.core.model.ticket import Summary
from bot.core.person.commands import COMMANDS
from tests.core.promises import Stands

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def test_the_menu_shows_just_the_commands_there_are(talk: Talk) -> None:
    assert talk.knowledge.texts.commands.private.keys() == COMMANDS.keys()


@pytest.mark.parametrize("text", ["/HELP", "/help  ", "/help\n请问"])
def test_a_command_is_understood_however_it_is_written(talk: Talk, text: str) -> None:
    talk.says(text)
    assert talk.said == talk.told(talk.texts.help)


@pytest.mark.parametrize("text", ["/", "/nosuch", "/ help me", "/帮助"])
def test_any_other_command_is_told_what_there_is(talk: Talk, text: str) -> None:
    talk.says(text)
    assert talk.told(talk.texts.help) in talk.said


def test_a_person_is_greeted_by_name(talk: Talk) -> None:
    talk.says("/start")
    assert talk.told(talk.texts.welcome, name=talk.conversation.person.name) in talk.said


def test_a_link_may_begin_the_diagnosis(talk: Talk) -> None:
    talk.says("/start diagnose")
    assert talk.asked == "diagnose/symptom"


@pytest.mark.parametrize("payload", ["faq-nosuch", "nosuch"])
def test_a_link_that_leads_nowhere_greets(talk: Talk, payload: str) -> None:
    talk.says(f"/start {payload}")
    assert talk.told(talk.texts.welcome, name=talk.conversation.person.name) in talk.said


@pytest.mark.parametrize("wish", ["/human", "转人工", "我要人工！！", "zhuanrengong"])
def test_a_human_is_one_wish_and_one_button_away(talk: Talk, wish: str) -> None:
    talk.says(wish)
    assert talk.asked.startswith("ticket/")
    talk.presses(talk.texts.button_human_now)
    assert talk.ticket.status == "new"


def test_insisting_on_a_human_needs_no_more_questions(talk: Talk) -> None:
    talk.says("转人工")
    talk.says("转人工")
    assert talk.ticket.status == "new"
    assert not talk.asked


def test_who_has_a_ticket_is_told_who_has_it(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    talk.says("/human")
    tier = talk.knowledge.tiers.named(talk.ticket.tier).name
    assert talk.told(talk.texts.human_has_it, number=number, tier=tier) in talk.said
    assert len(talk.tickets) == 1


def test_how_the_ticket_stands_is_told(talk: Talk) -> None:
    talk.says("/ticket")
    assert talk.told(talk.texts.no_ticket) in talk.said
    number = talk.gets_a_ticket(claimed=True).number
    talk.says("/ticket")
    for part in (number, talk.texts.statuses["open"], "小李"):
        assert part in talk.said


def test_cancel_leaves_the_flow_before_it_touches_the_ticket(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    talk.says("/diagnose")
    talk.says("/cancel")
    assert talk.told(talk.texts.cancelled) in talk.said
    talk.says("/cancel")
    assert talk.told(talk.texts.withdraw, number=number) in talk.said
    assert talk.ticket.status == "new"


def test_cancel_with_nothing_to_cancel_says_so(talk: Talk) -> None:
    talk.says("/cancel")
    assert talk.told(talk.texts.nothing_to_cancel) in talk.said


def test_a_ticket_withdrawn_once_cannot_be_withdrawn_again(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("/cancel")
    yes = talk.button(talk.texts.button_withdraw)
    talk.presses(yes)
    talk.presses(yes)
    assert [r.text for r in talk.responses] == [talk.told(talk.texts.stale)]
    assert len(talk.effects) == 1


def test_deleting_leaves_nothing_of_the_person(talk: Talk) -> None:
    talk.attaches("photo", "我的发票")
    talk.says("/human")
    talk.says("25112000000012345678")
    talk.presses(talk.texts.button_human_now)
    number = talk.ticket.number
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    assert talk.stands == Stands(talk.start, (), 0)
    assert Forget() in talk.effects
    assert talk.told(talk.staff.erased) in talk.room
    assert number in talk.room
    for trace in ("25112000000012345678", "我的发票", "王", "wang"):
        assert trace not in talk.room


def test_deleting_without_a_ticket_forgets_the_name_too(talk: Talk) -> None:
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    assert talk.stands == Stands(talk.start, (), 0)
    assert not talk.room


def test_keeping_the_data_changes_nothing(talk: Talk) -> None:
    talk.gets_a_ticket()
    before = talk.tickets
    talk.says("/delete")
    talk.presses(talk.texts.button_keep_data)
    assert talk.told(talk.texts.data_kept) in talk.said
    assert Forget() not in talk.effects
    assert [t.status for t in talk.tickets] == [t.status for t in before]


def test_a_question_from_before_the_deletion_does_not_come_back(talk: Talk) -> None:
    talk.says("/diagnose")
    old = talk.button(talk.texts.button_cancel)
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    talk.says("/diagnose")
    talk.presses(old)
    assert [r.text for r in talk.responses] == [talk.told(talk.texts.stale)]
    assert talk.asked == "diagnose/symptom"


def test_the_open_ticket_is_blanked_at_once_and_closed_ones_in_their_turn(talk: Talk) -> None:
    for _ in range(3):
        talk.gets_a_ticket()
        talk.says("/cancel")
        talk.presses(talk.texts.button_withdraw)
    number = talk.gets_a_ticket().number
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    blanked = [each for each in talk.effects if isinstance(each, Edit | Topic)]
    rooms = [(each.to.ticket, each.news) for each in blanked if isinstance(each.to, Room)]
    assert rooms == [(number, False)] * 2


def test_the_card_of_a_closed_ticket_names_nobody_and_holds_up_nobody(talk: Talk) -> None:
    closed = replace(talk.gets_a_ticket(), status="closed", slots={}, summary=Summary("erased"))
    nobody = Conversation(id="forgotten", address="", person=Person("", ""))
    state = State(conversation=nobody, tickets={closed.number: closed})
    timer = timers.wake(timers.Blank(closed.number), None).what
    card, topic = decide(state, Woke(seq=9, at=talk.at, what=timer), talk.knowledge).effects
    assert isinstance(card, Edit)
    assert isinstance(topic, Topic)
    assert (card.key, card.news, card.buttons, topic.news, topic.closed) == (
        ("card", True, (), True, True)
    )
    assert talk.staff.erased_person in card.text
    assert closed.number in topic.title
    gone = decide(replace(state, tickets={}), Woke(seq=9, at=talk.at, what=timer), talk.knowledge)
    assert gone.effects == ()
