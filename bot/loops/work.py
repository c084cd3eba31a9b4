"""Inbox rows to decisions: one transaction keeps the new case, its orders, and that it is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import thread_time

from bot.channels import Change, Heard, Read
from bot.core.decide import decide
from bot.core.delivery import undelivered
from bot.core.model import subject
from bot.core.model.agents import Board
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Room
from bot.core.model.events import (
    Attached,
    Blocked,
    Edited,
    Event,
    Failed,
    Informed,
    Pressed,
    Replied,
    Said,
    Undeliverable,
    Woke,
)
from bot.core.model.facts import Moved, Unowned
from bot.core.model.message import Person
from bot.core.model.state import About, State
from bot.core.needs import needs
from bot.core.text.private import hidden
from bot.loops import consults, erase, internal_events, journal, members, rooms
from bot.loops.desk import Desk, signalled
from bot.loops.group_changes import changed
from bot.loops.internal_events import Inner
from bot.loops.keeping import keep, outgoing
from bot.loops.members import Question, Unverified
from bot.loops.rooms import Astray, InGroup
from bot.store import FORGOTTEN, Row
from bot.store.protocol import Work

log = logging.getLogger(__name__)
Known = State | About | Board
"""What an event is decided from."""
BATCH = 16  # rows a transaction, more of which would be read again and again when it is slow
ENOUGH = 0.02
"""Seconds of processor after which a batch is committed, though rows are left: who was first need
not wait for the last. A commit takes 0.3 ms of processor and waits some 4 ms for the disk here, in
which what was decided before is sent.
"""


async def work(desk: Desk[Work]) -> None:
    """Work on what arrives, for ever. Who must be verified first holds up themselves alone.

    `held` are the lanes of which somebody is being asked: whoever does not know that asks as well.
    """
    held: dict[str, asyncio.Task[None]] = {}
    while True:
        desk.arrived.clear()
        held = {lane: task for lane, task in held.items() if not task.done()}
        rows, questions = await desk.write(work_on, desk, tuple(held))
        for lane, question in questions.items():
            held[lane] = task = asyncio.create_task(members.ask(desk, question))
            desk.background.add(task)
            task.add_done_callback(desk.background.discard)
            task.add_done_callback(lambda _: desk.arrived.set())
        if rows:
            desk.ordered.set()
            desk.timed.set()
        if not await erase.go_on(desk) and not rows:
            await signalled(desk.arrived, 60)


def work_on(desk: Desk[Work], held: Sequence[str] = ()) -> tuple[int, dict[str, Question]]:
    """Work on a batch, but for what is in the lanes `held`, or belongs there.

    Returns how many rows are done, failed or put into a lane that waits, and by such a lane what
    is to be asked before it goes on.
    """
    count, questions = 0, dict[str, Question]()
    until = thread_time() + ENOUGH
    basis = desk.store.records.decides_by(desk.basis, desk.clock())
    for row in desk.store.inbox.waiting(BATCH, held):
        if count and thread_time() > until:
            break
        told: Read | Inner | None = None
        try:
            with desk.store.apart():
                told = _event(desk, row)
                lane = members.lane_of(told)
                if lane in held or lane in questions:
                    desk.store.inbox.hold(row, lane)
                else:
                    handle(desk, row, told, basis)
        except Unverified as need:
            desk.store.inbox.hold(row, lane)
            questions[lane] = need.question
        except Exception as error:
            if desk.store.undone:
                raise
            log.exception("inbox row %d failed", row.id)
            _fail(desk, row, told, error)
        count += 1
    return count, questions


def handle(desk: Desk[Work], row: Row, told: Read | Inner | None, basis: int) -> None:
    """Decide one row, which says `told`, and keep what follows and its `basis`."""
    if isinstance(told, Change):
        changed(desk, row, told)
        journal.changed(told)
    routed = None if told is None or isinstance(told, Change) else _route(desk, row, told)
    if routed is None:
        return desk.store.inbox.done(row, None)
    state, event = routed
    decision = decide(state, event, desk.knowledge)
    desk.store.inbox.done(row, _kept_for(row, state, event), basis)
    if isinstance(event, Undeliverable):
        _settle(desk, row, event)
    keep(desk, row, decision)
    if isinstance(state, State):
        journal.decided(state, event, decision)
    return None


def _kept_for(row: Row, state: Known, event: Event) -> str | None:
    """Whom a row belongs to that is done: what it says is erased with them."""
    if not isinstance(state, State):
        return None
    known = state.conversation
    return known.id if known.address or isinstance(event, Replied) else None


def _settle(desk: Desk[Work], row: Row, event: Undeliverable) -> None:
    """What was refused is given up; unless it had been told elsewhere already: nobody knows it."""
    order = internal_events.refused_order(row)
    if undelivered.is_last(event):
        log.error("what order %s says could be told to no group", order)
    elif order is not None:
        desk.store.outbox.settle(order)


def _event(desk: Desk[Work], row: Row) -> Read | Inner | None:
    at = datetime.fromtimestamp(row.received_at, UTC)
    inner = internal_events.event(row, at)
    return inner or desk.channels[row.channel].read(row.payload, row.id, at)


def _route(desk: Desk[Work], row: Row, event: Heard | Inner) -> tuple[Known, Event] | None:
    """The state of what an event is for; what happens in a ticket's room becomes `Replied`."""
    if isinstance(event, Inner):
        return _route_inner(desk, row.subject or "", event)
    if event.group:
        return None if isinstance(event, Blocked) else _route_room(desk, row, event)
    id_ = subject.conversation(event.ref.chat)
    new = Conversation(id=id_, address=event.ref.chat, person=event.who)
    return _state(desk, desk.store.conversations.load(id_) or new, event), event


def _route_inner(desk: Desk[Work], of: str, event: Inner) -> tuple[State | About, Event] | None:
    """That of an event that the desk itself brought; None where its person was erased meanwhile.

    Raises `ValueError` where it is for nobody: nothing would ever come of it.
    """
    match subject.kind(of):
        case "invoice":
            return About(tickets=desk.store.tickets.about(subject.name(of))), event
        case "tier":
            return _of_tier(desk, subject.name(of), event), event
        case "ticket":
            owner = desk.store.tickets.conversation_of(subject.name(of)) or ""
            nobody = _nobody(owner) if owner == FORGOTTEN else None
            known = desk.store.conversations.load(owner) or nobody
        case "conversation" | "forgotten":
            known = desk.store.conversations.load(of)
        case "desk":
            known = None
        case _:
            raise ValueError(f"{of!r} is no subject")
    if known is None and isinstance(event, Undeliverable):
        # A notice of the desk itself, or one that outlived its person's data.
        known = _nobody(of)
    return (_state(desk, known, event), event) if known else None


def _of_tier(desk: Desk[Work], tier: str, event: Inner) -> About:
    """What a tier's event is decided from."""
    match event:
        case Informed(fact=Moved()):
            return About(tickets=desk.store.tickets.of_tier(tier))
        case Informed(fact=Unowned()):
            return About(agents=desk.store.agents.of_tier(tier, loads=True))
        case Woke():
            return About(figures=desk.store.digests.figures(tier, desk.clock()))
    return About()


def _state(desk: Desk[Work], known: Conversation, event: Event) -> State:
    return desk.store.conversations.state(known, needs(event))


def _nobody(of: str) -> Conversation:
    return Conversation(id=of, address="", person=Person("", ""))


def _route_room(desk: Desk[Work], row: Row, event: InGroup) -> tuple[State | Board, Event] | None:
    if (asked := consults.consulted(desk, row, event)) is not None:
        return asked
    room = rooms.place_of(desk, event)
    if isinstance(room, Room):
        of = desk.store.tickets.conversation_of(room.ticket) or FORGOTTEN
        member = members.verify_member(desk, row, room, event)
        if member:
            members.seen(desk, (room.tier,), event.who)
        rooms.settle(desk, room, event, of)
        replied = Replied(
            seq=event.seq,
            at=event.at,
            ticket=room.ticket,
            tier=room.tier,
            member=member,
            what=event,
        )
        return _state(desk, desk.store.conversations.load(of) or _nobody(of), replied), replied
    astray = Astray("button") if isinstance(event, Pressed) else room
    if astray is None:
        return None
    return State(conversation=_nobody(astray.subject)), rooms.unheard(desk, event, astray)


def _fail(desk: Desk[Work], row: Row, told: Read | Inner | None, error: Exception) -> None:
    """Keep the row, and let the core tell staff and whoever waits for an answer.

    What the row says may keep an answer from finding its way; staff are told all the same.
    """
    at, name = datetime.fromtimestamp(desk.clock(), UTC), type(error).__name__
    failed = Failed(seq=row.id, at=at, error=name)
    of = row.subject or subject.conversation(members.chat_of(row.lane)[0])
    desk.store.inbox.fail(row, of, hidden(f"{name}: {error}"))
    try:
        with desk.store.apart():
            _tell_failed(desk, row, of, _addressed(desk, row, told, failed))
    except Exception:
        if desk.store.undone:
            raise
        log.exception("nobody but staff is told that inbox row %d failed", row.id)
        _tell_failed(desk, row, of, failed)


def _tell_failed(desk: Desk[Work], row: Row, of: str, event: Failed) -> None:
    decision, now = decide(State(conversation=_nobody(of)), event, desk.knowledge), desk.clock()
    notice, *others = outgoing(decision)
    desk.store.outbox.put(of, [notice], now)
    desk.store.inbox.noticed(row, desk.store.outbox.latest())
    desk.store.outbox.put(of, others, now)


def _addressed(desk: Desk[Work], row: Row, told: Read | Inner | None, event: Failed) -> Failed:
    """With who waits for an answer: whoever wrote or pressed, and where."""
    chat, private = members.chat_of(row.lane)
    private = private and row.subject is None and chat != ""
    if isinstance(told, Pressed):
        return replace(event, to=Chat(chat), private=private, query=told.query)
    if private:
        return replace(event, to=Chat(chat), private=True)
    if isinstance(told, Said | Attached | Edited):
        room = rooms.place_of(desk, told)
        return replace(event, to=room if isinstance(room, Room) else None, ref=told.ref)
    return event
