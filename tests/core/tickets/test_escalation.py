"""At a tier with a coordinator a ticket has an owner at once, who is asked for a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.content.knowledge import Coordinator
from bot.core.model.events import Said
from bot.core.model.message import Person

if TYPE_CHECKING:
    from tests.core.conftest import Talk

WANG_MIN = Person("telegram:9", "王敏")


@pytest.fixture
def coordinated(talk: Talk) -> Talk:
    """A ticket one tier below the highest, which 王敏 coordinates."""
    tiers = talk.knowledge.tiers
    *lower, last = tiers.tiers
    who = Coordinator(address=WANG_MIN.address, name=WANG_MIN.name)
    owned = replace(tiers, tiers=(*lower, replace(last, coordinator=who)))
    talk.knowledge = replace(talk.knowledge, tiers=owned)
    talk.gets_a_ticket(claimed=True)
    for tier in lower[1:]:
        escalates(talk, tier.name)
    return talk


def escalates(talk: Talk, above: str) -> None:
    talk.agent_presses(talk.staff.button_escalate)
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=above))


def test_an_agent_hands_up_and_the_coordinator_owns_it(coordinated: Talk) -> None:
    last = coordinated.knowledge.tiers.tiers[-1]
    escalates(coordinated, last.name)
    ticket = coordinated.ticket
    assert (ticket.tier, ticket.status, ticket.owner) == (last.id, "open", WANG_MIN)
    assert last.name in coordinated.said
    assert coordinated.told(coordinated.service.date_wanted) in coordinated.room
    assert f"promise:{ticket.number}" in coordinated.timers
    moved = [(r.what, r.agent) for r in coordinated.records[-1] if r.kind == "ticket"]
    assert [what for what, _ in moved] == ["escalated", "claimed"]
    assert moved[1][1] == WANG_MIN.address


def test_what_goes_up_by_itself_is_the_coordinators_too(coordinated: Talk) -> None:
    last, number = coordinated.knowledge.tiers.tiers[-1].id, coordinated.ticket.number
    while coordinated.ticket.tier != last:
        coordinated.wakes(f"clock:{number}")
    assert coordinated.ticket.owner == WANG_MIN
    assert coordinated.told(coordinated.service.date_wanted) in coordinated.room


def test_the_owner_is_reminded_by_name_and_answers_without_claiming(coordinated: Talk) -> None:
    escalates(coordinated, coordinated.knowledge.tiers.tiers[-1].name)
    coordinated.wakes(f"clock:{coordinated.ticket.number}")
    assert WANG_MIN.name in coordinated.room
    coordinated.agent(Said, WANG_MIN, text="您好，这张票由我跟进。")
    assert coordinated.relayed
    assert coordinated.ticket.waiting is not None
    assert coordinated.ticket.waiting.replied


def test_the_date_that_the_owner_sets_is_told_in_their_name(coordinated: Talk) -> None:
    escalates(coordinated, coordinated.knowledge.tiers.tiers[-1].name)
    coordinated.agent(Said, WANG_MIN, text="/next 周五")
    assert WANG_MIN.name in coordinated.said
    assert coordinated.ticket.next_date is not None
