"""Words for somebody else, which a person wishes for: of their ticket, or of what they told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from bot.core.buttons import WriteTo, button
from bot.core.model.ticket import Slot
from bot.core.talk import flow, letters
from bot.core.talk.letters import Reader
from bot.core.text.render import fill
from bot.core.turn import Turn
from bot.matching.text import normalise

DRAFT = "draft"
"""In the place of a ticket's number: what was told before there is one."""


def wished(turn: Turn, text: str) -> None:
    """In words, which may name whom they are for; a question that waits comes again."""
    named = _named(turn, text)
    _write(turn, turn.number or DRAFT, named)
    if turn.progress is not None:
        flow.repeat(turn, fill(turn.talk.back_to_question))


def pressed(turn: Turn, press: WriteTo) -> bool:
    """By a button; False where its ticket is not open any more."""
    if press.ticket != (turn.number or DRAFT):
        return False
    _write(turn, press.ticket, None if press.reader == "ask" else press.reader)
    return True


def _write(turn: Turn, ticket: str, reader: Reader | None) -> None:
    texts = turn.knowledge.texts.letters
    if reader is not None:
        return turn.say(letters.to(turn, reader, _known(turn)))
    choice = (button(texts.readers[each], WriteTo(ticket, each)) for each in get_args(Reader))
    return turn.say(fill(texts.to_whom), (tuple(choice),))


def _known(turn: Turn) -> Mapping[str, Slot]:
    return turn.ticket.slots if turn.ticket is not None else turn.draft.slots


def _named(turn: Turn, text: str) -> Reader | None:
    """Whom a text names, by the authors' names of them; of several nobody."""
    said = normalise(text)
    names = turn.knowledge.texts.letters.names
    found = [each for each in get_args(Reader) if any(normalise(n) in said for n in names[each])]
    return found[0] if len(found) == 1 else None
