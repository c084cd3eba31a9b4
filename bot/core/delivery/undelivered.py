"""What the desk ordered could not be done: nobody is left believing that it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.model.effects import (
    ASKED,
    REASONS,
    Amend,
    Chat,
    Edit,
    Effect,
    Export,
    Group,
    Picture,
    Place,
    Read,
    Relay,
    Role,
    Room,
    Send,
    SendFile,
    TakeBack,
    Topic,
)
from bot.core.model.events import Extracted, Undeliverable
from bot.core.model.extract import Extract, Problem
from bot.core.model.roles import OPERATORS
from bot.core.model.ticket import Ticket
from bot.core.person import attachments, mydata
from bot.core.staff import taking_back
from bot.core.text import private
from bot.core.text.render import fill, plain, shortened
from bot.core.tickets import card, summary
from bot.core.turn import Turn

EXCERPT = 60
UNSAID = "unsaid"
ELSEWHERE = "elsewhere"
"""The key of what a group is told in the place of another."""
TOPIC_GONE = "no_topic"
"""Why a room refuses that is made again."""


def undeliverable(turn: Turn, event: Undeliverable) -> None:
    """Show the agents what did not arrive and why; make a room again that somebody deleted."""
    if isinstance(event.effect, Read):
        return _not_read(turn, event, event.effect)
    if isinstance(event.effect, TakeBack):
        taking_back.failed(turn, event.effect, event.reason)
    match event.effect.to:
        case Chat():
            _not_to_person(turn, event)
        case Room() as room if turn.tickets.get(room.ticket) is None:
            _card_stays(turn, event, room)
        case Room() as room:
            _not_to_room(turn, event, room)
        case Group() as group:
            _not_to_group(turn, event, group)
        case Role() as role:
            _not_to_role(turn, event, role)
    return None


def _not_read(turn: Turn, event: Undeliverable, effect: Read) -> None:
    """The channel did not hand out the files: the talk goes on as after one that is broken."""
    problem: Problem = "too_big" if event.reason == "too_big" else "unreadable"
    extracts = (Extract("other", problem=problem),)
    read = Extracted(
        seq=event.seq, at=event.at, items=effect.items, text=effect.text, extracts=extracts
    )
    attachments.extracted(turn, read)


def _not_to_person(turn: Turn, event: Undeliverable) -> None:
    if event.reason == "blocked":
        return blocked(turn, blocked=True)
    staff, ticket, effect = turn.knowledge.texts.staff, turn.ticket, event.effect
    if isinstance(effect, Export):
        return mydata.lost(turn)
    if ticket is None:
        return _unsaid(turn, event)
    if isinstance(effect, Send | Picture | Relay):
        reason = staff.refusals[event.reason]
        text = fill(staff.undelivered, what=_excerpt(turn, effect), reason=reason)
        turn.tell_room(ticket, text)
    elif isinstance(effect, Amend) and _is_agents(turn, effect):  # not of a note
        turn.tell_room(ticket, fill(staff.edit_lost, what=_cut(plain(effect.item.html))))
    return None


def _unsaid(turn: Turn, event: Undeliverable) -> None:
    """Nobody but the person can be told that the desk's own answer was refused, and only once."""
    effect = event.effect
    if not isinstance(effect, Send | Picture) or effect.key == UNSAID:
        return
    if REASONS[event.reason] == "message":
        turn.order(Send(to=turn.chat, text=fill(turn.talk.unsaid), key=UNSAID))


def _is_agents(turn: Turn, effect: Amend) -> bool:
    line = turn.noted(effect.item.ref)
    return line is not None and line.who == "agent"


def _excerpt(turn: Turn, effect: Send | Picture | Relay) -> str:
    if isinstance(effect, Send | Picture):
        return _cut(plain(effect.text))
    lines = (turn.noted(item.ref) for item in effect.items)
    return _cut(" ".join(line.text for line in lines if line is not None))


def _cut(text: str) -> str:
    return shortened(private.hidden(" ".join(text.split())), EXCERPT)


def _not_to_room(turn: Turn, event: Undeliverable, room: Room) -> None:
    ticket = turn.named(room.ticket)
    if ticket.tier != room.tier or ticket.status == "closed":
        return
    staff = turn.knowledge.texts.staff
    if event.reason == TOPIC_GONE:
        card.introduce(turn, ticket.number, history=True)
        turn.tell_room(ticket, fill(staff.topic_again))
        if isinstance(event.effect, Send | Picture) and event.effect.key != "card":
            turn.order(event.effect)
    elif REASONS[event.reason] == "place":
        _tell_another(
            turn, room.tier, fill(staff.group_lost, number=ticket.number, detail=event.detail)
        )
    elif isinstance(event.effect, Send) and event.effect.only:
        return  # it was for one agent, and is nobody else's
    elif (tell := _TOLD.get(type(event.effect))) is not None:
        tell(turn, event, ticket)


def _not_relayed(turn: Turn, event: Undeliverable, ticket: Ticket) -> None:
    staff, effect = turn.knowledge.texts.staff, event.effect
    assert isinstance(effect, Relay)
    reason = staff.refusals[event.reason]
    what = _excerpt(turn, effect)
    turn.tell_room(ticket, fill(staff.not_shown, what=what, reason=reason))
    if event.reason != "no_message":  # which its writer took away
        turn.say(fill(turn.talk.not_shown, what=turn.talk.kinds[effect.items[0].what]))


def _not_sent_again(turn: Turn, event: Undeliverable, ticket: Ticket) -> None:
    assert isinstance(event.effect, SendFile)
    gone = turn.knowledge.texts.staff.file_gone
    turn.tell_room(ticket, fill(gone, name=event.effect.title))


def _not_amended(turn: Turn, event: Undeliverable, ticket: Ticket) -> None:
    assert isinstance(event.effect, Amend)
    apart = turn.knowledge.texts.staff.edit_apart
    turn.tell_room(ticket, fill(apart, what=plain(event.effect.item.html)))


def _not_edited(turn: Turn, event: Undeliverable, ticket: Ticket) -> None:
    """The card was deleted by hand: another takes its place."""
    effect = event.effect
    if isinstance(effect, Edit) and effect.key == "card":
        text, buttons = effect.text, effect.buttons
        turn.order(Send(to=effect.to, text=text, buttons=buttons, key=effect.key))


def _card_stays(turn: Turn, event: Undeliverable, room: Room) -> None:
    """The card of somebody who erased their data is still there: only agents can delete it."""
    effect, gone = event.effect, event.reason == "no_message"
    stays = REASONS[event.reason] == "message" and not gone
    if stays and isinstance(effect, Edit) and effect.key == "card":
        text = fill(turn.knowledge.texts.staff.card_stays, number=room.ticket)
        turn.order(Send(to=Group(room.tier), text=text))


def _not_to_group(turn: Turn, event: Undeliverable, group: Group) -> None:
    """What a group cannot be told, another is, once; what a lost group is to be told waits as well.

    In a topic that takes it no more it is said outside of it first.
    """
    effect = event.effect
    if not isinstance(effect, Send | Picture) or effect.key in (ELSEWHERE, ASKED):
        return
    if group.thread is not None and REASONS[event.reason] != "place":
        turn.order(Send(to=Group(group.tier), text=effect.text))
    else:
        _tell_another(turn, group.tier, effect.text)


def _not_to_role(turn: Turn, event: Undeliverable, role: Role) -> None:
    """What somebody cannot be told, the operators are; what they cannot be, the lowest tier is."""
    effect = event.effect
    if not isinstance(effect, Send | Picture) or effect.key == ELSEWHERE:
        return
    others: list[Place] = [
        Role(OPERATORS),
        *(Group(tier.id) for tier in turn.knowledge.tiers.tiers),
    ]
    other = next(place for place in others if place != role)
    turn.order(Send(to=other, text=effect.text, key=ELSEWHERE))


def is_last(event: Undeliverable) -> bool:
    """Whether what was refused had been told in the place of another, so that nothing follows."""
    return isinstance(event.effect, Send) and event.effect.key == ELSEWHERE


def _tell_another(turn: Turn, tier: str, text: str) -> None:
    other = next((t for t in turn.knowledge.tiers.tiers if t.id != tier), None)
    if other is not None:
        turn.order(Send(to=Group(other.id), text=text, key=ELSEWHERE))


def _not_even_said(turn: Turn, event: Undeliverable, ticket: Ticket) -> None:
    """The room itself cannot be told, so its tier's group is."""
    staff, effect = turn.knowledge.texts.staff, event.effect
    about = summary.shown(turn.knowledge, ticket.summary)
    what = _cut(plain(effect.text)) if isinstance(effect, Send | Picture) else about
    reason = staff.refusals[event.reason]
    told = fill(staff.lost, number=ticket.number, what=what, reason=reason)
    turn.order(Send(to=Group(ticket.tier), text=told))


_TOLD: Mapping[type[Effect], Callable[[Turn, Undeliverable, Ticket], None]] = {
    Relay: _not_relayed,
    SendFile: _not_sent_again,
    Amend: _not_amended,
    Edit: _not_edited,
    Send: _not_even_said,
    Picture: _not_even_said,
    Topic: _not_even_said,
}
"""What is told where a room refuses an effect, by its kind."""


def blocked(turn: Turn, *, blocked: bool) -> None:
    """The person blocked the bot, or let it write again: the agents should know."""
    if turn.conversation.blocked == blocked:
        return
    turn.conversation = replace(turn.conversation, blocked=blocked)
    staff = turn.knowledge.texts.staff
    if turn.ticket is not None:
        turn.tell_room(turn.ticket, fill(staff.blocked if blocked else staff.unblocked))
