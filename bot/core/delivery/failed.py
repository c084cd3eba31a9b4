"""What happened and could not be decided: staff know, and nobody waits for an answer."""

from __future__ import annotations

from bot.core.model.effects import Respond, Role, Send
from bot.core.model.events import Failed
from bot.core.model.roles import OPERATORS
from bot.core.text.render import fill, plain
from bot.core.turn import Turn


def failed(turn: Turn, event: Failed) -> None:
    """The operators are told first, then whoever wrote or pressed: the person, or the agent."""
    staff = turn.knowledge.texts.staff
    notice = fill(staff.failed, seq=event.seq, error=event.error)
    turn.order(Send(to=Role(OPERATORS), text=notice))
    if event.to is None:
        return
    sorry = fill(turn.talk.apology if event.private else staff.failed_here)
    if event.query:
        turn.order(Respond(to=event.to, query=event.query, text=plain(sorry), alert=True))
    else:
        turn.order(Send(to=event.to, text=sorry, reply_to=event.ref))
