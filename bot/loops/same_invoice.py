"""Two people with the same invoice: staff see both tickets, neither person hears of the other."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.model.state import Decision, State
from bot.core.model.ticket import Ticket
from bot.loops.desk import Desk
from bot.loops.internal_events import shared
from bot.store import Arrival


def compare(desk: Desk, before: State, decision: Decision) -> None:
    """Where an open ticket is about an invoice that it was not about before, tell both sides.

    Runs inside of a transaction, after the tickets are kept.
    """
    was, now = _invoices(before.tickets.values()), _invoices(decision.tickets)
    case_id, arrivals = decision.conversation.id, list[Arrival]()
    for number in (number for number, invoice in now.items() if was.get(number) != invoice):
        others = desk.store.tickets.sharing(number)
        if others:
            arrivals.append(shared(case_id, number, [other for _, other in others]))
            arrivals += [shared(other_case, other, [number]) for other_case, other in others]
    if arrivals:
        desk.store.inbox.take(arrivals, desk.clock())


def _invoices(tickets: Iterable[Ticket]) -> dict[str, str]:
    """The invoices of the open ones that tell which they are about."""
    return {t.number: t.invoice for t in tickets if t.invoice and t.status != "closed"}
