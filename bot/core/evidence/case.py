"""What is known of somebody's case, for the diagnosis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.content.knowledge import Knowledge
from bot.core.content.likelihood import Shares
from bot.core.diagnosis import known
from bot.core.diagnosis.belief import Belief, Known, belief
from bot.core.evidence import intake
from bot.core.model.conversation import Draft
from bot.core.model.extract import Told
from bot.core.model.ticket import Slot, Ticket


def of_draft(knowledge: Knowledge, draft: Draft, at: datetime) -> Known:
    """What is known before there is a ticket."""
    return _known(knowledge, draft.slots, draft.skipped, draft.told, draft.hints, at)


def of_ticket(knowledge: Knowledge, ticket: Ticket) -> Known:
    """What a ticket knows, as of when it was opened."""
    told, at = ticket.told, ticket.opened_at
    return _known(knowledge, ticket.slots, ticket.skipped, told, ticket.hints, at)


def likely(knowledge: Knowledge, ticket: Ticket) -> Belief:
    """What is to be thought of its causes; nothing where nothing is known."""
    case = of_ticket(knowledge, ticket)
    return belief(knowledge.diagnosis, case) if case.values or case.likely else {}


def _known(
    knowledge: Knowledge,
    slots: Mapping[str, Slot],
    skipped: Sequence[str],
    told: Sequence[Told],
    hints: Mapping[str, Shares],
    at: datetime,
) -> Known:
    invoice = intake.invoice_values(knowledge, slots, told)
    return known.known(knowledge.diagnosis, slots, skipped, invoice, hints, at)
