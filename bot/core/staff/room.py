"""What an agent does in a ticket's room: write to the person, leave a note, act on the ticket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from bot.core.buttons import (
    ClaimAndSend,
    OfKept,
    OfTicket,
    Pressable,
    Reveal,
    TakeAndSend,
    button,
    read,
)
from bot.core.model.conversation import Settled
from bot.core.model.effects import Amend, Buttons, React, Respond, Room, Send
from bot.core.model.events import Attached, Edited, Pressed, Replied, Said
from bot.core.model.message import Item, Person, Ref
from bot.core.model.ticket import Ticket
from bot.core.staff import actions, orders, taking_back
from bot.core.staff.receipts import Receipt, marked
from bot.core.talk import carry, relaying
from bot.core.text.render import fill, plain
from bot.core.turn import Turn

NOTE_MARKS = ("//", "／／")
REPLIES: Mapping[str, Callable[[Turn, Ticket, Said], str]] = {
    taking_back.UNSEND: taking_back.unsend,
}
"""Commands about the message that they reply to; as actions, they return what the agent is told."""
OF_CLOSED = (actions.REOPEN, "ban", taking_back.UNSEND)
"""Commands that are for a closed ticket too: one opens it, the others are about its person."""


def replied(turn: Turn, event: Replied) -> None:
    """Anything that happens in a ticket's room."""
    if isinstance(event.what, Edited) and not _changed(turn, event.what):
        return None
    if (refusal := _refusal(turn, event)) is not None:
        return _refuse(turn, event, refusal)
    now = turn.tickets.get(event.ticket)
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


def _changed(turn: Turn, event: Edited) -> bool:
    """Whether an edit changed anything; a piece of an album that is waited for is no line yet."""
    item = carry.carried(turn, event)
    if relaying.regather(turn, item, event.text):
        return False
    line, (unmarked,) = turn.noted(event.ref), _unmarked((item,))
    return carry.changes(line, item) and carry.changes(line, unmarked)


def _unmarked(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """As they are kept inside: without the mark that kept them there."""
    return tuple(
        replace(item, html=item.html[2:].strip()) if item.html.startswith(NOTE_MARKS) else item
        for item in items
    )


def _refusal(turn: Turn, event: Replied) -> str | None:
    """Why nothing in this room reaches the person, or None."""
    staff = turn.knowledge.texts.staff
    now = turn.tickets.get(event.ticket)
    if not event.member:
        return fill(staff.members_only)
    if now is None:
        return fill(staff.gone)
    if now.tier != event.tier:
        tier = turn.knowledge.tiers.named(now.tier).name
        return fill(staff.moved, number=now.number, tier=tier)
    if now.status != "closed" or _goes_on(event.what):
        return None
    return fill(staff.over, number=now.number)


def _goes_on(what: Said | Attached | Edited | Pressed) -> bool:
    """Whether it is a command for a ticket that is closed."""
    if not isinstance(what, Said) or what.forwarded is not None:
        return False
    return orders.named(what.text)[0] in OF_CLOSED


def _refuse(turn: Turn, event: Replied, refusal: str) -> None:
    room = Room(event.ticket, event.tier)
    if isinstance(event.what, Pressed):
        query = event.what.query
        return turn.order(Respond(to=room, query=query, text=plain(refusal), alert=True))
    return turn.order(Send(to=room, text=refusal, reply_to=event.what.ref))


def pressed(turn: Turn, now: Ticket, event: Pressed) -> None:
    """A button of the card, or one that belongs to it."""
    press = read(event.data)
    act = _act(now, press)
    staff = turn.knowledge.texts.staff
    answer = act(turn, now, event.who) if act else fill(staff.old_button)
    room = Room(now.number, now.tier)
    alert = len(answer) > actions.TOAST or isinstance(press, Reveal)
    turn.order(Respond(to=room, query=event.query, text=plain(answer), alert=alert))


def _act(now: Ticket, press: Pressable | None) -> actions.Action | None:
    """What a button does that is this ticket's as it stands; None for any other."""
    match press:
        case OfTicket() if press.of == now.bound:
            return actions.behind(press)
        case OfKept() if press.ticket == now.number:
            return actions.behind(press)
    return None


def _said(turn: Turn, now: Ticket, event: Said) -> None:
    items = (carry.carried(turn, event),)
    own = event.forwarded is None and not event.offered
    name, rest = orders.named(event.text) if own else ("", "")
    known = name in {**actions.COMMANDS, **orders.ORDERS, **REPLIES}
    if known and (faceless := _faceless(turn, event.who)):
        return _answer(turn, now, event, faceless)
    if name == "note" and rest:
        _note(turn, _noted(turn, now, event.who), event.who, items, rest)
        return None
    if (act := actions.COMMANDS.get(name)) is not None:
        return _answer(turn, now, event, act(turn, now, event.who))
    if (order := orders.ORDERS.get(name)) is not None:
        return _answer(turn, now, event, order(turn, now, event.who, rest))
    if (about := REPLIES.get(name)) is not None:
        return _answer(turn, now, event, about(turn, now, event))
    if name:
        unknown = fill(turn.knowledge.texts.staff.unknown_command, name=name)
        return _answer(turn, now, event, unknown)
    wrote(turn, now.number, event.who, items, event.text, event.reply_to)
    return None


def _answer(turn: Turn, now: Ticket, event: Said, text: str) -> None:
    """What a command is answered, which is for whoever gave it: in words, or by a mark where these
    would only say that it was done. That a message has not gone out all are told: what is told to
    one alone may be lost.
    """
    room, only = Room(now.number, now.tier), event.who.alone
    if isinstance(text, Receipt):
        turn.order(marked(turn.knowledge, room, event.ref, text))
    elif text:
        turn.order(Send(to=room, text=text, reply_to=event.ref, only=only))


def _edited(turn: Turn, now: Ticket, event: Edited) -> None:
    """What the person has is edited as well. Neither becomes a note a message, nor it a note."""
    line, item, staff = (
        turn.noted(event.ref),
        carry.carried(turn, event),
        turn.knowledge.texts.staff,
    )
    if line is None:
        return None
    marked = event.text.startswith(NOTE_MARKS)
    if line.who == "agent" and marked:
        return _tell(turn, now, fill(staff.edit_not_note), event.ref)
    (kept,) = _unmarked((item,))
    text = carry.words(turn, kept, event.text)
    if line.who == "agent" and line.item is not None:
        item = kept = replace(kept, lead=line.item.lead)
    turn.renote(kept, text)
    if line.who == "agent":
        media = carry.replaces(line, item)
        return turn.order(Amend(to=turn.chat, item=item, media=media))
    return None if marked else _tell(turn, now, fill(staff.edit_still_note), event.ref)


def _faceless(turn: Turn, who: Person) -> str:
    """What is told to whoever writes as a chat, which is nobody who could own a ticket."""
    staff = turn.knowledge.texts.staff
    return {"own": "", "group": fill(staff.anonymous), "channel": fill(staff.as_channel)}[who.face]


def _attached(turn: Turn, now: Ticket, event: Attached) -> None:
    item = carry.carried(turn, event)
    if event.album is None:
        wrote(turn, now.number, event.who, (item,), event.text, event.reply_to)
    elif (fate := turn.conversation.settled.get(event.album)) is None or fate.ticket != now.number:
        relaying.gather(turn, event, item, now.number)
    else:
        _late(turn, now, event.who, item, fate)


def _late(turn: Turn, now: Ticket, agent: Person, item: Item, fate: Settled) -> None:
    """A piece of an album that was settled without it shares what became of the album."""
    if fate.went == "note":
        turn.note("note", agent.name, carry.words(turn, item, ""), item)
    else:
        wrote(turn, now.number, agent, (item,), "", None)


def wrote(
    turn: Turn,
    number: str,
    agent: Person,
    items: tuple[Item, ...],
    text: str,
    reply_to: Ref | None,
) -> Literal["note", "person"]:
    """A message or album: the person's if its writer owns the ticket, and a note otherwise."""
    staff = turn.knowledge.texts.staff
    now, ref = turn.tickets.get(number), items[0].ref
    if now is None:
        return "note"
    if now.status == "closed":
        _tell(turn, now, fill(staff.over, number=number), ref)
        return "note"
    if told := _faceless(turn, agent):
        return _note(turn, now, agent, items, text, told)
    if agent.address in now.noting:
        return _note(turn, _noted(turn, now, agent), agent, items, text)
    if text.startswith(NOTE_MARKS):
        return _note(turn, now, agent, _unmarked(items), text[2:].strip())
    if now.owner is None or now.owner.address != agent.address:
        return _not_owned(turn, now, agent, items, text)
    if turn.conversation.blocked:
        _tell(turn, now, fill(staff.blocked), ref)
        return "note"
    if refusal := relaying.to_person(turn, now, agent, items, text, reply_to):
        _tell(turn, now, refusal, ref)
        return "note"
    return "person"


def _not_owned(
    turn: Turn, now: Ticket, agent: Person, items: tuple[Item, ...], text: str
) -> Literal["note"]:
    """Whoever has not claimed the ticket writes notes, and can have it and send them at a press."""
    staff, kept = turn.knowledge.texts.staff, (now.number, items[0].ref.message, len(items))
    if now.owner is None:
        claim = button(staff.button_claim_and_send, ClaimAndSend(*kept), "primary")
        return _note(turn, now, agent, items, text, fill(staff.claim_first), ((claim,),))
    take = button(staff.button_take_and_send, TakeAndSend(*kept))
    told = fill(staff.owned_by, owner=now.owner.name)
    return _note(turn, now, agent, items, text, told, ((take,),))


def _noted(turn: Turn, now: Ticket, agent: Person) -> Ticket:
    """The note that the agent's next message was to be is written."""
    if agent.address not in now.noting:
        return now
    others = tuple(other for other in now.noting if other != agent.address)
    return turn.put(replace(now, noting=others))


def _note(
    turn: Turn,
    now: Ticket,
    agent: Person,
    items: tuple[Item, ...],
    text: str,
    told: str = "",
    buttons: Buttons = (),
) -> Literal["note"]:
    """Keep it inside: in the ticket's history, not with the person."""
    for item in items:
        turn.note("note", agent.name, carry.words(turn, item, text), item)
    if told:
        _tell(turn, now, told, items[0].ref, buttons)
        return "note"
    noted, sign = fill(turn.knowledge.texts.staff.noted), turn.knowledge.texts.agents.mark_noted
    turn.order(React(to=Room(now.number, now.tier), ref=items[0].ref, sign=sign, text=noted))
    return "note"


def _tell(turn: Turn, now: Ticket, text: str, reply_to: Ref, buttons: Buttons = ()) -> None:
    room = Room(now.number, now.tier)
    turn.order(Send(to=room, text=text, buttons=buttons, reply_to=reply_to))
