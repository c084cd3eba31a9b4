"""What an agent does in a ticket's room: write to the person, leave a note, act on the ticket."""

from __future__ import annotations

from dataclasses import replace

from bot.core import actions, relaying
from bot.core.case import Ticket
from bot.core.effects import Amend, Button, Buttons, Respond, Room, Send
from bot.core.events import Attached, Edited, Pressed, Replied, Said
from bot.core.message import Item, Ref
from bot.core.render import fill, plain
from bot.core.turn import Turn

NOTE_MARKS = ("//", "／／")


def replied(turn: Turn, event: Replied) -> None:
    """Anything that happens in a ticket's room."""
    if (refusal := _refusal(turn, event)) is not None:
        return _refuse(turn, event, refusal)
    now = turn.case.named(event.ticket)
    assert now is not None
    match event.what:
        case Pressed() as what:
            pressed(turn, now, what)
        case Said() as what:
            _said(turn, now, what)
        case Attached() as what:
            _attached(turn, now, what)
        case Edited() as what:
            turn.order(Amend(to=turn.chat, item=what.item))
    return None


def _refusal(turn: Turn, event: Replied) -> str | None:
    """Why nothing in this room reaches the person, or None."""
    staff = turn.knowledge.texts.staff
    now = turn.case.named(event.ticket)
    if not event.member:
        return fill(staff.members_only)
    if now is None:
        return fill(staff.gone)
    if now.tier != event.tier:
        tier = turn.knowledge.tiers.named(now.tier).name
        return fill(staff.moved, number=now.number, tier=tier)
    return fill(staff.over, number=now.number) if now.status == "closed" else None


def _refuse(turn: Turn, event: Replied, refusal: str) -> None:
    room = Room(event.ticket, event.tier)
    if isinstance(event.what, Pressed):
        query = event.what.query
        return turn.order(Respond(to=room, query=query, text=plain(refusal), alert=True))
    return turn.order(Send(to=room, text=refusal, reply_to=event.what.ref))


def pressed(turn: Turn, now: Ticket, event: Pressed) -> None:
    """A button of the card, or one that belongs to it."""
    verb, _, *rest = event.data.split(":")
    act = actions.ACTIONS.get(verb)
    staff = turn.knowledge.texts.staff
    answer = act(turn, now, event.who, rest, event.ref) if act else fill(staff.old_button)
    room = Room(now.number, now.tier)
    turn.order(Respond(to=room, query=event.query, text=plain(answer), alert=len(answer) > 30))


def _said(turn: Turn, now: Ticket, event: Said) -> None:
    name, _, rest = event.text[1:].partition(" ")
    act = actions.ACTIONS.get(name.partition("@")[0])
    if event.text.startswith("/") and act is not None and name.isascii():
        if name == "note" and rest.strip():
            return _note(turn, event, rest.strip())
        answer = act(turn, now, event.who, [], event.ref)
        return _tell(turn, now, answer, event.ref) if answer else None
    if event.text.startswith(NOTE_MARKS):
        return _note(turn, event, event.text[2:].strip())
    return _write(turn, now, event, (Item(event.ref, "text"),), event.text)


def _attached(turn: Turn, now: Ticket, event: Attached) -> None:
    if event.album is None or event.album not in turn.case.albums:
        whole = event.album is None
        return _write(turn, now, event, (event.item,) if whole else (), event.text)
    return relaying.gather(turn, event)


def _write(
    turn: Turn, now: Ticket, event: Said | Attached, items: tuple[Item, ...], text: str
) -> None:
    """A message that goes to the person if its writer owns the ticket, and is a note otherwise."""
    staff = turn.knowledge.texts.staff
    if event.who.id in now.noting:
        others = tuple(agent for agent in now.noting if agent != event.who.id)
        turn.put(replace(now, noting=others))
        return _note(turn, event, text)
    if now.owner is None:
        _note(turn, event, text, quiet=True)
        claim = Button(staff.button_claim_and_send, f"claim:{now.number}:{event.ref.message}")
        return _tell(turn, now, fill(staff.claim_first), event.ref, ((claim,),))
    if now.owner.id != event.who.id:
        _note(turn, event, text, quiet=True)
        return _tell(turn, now, fill(staff.owned_by, owner=now.owner.name), event.ref)
    if turn.case.blocked:
        return _tell(turn, now, fill(staff.blocked), event.ref)
    if isinstance(event, Attached) and event.album is not None:
        return relaying.gather(turn, event, now.number)
    return relaying.to_person(turn, event.who, items, text, event.reply_to)


def _note(turn: Turn, event: Said | Attached, text: str, *, quiet: bool = False) -> None:
    """Keep it inside: in the ticket's history, not with the person."""
    item = event.item if isinstance(event, Attached) else Item(event.ref, "text")
    turn.note("note", event.who.name, text, item)
    if not quiet and turn.ticket is not None:
        _tell(turn, turn.ticket, fill(turn.knowledge.texts.staff.noted), event.ref)


def _tell(turn: Turn, now: Ticket, text: str, reply_to: Ref, buttons: Buttons = ()) -> None:
    room = Room(now.number, now.tier)
    turn.order(Send(to=room, text=text, buttons=buttons, reply_to=reply_to))
