"""What an agent does in a ticket's room: write to the person, leave a note, act on the ticket."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core import actions, card, relaying
from bot.core.case import Ticket
from bot.core.effects import Amend, Button, Buttons, Respond, Room, Send
from bot.core.events import Attached, Edited, Pressed, Replied, Said, Shared
from bot.core.message import Item, Person, Ref
from bot.core.render import fill, plain
from bot.core.turn import Turn

NOTE_MARKS = ("//", "／／")
_ORDER = re.compile(r"/([A-Za-z]+|\w+)(?:@\w+)?(.*)", re.DOTALL)


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
            _edited(turn, now, what)
    return None


def shared(turn: Turn, event: Shared) -> None:
    """Agents are told that somebody else reported the same invoice; the person is not."""
    now = turn.case.named(event.ticket)
    new = tuple(each for each in event.others if now is not None and each not in now.shared)
    if now is None or now.status == "closed" or not new:
        return
    turn.put(replace(now, shared=(*now.shared, *new)))
    text = turn.knowledge.texts.hints.staff["other_ticket"]
    turn.tell_room(now, fill(text, tickets="、".join(new)))
    card.refresh(turn, now.number)


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
    verb, of, *behind = (*event.data.split(":"), "")
    act = actions.ACTIONS.get(verb) if _current(now, verb, of, behind) else None
    staff = turn.knowledge.texts.staff
    rest = [part for part in behind if part]
    answer = act(turn, now, event.who, rest, event.ref) if act else fill(staff.old_button)
    room = Room(now.number, now.tier)
    turn.order(Respond(to=room, query=event.query, text=plain(answer), alert=len(answer) > 30))


def _current(now: Ticket, verb: str, of: str, behind: list[str]) -> bool:
    """Whether a button is this ticket's as it stands.

    One that claims and sends belongs to a message that was kept, which does not grow old.
    """
    if of == now.number:
        return verb == "claim" and any(behind)
    return of == now.bound


def _said(turn: Turn, now: Ticket, event: Said) -> None:
    items = (Item(event.ref, "text"),)
    name, rest = _order(event.text)
    if name == "note" and rest:
        return _note(turn, now, event.who, items, rest)
    if (act := actions.ACTIONS.get(name)) is not None:
        answer = act(turn, now, event.who, [], event.ref)
        return _tell(turn, now, answer, event.ref) if answer else None
    if name:
        unknown = fill(turn.knowledge.texts.staff.unknown_command, name=name)
        return _tell(turn, now, unknown, event.ref)
    return wrote(turn, now.number, event.who, items, event.text, event.reply_to)


def _edited(turn: Turn, now: Ticket, event: Edited) -> None:
    """What the person has is edited as well; it can not be taken back into a note."""
    if event.text.startswith(NOTE_MARKS):
        written = [line for line in now.talk if line.item and line.item.ref == event.ref]
        if any(line.who == "agent" for line in written):
            return _tell(turn, now, fill(turn.knowledge.texts.staff.edit_not_note), event.ref)
    turn.renote(event.ref, event.text)
    return turn.order(Amend(to=turn.chat, item=event.item))


def _order(text: str) -> tuple[str, str]:
    """The name of a command and what stands behind it, be it after a line break or no space."""
    found = _ORDER.match(text)
    return (found[1].lower(), found[2].strip()) if found else ("", "")


def _attached(turn: Turn, now: Ticket, event: Attached) -> None:
    if event.album is not None:
        return relaying.gather(turn, event, now.number)
    return wrote(turn, now.number, event.who, (event.item,), event.text, event.reply_to)


def wrote(
    turn: Turn,
    number: str,
    agent: Person,
    items: tuple[Item, ...],
    text: str,
    reply_to: Ref | None,
) -> None:
    """A message or album: the person's if its writer owns the ticket, and a note otherwise."""
    staff = turn.knowledge.texts.staff
    now, ref = turn.case.named(number), items[0].ref
    if now is None:
        return None
    if now.status == "closed":
        return _tell(turn, now, fill(staff.over, number=number), ref)
    if agent.id == ref.chat:
        return _note(turn, now, agent, items, text, fill(staff.anonymous))
    if agent.id in now.noting:
        others = tuple(other for other in now.noting if other != agent.id)
        return _note(turn, turn.put(replace(now, noting=others)), agent, items, text)
    if text.startswith(NOTE_MARKS):
        return _note(turn, now, agent, items, text[2:].strip())
    if now.owner is None:
        claim = Button(staff.button_claim_and_send, f"claim:{number}:{ref.message}:{len(items)}")
        return _note(turn, now, agent, items, text, fill(staff.claim_first), ((claim,),))
    if now.owner.id != agent.id:
        return _note(turn, now, agent, items, text, fill(staff.owned_by, owner=now.owner.name))
    if turn.case.blocked:
        return _tell(turn, now, fill(staff.blocked), ref)
    return relaying.to_person(turn, agent, items, text, reply_to)


def _note(
    turn: Turn,
    now: Ticket,
    agent: Person,
    items: tuple[Item, ...],
    text: str,
    told: str = "",
    buttons: Buttons = (),
) -> None:
    """Keep it inside: in the ticket's history, not with the person."""
    for item in items:
        turn.note("note", agent.name, text or turn.talk.kinds[item.what], item)
    _tell(turn, now, told or fill(turn.knowledge.texts.staff.noted), items[0].ref, buttons)


def _tell(turn: Turn, now: Ticket, text: str, reply_to: Ref, buttons: Buttons = ()) -> None:
    room = Room(now.number, now.tier)
    turn.order(Send(to=room, text=text, buttons=buttons, reply_to=reply_to))
