"""People write in pieces. One that alone would only lead to an offer, an abstention, a greeting or
the beginning of a diagnosis is held for a moment, and read as one with what follows.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import timers
from bot.core.model.conversation import Piece
from bot.core.model.events import Said
from bot.core.model.message import Ref
from bot.core.turn import Turn


def joined(turn: Turn, event: Said) -> Said:
    """The message under what was held before it, which is held no longer."""
    before = turn.conversation.pieces
    if not before:
        return event
    _release(turn)
    return replace(event, text="\n".join((*(piece.text for piece in before), event.text)))


def hold(turn: Turn, event: Said) -> None:
    """Wait for the next piece; the time begins anew with each."""
    piece = Piece(event.who, event.ref, event.text, event.at)
    held = (*turn.conversation.pieces, piece)
    turn.conversation = replace(turn.conversation, pieces=held)
    turn.order(timers.wake(timers.Pieces(), turn.now + turn.knowledge.limits.pieces))


def whole(turn: Turn) -> Said | None:
    """What was held as one message, which is held no longer; None where nothing was."""
    pieces = turn.conversation.pieces
    if not pieces:
        return None
    _release(turn)
    last = pieces[-1]
    text = "\n".join(piece.text for piece in pieces)
    return Said(seq=turn.seq, at=last.at, who=last.who, ref=last.ref, text=text)


def reheld(turn: Turn, ref: Ref, text: str) -> bool:
    """A piece was edited; False where the message is none."""
    pieces = turn.conversation.pieces
    new = tuple(replace(each, text=text) if each.ref == ref else each for each in pieces)
    turn.conversation = replace(turn.conversation, pieces=new)
    return any(each.ref == ref for each in pieces)


def _release(turn: Turn) -> None:
    turn.conversation = replace(turn.conversation, pieces=())
    turn.order(timers.wake(timers.Pieces(), None))
