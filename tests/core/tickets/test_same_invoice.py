"""Everybody who reported the same invoice: each room is told of the others, no person is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.core.content.knowledge import Knowledge
from bot.core.decide import decide
from bot.core.model.effects import Edit, Room, Send, Tell
from bot.core.model.events import Informed
from bot.core.model.facts import Reported, Shared
from bot.core.model.state import About
from bot.core.tickets.same_invoice import MOST

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER = "25112000000012345678"


def is_told(talk: Talk, *others: str) -> None:
    talk.happens(Informed, to=f"ticket:{talk.ticket.number}", fact=Shared(others))


def tells(talk: Talk) -> list[Tell]:
    return [effect for effect in talk.effects if isinstance(effect, Tell)]


def sent(talk: Talk) -> list[Send]:
    return [e for turn in talk.turns for e in turn if isinstance(e, Send) and e.key == "shared"]


def test_a_ticket_that_is_about_an_invoice_tells_it_so_once(talk: Talk) -> None:
    talk.says(f"查不到发票，号码是{NUMBER}")
    talk.gets_a_ticket()
    assert tells(talk) == [Tell(to=f"invoice:{NUMBER}", fact=Reported())]
    talk.says("还是查不到")
    assert tells(talk) == []


def test_an_invoice_tells_each_open_ticket_of_those_of_other_people(
    knowledge: Knowledge, talk: Talk
) -> None:
    about = About(tickets=(("F1", 1), ("F2", 2), ("F3", 2)))
    told = Informed(seq=1, at=talk.at, to=f"invoice:{NUMBER}", fact=Reported())
    assert decide(about, told, knowledge).effects == (
        Tell(to="ticket:F1", fact=Shared(("F2", "F3"))),
        Tell(to="ticket:F2", fact=Shared(("F1",))),
        Tell(to="ticket:F3", fact=Shared(("F1",))),
    )
    alone = About(tickets=(("F2", 2), ("F3", 2)))
    assert decide(alone, told, knowledge).effects == ()


def test_agents_are_told_once_and_the_person_is_not(talk: Talk) -> None:
    talk.gets_a_ticket()
    is_told(talk, "F9999")
    assert "F9999" in talk.room
    assert not talk.said
    is_told(talk, "F9999")
    assert not talk.effects


def test_eight_tickets_about_one_invoice_are_one_message_in_each_room(
    new_talk: Callable[[], Talk],
) -> None:
    first = new_talk()
    first.gets_a_ticket()
    others = tuple(f"F{n}" for n in range(7))
    for count in range(1, 8):
        is_told(first, *others[:count])
    (message,) = sent(first)
    assert message.to == Room(first.ticket.number, first.ticket.tier)
    edits = [e for e in first.effects if isinstance(e, Edit) and e.key == "shared"]
    assert all(other in edits[-1].text for other in others)
    assert first.ticket.shared == others


def test_of_very_many_it_is_told_that_they_are_many_and_no_more(talk: Talk) -> None:
    talk.gets_a_ticket()
    is_told(talk, *(f"F{n}" for n in range(MOST)))
    is_told(talk, *(f"F{n}" for n in range(1, MOST + 1)))
    assert len(talk.ticket.shared) == MOST


def test_a_ticket_that_was_closed_meanwhile_hears_nothing(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    is_told(talk, "F9999")
    assert not talk.effects
