"""A ticket in one line of a list: what it is about, whose it is, and how urgent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.content.knowledge import Knowledge
from bot.core.model.agents import Board
from bot.core.model.events import Way
from bot.core.model.ticket import Ticket
from bot.core.text import clock, private
from bot.core.text.render import Html, fill, linked, shortened
from bot.core.tickets import summary

NAME, SUMMARY, OWNER = 12, 16, 8
"""Characters of each in a line, so that it fits two of a phone."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class View:
    """For whom tickets are listed and when; of tickets at other tiers than `here` the tier is
    told, of `owners` the name.
    """

    knowledge: Knowledge
    at: datetime
    here: tuple[str, ...]
    owners: bool = True


def listed(view: View, board: Board, head: str, **values: object) -> Html:
    """The tickets of a board under a `head`, and how many there are more."""
    texts = view.knowledge.texts.agents
    more_yet = board.count >= board.counted
    known = texts.counted.format(count=board.count) if more_yet else board.count
    lines = [_line(view, ticket, board.ways) for ticket in board.tickets]
    left = board.count - len(board.tickets)
    more = [fill(texts.more, count=left)] if left > 0 and not more_yet else []
    return Html("\n".join([fill(head, count=known, **values), *lines, *more]))


def _line(view: View, ticket: Ticket, ways: Mapping[str, Way]) -> Html:
    knowledge, texts = view.knowledge, view.knowledge.texts.agents
    way = ways.get(ticket.number)
    line = fill(
        texts.line,
        sign=sign(knowledge, ticket),
        number=linked(ticket.number, way.link if way else ""),
        person=shortened(person(knowledge, ticket), NAME),
        summary=shortened(summary.shown(knowledge, ticket.summary), SUMMARY),
        when=when(knowledge, ticket, view.at),
    )
    if ticket.tier not in view.here:
        line = fill(texts.line_tier, line=line, tier=knowledge.tiers.named(ticket.tier).name)
    if view.owners and ticket.status != "closed":
        owner = shortened(ticket.owner.name, OWNER) if ticket.owner else texts.unowned
        line = fill(texts.line_owner, line=line, owner=owner)
    return line


def sign(knowledge: Knowledge, ticket: Ticket) -> str:
    """The sign for what became of a ticket, or that it was put off."""
    texts = knowledge.texts.agents
    return texts.sign_snoozed if ticket.snoozed_until else texts.signs[ticket.status]


def person(knowledge: Knowledge, ticket: Ticket) -> str:
    """Its person's name, as its room may show it."""
    if ticket.summary.kind == "erased":
        return knowledge.texts.staff.erased_person
    return private.hidden(ticket.name) or knowledge.texts.agents.no_name


def when(knowledge: Knowledge, ticket: Ticket, at: datetime) -> str:
    """When a ticket is due or since when it is overdue; of one that is not, when it was opened."""
    texts = knowledge.texts.agents
    if ticket.snoozed_until is not None:
        return clock.local(ticket.snoozed_until)
    if ticket.due_at is None:
        return texts.when_opened.format(day=day(ticket.opened_at))
    if ticket.due_at <= at:
        return texts.when_overdue.format(span=span(knowledge, at - ticket.due_at))
    if clock.day(ticket.due_at) == clock.day(at):
        return texts.when_today.format(time=clock.local(ticket.due_at).split()[1])
    return texts.when_due.format(day=day(ticket.due_at))


def day(at: datetime) -> str:
    """The day of a moment in Beijing as month and day."""
    return clock.local(at).split()[0]


def span(knowledge: Knowledge, of: timedelta) -> str:
    """How long something is, in one unit that is at most a day."""
    return next(text.format(count=count) for text, count in _units(knowledge, of) if count)


def _units(knowledge: Knowledge, of: timedelta) -> Iterator[tuple[str, int]]:
    texts = knowledge.texts.agents
    yield texts.span_days, of // DAY
    yield texts.span_hours, of // HOUR
    yield texts.span_minutes, max(1, of // timedelta(minutes=1))
