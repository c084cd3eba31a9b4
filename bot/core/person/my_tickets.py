"""What a person sees of their tickets: those that are open and past, and how each went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.core.buttons import ShowTicket, ShowTickets, button
from bot.core.content.knowledge import Knowledge
from bot.core.evidence import slots
from bot.core.model.effects import Button, Buttons
from bot.core.model.record import Happened
from bot.core.model.state import MINE
from bot.core.model.ticket import Brief, Ticket
from bot.core.talk import reopening
from bot.core.text.clock import local
from bot.core.text.render import Html, fill, joined, rows, shortened
from bot.core.tickets import lifecycle, summary
from bot.core.turn import Turn

LABEL = 30
"""Characters of a button that names a ticket."""


def listed(turn: Turn, *, but: str = "") -> tuple[Html, Buttons]:
    """A page of the person's tickets and a button for each; nothing where there are none, or only
    the one with the number `but`.
    """
    texts, mine = turn.knowledge.texts.progress, turn.state.mine
    page = mine[:MINE]
    if not [each for each in page if each.number != but]:
        return Html(), ()
    lines = "\n".join(_line(turn, each) for each in page)
    buttons = rows((_open(turn, each) for each in page), 2)
    if len(mine) > MINE:
        skip = turn.state.skipped + MINE
        buttons = (*buttons, (button(texts.button_more, ShowTickets(skip)),))
    return Html(f"{fill(texts.mine)}\n{lines}"), buttons


def more(turn: Turn, press: ShowTickets) -> bool:
    """The next page; False where there is none."""
    text, buttons = listed(turn)
    if not text:
        return False
    turn.say(text, buttons)
    return True


def show(turn: Turn, press: ShowTicket) -> bool:
    """How one of them went, and what is known of it; False where it is not theirs."""
    ticket, texts = turn.state.shown, turn.knowledge.texts.progress
    if ticket is None:
        return False
    head = fill(
        texts.one,
        number=ticket.number,
        summary=summary.shown(turn.knowledge, ticket.summary),
        status=turn.talk.statuses[ticket.status],
    )
    happened = steps(turn.knowledge, turn.state.happened)
    went = _section(texts.went, (Html(f"{local(at)} {step}") for at, step in happened))
    known = _section(texts.known, slots.values(turn.knowledge, ticket.slots))
    turn.say(joined(head, went, known), _ways(turn, ticket))
    return True


def _ways(turn: Turn, ticket: Ticket) -> Buttons:
    here = ticket.number in turn.tickets and turn.ticket is None
    return lifecycle.ways_back(turn, ticket) if here and reopening.may(turn, ticket) else ()


def _line(turn: Turn, brief: Brief) -> Html:
    return fill(
        turn.knowledge.texts.progress.mine_one,
        number=brief.number,
        status=turn.talk.statuses[brief.status],
        summary=summary.shown(turn.knowledge, brief.summary),
        opened=local(brief.opened_at),
    )


def _open(turn: Turn, brief: Brief) -> Button:
    about = f"{brief.number} {summary.shown(turn.knowledge, brief.summary)}"
    return button(shortened(about, LABEL), ShowTicket(brief.number))


def steps(knowledge: Knowledge, happened: Sequence[Happened]) -> Iterator[tuple[datetime, Html]]:
    """When each change of its state was, in words."""
    for each in happened:
        told = knowledge.texts.progress.steps.get(each.what)
        if told is None:
            continue
        field = knowledge.fields.get(each.field)
        said = fill(
            told,
            tier=knowledge.tiers.named(each.tier).name,
            field=field.label if field else each.field,
        )
        yield each.at, said


def _section(head: str, lines: Iterable[Html]) -> Html:
    body = "\n".join(lines)
    return Html(f"{fill(head)}\n{body}") if body else Html()
