"""What an event needs of the past; the store brings it before the event is decided."""

from __future__ import annotations

from bot.core import timers
from bot.core.buttons import (
    Delete,
    EscalateSurely,
    FileAgain,
    OfKept,
    Rate,
    Reopen,
    Reveal,
    ShowTicket,
    ShowTickets,
    read,
)
from bot.core.content.knowledge import Knowledge
from bot.core.delivery.undelivered import TOPIC_GONE
from bot.core.model import subject
from bot.core.model.agents import Search
from bot.core.model.effects import Amend, Outgoing, Relay, Room, TakeBack
from bot.core.model.events import (
    Consulted,
    Edited,
    Event,
    Informed,
    Pressed,
    Replied,
    Said,
    Undeliverable,
    Woke,
)
from bot.core.model.facts import Moved, TakenBack
from bot.core.model.message import Ref
from bot.core.model.state import Needs
from bot.core.staff import consulting, orders, taking_back
from bot.core.tickets import lifecycle


def needs(event: Event) -> Needs:
    """What `event` needs beside what every event gets."""
    match event:
        case Edited():
            return Needs(lines=(event.ref,))
        case Replied():
            return _in_room(event)
        case Undeliverable():
            return _refused(event)
        case Informed() if subject.kind(event.to) == "ticket":
            return _told(event)
        case Pressed():
            return _pressed_by_person(event)
        case Said() if event.text.startswith("/"):
            return Needs(queues=True, mine=0)
        case Woke():
            return _due(timers.read(event.what))
    return Needs()


def _pressed_by_person(event: Pressed) -> Needs:
    match read(event.data):
        case Delete():
            return Needs(elsewhere=True)
        case ShowTickets() as press:
            return Needs(mine=press.skip)
        case ShowTicket() as press:
            return Needs(ticket=press.ticket, shown=press.ticket)
        case Rate() | Reopen() as press:
            return Needs(ticket=press.ticket)
    return Needs()


def search(event: Consulted, knowledge: Knowledge) -> Search:
    """Which tickets a question of an agent needs."""
    return consulting.search(event, knowledge)


def _told(event: Informed) -> Needs:
    number = subject.name(event.to)
    if isinstance(event.fact, TakenBack):
        return Needs(ticket=number, lines=event.fact.refs)
    return Needs(ticket=number, history=number if isinstance(event.fact, Moved) else "")


def _due(timer: timers.Timer | None) -> Needs:
    match timer:
        case timers.Keep():
            return Needs(ends=True)
        case timers.Clock():
            return Needs(ticket=timer.ticket, history=timer.ticket, away=True)
        case timers.Progress():
            return Needs(ticket=timer.ticket, queues=True)
        case timers.Blank():
            return Needs(erased=timer.ticket)
    return Needs()


def _in_room(event: Replied) -> Needs:
    number, what = event.ticket, event.what
    match what:
        case Edited():
            return Needs(ticket=number, lines=(what.ref,))
        case Said() if what.text.startswith("/"):
            return Needs(
                ticket=number,
                history=number,
                files=number,
                agents=event.tier,
                twin=_twin(what.text),
                sent=taking_back.meant(what),
            )
        case Pressed():
            return _pressed(number, what)
    return Needs(ticket=number)


def _twin(text: str) -> str:
    """The number of the ticket into which one is to be merged; "" for any other command."""
    name, said = orders.named(text)
    return lifecycle.number_in(said.upper()) if name == "merge" else ""


def _pressed(number: str, what: Pressed) -> Needs:
    match read(what.data):
        case EscalateSurely() | Reveal():
            return Needs(ticket=number, history=number, away=True)
        case FileAgain():
            return Needs(ticket=number, files=number)
        case OfKept() as kept:
            return Needs(ticket=number, run=(Ref(what.ref.chat, kept.message), kept.count))
    return Needs(ticket=number)


def _refused(event: Undeliverable) -> Needs:
    to = event.effect.to
    number = to.ticket if isinstance(to, Room) else ""
    if isinstance(event.effect, TakeBack):
        return Needs(ticket=event.effect.ticket)
    history = number if event.reason == TOPIC_GONE else ""
    return Needs(ticket=number, lines=_sources(event.effect), history=history)


def _sources(effect: Outgoing) -> tuple[Ref, ...]:
    """The messages of which an effect makes copies."""
    match effect:
        case Relay():
            return tuple(item.ref for item in effect.items)
        case Amend():
            return (effect.item.ref,)
    return ()
