"""王芳 at two addresses: she writes from home and from the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision, Needs
from bot.core.model.ticket import Summary, Ticket
from bot.store.protocol import Store
from tests.addresses import WANG, on_telegram

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
INVOICE = "25112000000012345678"
OFFICE, CHEN = on_telegram(1003), on_telegram(1002)
TICKET = Ticket(
    number="F2222",
    summary=Summary("nothing"),
    status="open",
    tier="frontline",
    opened_at=AT,
    invoice=INVOICE,
)
LATER = replace(TICKET, number="F2223", opened_at=AT + timedelta(hours=1))
DELETE = Needs(elsewhere=True)


def talk(address: str) -> Conversation:
    return Conversation(
        id=subject.conversation(address), address=address, person=Person(address, "王芳")
    )


def writes(store: Store, address: str, *tickets: Ticket, at: float = 1.0) -> None:
    """Somebody is heard at this address, and has these tickets."""
    store.conversations.keep(Decision(conversation=talk(address), tickets=tickets), at)


def earlier(store: Store, address: str) -> list[str]:
    """The tickets that are brought to somebody who writes at this address."""
    state = store.conversations.state(talk(address), Needs())
    return [each.number for each in state.earlier]


def joined(store: Store) -> None:
    """She has a ticket at each, and it is known that she is one."""
    writes(store, WANG, TICKET, at=5.0)
    writes(store, OFFICE, LATER, at=3.0)
    store.people.join(subject.conversation(WANG), OFFICE)
