"""Two people with the same invoice: staff see both tickets, neither person hears of the other."""

from __future__ import annotations

from bot.core.content.knowledge import Knowledge
from bot.core.evidence import intake
from bot.core.model.case import Case
from bot.loops.desk import Desk
from bot.loops.internal_events import shared
from bot.store import Arrival


def compare(desk: Desk, before: Case, case: Case) -> None:
    """Where an open ticket is about an invoice that it was not about before, tell both sides.

    Runs inside of a transaction, after the case is saved.
    """
    was, now = _invoices(desk.knowledge, before), _invoices(desk.knowledge, case)
    papers, arrivals = desk.store.papers, list[Arrival]()
    for number in was.keys() | now.keys():
        if was.get(number) == now.get(number):
            continue
        papers.about(number, now.get(number))
        others = papers.sharing(number)
        if others:
            arrivals.append(shared(case.id, number, [other for _, other in others]))
            arrivals += [shared(other_case, other, [number]) for other_case, other in others]
    if arrivals:
        desk.store.inbox.take(arrivals, desk.clock())


def _invoices(knowledge: Knowledge, case: Case) -> dict[str, str]:
    """The invoices of the open tickets that tell which they are about."""
    told = {
        t.number: intake.invoice(knowledge, t.slots) for t in case.tickets if t.status != "closed"
    }
    return {number: invoice for number, invoice in told.items() if invoice is not None}
