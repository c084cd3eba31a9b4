"""Whoever says something where no person hears it is told so, and shown the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.content.texts import Staff
from bot.core.model.effects import Chat, Group, Respond, Send
from bot.core.model.events import Pressed, Unheard, Way, Why
from bot.core.text.render import Html, fill
from bot.core.turn import Turn

TOLD: Mapping[Why, Callable[[Staff], str]] = {
    "notice": lambda staff: staff.notice,
    "unknown": lambda staff: staff.reply_unknown,
    "left": lambda staff: staff.left_topic,
    "gone": lambda staff: staff.gone,
    "over": lambda staff: staff.over,
    "button": lambda staff: staff.old_button,
}
WAYS: Mapping[str, Callable[[Staff], str]] = {
    "topic": lambda staff: staff.way_topic,
    "card": lambda staff: staff.way_card,
    "reply": lambda staff: staff.way_reply,
}


def unheard(turn: Turn, event: Unheard) -> None:
    """Tell it where it was said, as the answer to it."""
    staff, what = turn.knowledge.texts.staff, event.what
    text = TOLD[event.why](staff)
    if isinstance(what, Pressed):
        return turn.order(Respond(to=Chat(what.ref.chat), query=what.query, text=text))
    told = fill(text, number=event.ticket, where=_way(staff, event.way))
    return turn.order(Send(to=Group(event.tier, what.thread), text=told, reply_to=what.ref))


def _way(staff: Staff, way: Way | None) -> Html:
    return fill(WAYS[way.by](staff), number=way.ticket, link=way.link) if way else Html()
