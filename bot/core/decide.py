"""The one function that decides: state, event and knowledge in, what changes and orders out.

Pure: no clock, no dice, no I/O. The same events in the same order give the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.core import timers
from bot.core.content.knowledge import Knowledge
from bot.core.delivery import failed, groups, undelivered, unheard
from bot.core.evidence import intake
from bot.core.model import subject
from bot.core.model.agents import Board
from bot.core.model.conversation import Album, Settled
from bot.core.model.effects import Effect, Join, Tell
from bot.core.model.events import (
    Attached,
    Blocked,
    Consulted,
    Edited,
    Event,
    Extracted,
    Failed,
    Informed,
    Message,
    Pressed,
    Replied,
    Said,
    Undeliverable,
    Unheard,
    Woke,
)
from bot.core.model.facts import (
    Closed,
    Erased,
    Fact,
    Given,
    Housed,
    Joined,
    Merged,
    Moved,
    Reopened,
    Reported,
    Returned,
    Shared,
    TakenBack,
    Unowned,
    Unverified,
)
from bot.core.model.state import About, Decision, State
from bot.core.model.ticket import Ticket
from bot.core.person import (
    attachments,
    commands,
    edits,
    on_ticket,
    presses,
    retention,
    texts,
    throttle,
)
from bot.core.staff import consulting, room, taking_back
from bot.core.talk import leaving, relaying, reminder
from bot.core.tickets import (
    banning,
    dealing,
    digest,
    escalation,
    lifecycle,
    merging,
    progress,
    promises,
    same_invoice,
    snoozing,
    ticking,
)
from bot.core.turn import Turn, on


def decide(state: State | About | Board, event: Event, knowledge: Knowledge) -> Decision:
    """What follows from `event`, given the `state` of its subject and what `needs` asks for."""
    if isinstance(state, About):
        return Decision(effects=tuple(_told_all(state, event, knowledge)))
    if isinstance(state, Board):
        assert isinstance(event, Consulted)
        return Decision(effects=tuple(consulting.consulted(state, event, knowledge)))
    turn = Turn(state, event.seq, event.at, knowledge, event.now)
    if isinstance(event, Message):
        turn.message = event.ref.message
        turn.conversation = replace(turn.conversation, person=event.who, thread=event.thread)
        undelivered.blocked(turn, blocked=isinstance(event, Blocked) and event.blocked)
        retention.begin(turn)
    elif isinstance(event, Extracted) and event.items:
        turn.message = event.items[-1].ref.message
    turn.banned = banning.bars(turn, event)
    snoozing.heard(turn, event)
    leaving.check(turn)
    _settle_albums(turn, event)
    if isinstance(event, Pressed | Attached):
        texts.settle(turn)
    if not _is_idle(turn, event):
        _ACTS[type(event)](turn, event)
    for ticket in turn.changed():
        _name_invoice(turn, ticket)
        ticking.wind(turn, turn.named(ticket.number))
        dealing.offer(turn, turn.named(ticket.number))
    progress.wind(turn)
    return turn.decision()


def _name_invoice(turn: Turn, ticket: Ticket) -> None:
    """Keep which invoice a ticket is about; where an open one is about another now, that is told
    to all that are about it.
    """
    about, before = intake.invoice(turn.knowledge, ticket.slots), turn.state.tickets
    if about != ticket.invoice:
        turn.put(replace(ticket, invoice=about))
    known = before[ticket.number].invoice if ticket.number in before else None
    if about not in (None, known) and ticket.status != "closed":
        turn.order(Tell(to=subject.invoice(str(about)), fact=Reported()))


def _told_all(about: About, event: Event, knowledge: Knowledge) -> Iterator[Effect]:
    """What follows from what several tickets have in common."""
    match event:
        case Informed(fact=Reported()):
            yield from same_invoice.told(about)
        case Informed(fact=Moved() as fact):
            yield from groups.moved(about, fact, knowledge)
        case Informed(fact=Unowned() as fact):
            yield from dealing.dealt(about, subject.name(event.to), fact, event.at)
        case Informed(fact=Unverified() as fact):
            yield from groups.unverified_in(fact, knowledge)
        case Woke():
            timer = timers.read(event.what)
            if timer is not None and type(timer) in TIER_TIMERS:
                yield from TIER_TIMERS[type(timer)](about, timer, knowledge)


def _told(turn: Turn, event: Informed) -> None:
    """What a ticket or conversation is told."""
    if (act := _FACTS.get(type(event.fact))) is not None:
        act(turn, subject.name(event.to), event.fact)


def _is_idle(turn: Turn, event: Event) -> bool:
    """Whether nothing follows from what a person did, or not now."""
    if isinstance(event, Edited) and not edits.changed(turn, event):
        return True
    return isinstance(event, Said | Pressed | Attached | Edited) and throttle.holds(turn, event)


def _settle_albums(turn: Turn, event: Event) -> None:
    """What comes after an album must not overtake it: its sender's album is complete by then."""
    what = event.what if isinstance(event, Replied) else event
    if isinstance(what, Said | Attached | Pressed):
        coming = what.album if isinstance(what, Attached) else None
        sender = what.who.address
        whole = relaying.gathered(turn, lambda key, of: key != coming and of == sender)
        for key, album in whole.items():
            _settle(turn, key, album)


def _settle(turn: Turn, key: str, album: Album) -> None:
    """Do with an album what is done with a message, and remember what that was."""
    first = album.items[0].ref
    if album.room is not None and album.who is not None:
        went = room.wrote(turn, album.room, album.who, album.items, album.text, album.reply_to)
        fate = Settled(went, first, album.room)
    elif turn.ticket is not None and turn.progress is None:
        fate = Settled("room", first, turn.ticket.number)
        on_ticket.files(turn, album.items, album.reply_to, album.text)
    else:
        fate = Settled("kept", first)
        attachments.kept(turn, album.items, album.text)
    relaying.settled(turn, key, fate)


def _woke(turn: Turn, event: Woke) -> None:
    timer = timers.read(event.what)
    if timer is not None and type(timer) in TIMERS:
        TIMERS[type(timer)](turn, timer)


def _complete(turn: Turn, timer: timers.Album) -> None:
    for key, album in relaying.gathered(turn, lambda key, _: key == timer.key).items():
        _settle(turn, key, album)


def _unanswered(turn: Turn, timer: timers.Confirm) -> None:
    if turn.ticket is not None and turn.ticket.number == timer.ticket:
        on_ticket.unanswered(turn)


TIMERS: Mapping[type[timers.Timer], Callable[[Turn, Any], None]] = dict(
    (
        on(timers.Album, _complete),
        on(timers.Pieces, lambda turn, _: texts.settle(turn)),
        on(timers.Mute, lambda turn, _: throttle.over(turn)),
        on(timers.Keep, lambda turn, _: retention.woke(turn)),
        on(timers.Step, reminder.remind),
        on(timers.Confirm, _unanswered),
        on(timers.Clock, ticking.struck),
        on(timers.Progress, progress.come),
        on(timers.Promise, promises.come),
        on(timers.Snooze, snoozing.come),
        on(timers.Blank, lambda turn, timer: lifecycle.blank(turn, timer.ticket)),
    )
)

TIER_TIMERS: Mapping[type[timers.Timer], Callable[[About, Any, Knowledge], Iterator[Effect]]] = {
    timers.Digest: digest.come
}
"""Those of a tier."""

_FACTS: Mapping[type[Fact], Callable[[Turn, str, Any], None]] = {
    Shared: same_invoice.shared,
    Given: dealing.given,
    Housed: escalation.housed,
    Merged: merging.merged,
    TakenBack: taking_back.taken,
    Returned: dealing.returned,
    Moved: groups.resettled,
    Closed: groups.closed,
    Reopened: groups.reopened,
    Unverified: groups.unverified,
    Erased: lambda turn, *_: commands.erase(turn),
    Joined: lambda turn, _, fact: turn.order(Join(address=fact.address)),
}

# What each event means. That a person blocked the bot is all there is to know of it.
_ACTS: Mapping[type[Event], Callable[[Turn, Any], None]] = dict(
    (
        on(Said, texts.said),
        on(Pressed, presses.pressed),
        on(Attached, attachments.attached),
        on(Edited, edits.edited),
        on(Blocked, lambda turn, event: None),
        on(Replied, room.replied),
        on(Extracted, attachments.extracted),
        on(Informed, _told),
        on(Woke, _woke),
        on(Undeliverable, undelivered.undeliverable),
        on(Unheard, unheard.unheard),
        on(Failed, failed.failed),
    )
)
