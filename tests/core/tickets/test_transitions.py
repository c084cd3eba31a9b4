"""A ticket's life is recorded: what happened, who did it, and how it stands before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.model.events import Said
from bot.core.model.record import Record
from bot.core.tickets.transitions import DONE
from tests.core.conftest import AGENT, COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def moves(talk: Talk) -> list[Record]:
    return [each for some in talk.records for each in some if each.kind == "ticket"]


def told(record: Record) -> tuple[object, ...]:
    return (record.what, record.role, record.agent, record.to_status, record.to_tier, record.owner)


def test_a_life_of_a_ticket_reads_as_it_was(talk: Talk) -> None:
    lower, tier = talk.knowledge.tiers.tiers[:2]
    first, second = lower.id, tier.id
    li, zhou = AGENT.address, COLLEAGUE.address
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_presses(talk.staff.button_ask)
    talk.agent_presses(talk.knowledge.fields["seller"].label)
    talk.says("北京晨光文具有限公司")
    talk.agent_says("/escalate")
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=tier.name))
    talk.agent(Said, COLLEAGUE, text="/claim")
    talk.agent(Said, COLLEAGUE, text="/resolve")
    talk.presses(talk.texts.button_unresolved)
    talk.agent(Said, COLLEAGUE, text="/resolve")
    talk.presses(talk.texts.button_resolved)
    assert [told(each) for each in moves(talk)] == [
        ("opened", "person", "", "new", first, ""),
        ("claimed", "agent", li, "open", first, li),
        ("asked", "agent", li, "pending", first, li),
        ("answered", "person", "", "open", first, li),
        ("escalated", "agent", li, "new", second, ""),
        ("claimed", "agent", zhou, "open", second, zhou),
        ("resolved", "agent", zhou, "resolved", second, zhou),
        ("reopened", "person", "", "open", second, zhou),
        ("resolved", "agent", zhou, "resolved", second, zhou),
        ("confirmed", "person", "", "closed", second, zhou),
    ]
    assert {each.ticket for each in moves(talk)} == {number}
    assert [each.field for each in moves(talk) if each.field] == ["seller", "seller"]


def test_who_takes_over_and_who_gives_back_is_told(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent(Said, COLLEAGUE, text="/claim")
    talk.agent(Said, COLLEAGUE, text="/take")
    talk.agent(Said, COLLEAGUE, text="/release")
    *_, taken, released = moves(talk)
    assert told(taken)[:4] == ("taken", "agent", COLLEAGUE.address, "open")
    assert (released.what, released.owner, released.to_status) == ("released", "", "new")


@pytest.mark.parametrize("what", ["expired", "withdrawn", "erased"])
def test_by_whom_and_why_a_ticket_was_closed_is_told(talk: Talk, what: str) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    if what == "expired":
        talk.agent_says("/resolve")
        talk.wakes(f"confirm:{number}")
    elif what == "withdrawn":
        talk.says("/cancel")
        talk.presses(talk.texts.button_withdraw)
    else:
        talk.says("/delete")
        talk.presses(talk.texts.button_delete)
    closed = moves(talk)[-1]
    assert (closed.what, closed.role) in DONE.values()
    assert (closed.what, closed.to_status) == (what, "closed")
    assert closed.role == ("desk" if what == "expired" else "person")
