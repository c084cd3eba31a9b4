"""A ticket is merged into another open one of the same person, and of nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Room, Send, Tell, Topic
from bot.core.model.events import Informed
from bot.core.model.facts import Merged
from bot.core.model.ticket import Slot
from bot.core.text.render import plain
from tests.core.conftest import COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER = Slot("25112000000012345678")


@pytest.fixture
def two(talk: Talk) -> Talk:
    """王芳 has F9999 at another address as well."""
    talk.gets_a_ticket(claimed=True)
    talk.says("号码是 25112000000012345678")
    talk.memory.twin = replace(talk.ticket, number="F9999", tier="technical")
    return talk


def test_it_is_closed_and_the_other_room_gets_all_of_it(two: Talk) -> None:
    number = two.ticket.number
    two.agent_says("/tag 红冲")
    two.agent_says("/merge f9999")
    assert two.ticket.status == "closed"
    there = Room("F9999", "technical")
    told = "\n".join(plain(s.text) for s in two.effects if isinstance(s, Send) and s.to == there)
    assert two.told(two.agents.merged_here, number=number) in told
    assert "号码是" in told
    assert two.told(two.agents.merged_into, by="小李", number="F9999") in two.room
    assert two.said == two.told(two.agents.merged_person, number=number, into="F9999")
    (tell,) = (effect for effect in two.effects if isinstance(effect, Tell))
    assert tell.to == "ticket:F9999"
    assert isinstance(tell.fact, Merged)
    assert (tell.fact.ticket, tell.fact.tags) == (number, ("红冲",))
    assert tell.fact.slots["number"].text == NUMBER.text
    (topic,) = (effect for effect in two.effects if isinstance(effect, Topic))
    assert topic.closed
    assert ("ticket", "merged") in two.recorded


@pytest.mark.parametrize("said", ["", "那张", "F2222"])
def test_only_another_ticket_of_the_person_takes_it(two: Talk, said: str) -> None:
    two.memory.twin = None
    two.agent_says(f"/merge {said}")
    told = two.agents.merge_stranger.format(number=said) if said == "F2222" else ""
    assert two.room == (told or two.told(two.agents.merge_how))
    assert two.ticket.status == "open"


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_what_is_over_takes_nothing(two: Talk, status: str) -> None:
    assert two.memory.twin is not None
    two.memory.twin = replace(two.memory.twin, status=status)  # type: ignore[arg-type]
    two.agent_says("/merge F9999")
    assert two.room == two.told(two.staff.not_now)
    two.agent_says("/merge F9999", who=COLLEAGUE)
    assert two.ticket.status == "open"


def test_what_was_known_of_it_fills_the_other(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    fact = Merged("F9999", {"number": NUMBER}, tags=("红冲",))
    for _ in range(2):
        talk.happens(Informed, to=f"ticket:{number}", fact=fact)
    assert talk.ticket.slots["number"] == NUMBER
    assert talk.ticket.tags == ("红冲",)
    assert NUMBER.text in talk.room
