"""What the desk ordered could not be done: nobody is left believing that it was."""

from __future__ import annotations

from bot.core import card
from bot.core.effects import Chat, Group, Relay, Room, Send, Topic
from bot.core.events import Undeliverable
from bot.core.render import fill, plain, shortened
from bot.core.turn import Turn

EXCERPT = 60


def undeliverable(turn: Turn, event: Undeliverable) -> None:
    """Show the agents what did not arrive and why; make a room again that somebody deleted."""
    match getattr(event.effect, "to", None):
        case Chat():
            _not_to_person(turn, event)
        case Room() as room:
            _not_to_room(turn, event, room)


def _not_to_person(turn: Turn, event: Undeliverable) -> None:
    if event.reason == "blocked":
        return blocked(turn, blocked=True)
    if turn.ticket is not None and isinstance(event.effect, Send | Relay):
        staff = turn.knowledge.texts.staff
        reason = getattr(staff, f"reason_{event.reason}")
        text = fill(staff.undelivered, what=_excerpt(turn, event), reason=reason)
        turn.tell_room(turn.ticket, text)
    return None


def _excerpt(turn: Turn, event: Undeliverable) -> str:
    effect = event.effect
    if isinstance(effect, Send):
        return shortened(" ".join(plain(effect.text).split()), EXCERPT)
    refs = {item.ref for item in effect.items} if isinstance(effect, Relay) else set()
    lines = turn.ticket.talk if turn.ticket else ()
    texts = [line.text for line in lines if line.item is not None and line.item.ref in refs]
    return shortened(" ".join(texts), EXCERPT)


def _not_to_room(turn: Turn, event: Undeliverable, room: Room) -> None:
    ticket = turn.case.named(room.ticket)
    if ticket is None or ticket.tier != room.tier:
        return
    staff = turn.knowledge.texts.staff
    if event.reason == "no_topic":
        card.introduce(turn, ticket.number, history=True)
        turn.tell_room(ticket, fill(staff.topic_again))
    elif event.reason == "no_group":
        other = next((t for t in turn.knowledge.tiers.tiers if t.id != room.tier), None)
        if other is not None and not isinstance(event.effect, Topic):
            text = fill(staff.group_lost, number=ticket.number, detail=event.detail)
            turn.order(Send(to=Group(other.id), text=text))
    elif isinstance(event.effect, Relay):
        reason = getattr(staff, f"reason_{event.reason}")
        turn.tell_room(ticket, fill(staff.not_shown, what=_excerpt(turn, event), reason=reason))


def blocked(turn: Turn, *, blocked: bool) -> None:
    """The person blocked the bot, or let it write again: the agents should know."""
    if turn.case.blocked == blocked:
        return
    turn.update(blocked=blocked)
    staff = turn.knowledge.texts.staff
    if turn.ticket is not None:
        turn.tell_room(turn.ticket, fill(staff.blocked if blocked else staff.unblocked))
