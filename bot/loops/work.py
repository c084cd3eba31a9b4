"""Inbox rows to decisions: one transaction keeps the new case, its orders, and that it is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from time import thread_time

from bot.channels import Change, Heard, Read
from bot.core.decide import decide
from bot.core.delivery import undelivered
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Forget, Group, Respond, Room, Send, Thin, WakeAt
from bot.core.model.events import (
    Attached,
    Blocked,
    Edited,
    Event,
    Pressed,
    Replied,
    Said,
    Undeliverable,
)
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.needs import needs
from bot.core.text.private import hidden
from bot.core.text.render import fill, plain
from bot.loops import internal_events, journal, members, rooms, same_invoice
from bot.loops.desk import Desk, signalled
from bot.loops.extract import let_go
from bot.loops.group_changes import changed
from bot.loops.internal_events import Inner
from bot.loops.members import Question, Unverified
from bot.loops.rooms import InGroup
from bot.store import Row

log = logging.getLogger(__name__)
BATCH = 50  # rows a transaction
ENOUGH = 0.02
"""Seconds of processor after which a batch is committed, though rows are left: who was first need
not wait for the last. A commit takes 0.3 ms of processor and waits some 4 ms for the disk here, in
which what was decided before is sent.
"""


async def work(desk: Desk) -> None:
    """Work on what arrives, for ever. Who must be verified first holds up themselves alone."""
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
            if desk.store.papers.unswept:
                await desk.write(let_go, desk)
        else:
            await signalled(desk.arrived, 60)


def work_on(desk: Desk, held: Sequence[str] = ()) -> tuple[int, dict[str, Question]]:
    """Work on a batch, but for what is in the lanes `held`, or belongs there.

    Returns how many rows are done, failed or put into a lane that waits, and by such a lane what
    is to be asked before it goes on.
    """
    count, questions = 0, dict[str, Question]()
    until = thread_time() + ENOUGH
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
                    handle(desk, row, told)
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


def handle(desk: Desk, row: Row, told: Read | Inner | None) -> None:
    """Decide one row, which says `told`, and keep what follows."""
    if isinstance(told, Change):
        changed(desk, told)
        journal.changed(told)
    routed = None if told is None or isinstance(told, Change) else _route(desk, row, told)
    if routed is None:
        return desk.store.inbox.done(row, None)
    conversation, event = routed
    state = desk.store.conversations.state(conversation, needs(event))
    decision = decide(state, event, desk.knowledge)
    belongs = conversation.chat or isinstance(event, Replied)
    desk.store.inbox.done(row, conversation.id if belongs else None)
    if isinstance(event, Undeliverable):
        _settle(desk, row, event)
    _keep(desk, decision)
    same_invoice.compare(desk, state, decision)
    journal.decided(state, event, decision)
    return None


def _settle(desk: Desk, row: Row, event: Undeliverable) -> None:
    """What was refused is given up; unless it had been told elsewhere already: nobody knows it."""
    order = internal_events.refused_order(row)
    if undelivered.is_last(event):
        log.error("what order %s says could be told to no group", order)
    elif order is not None:
        desk.store.outbox.settle(order)


def _keep(desk: Desk, decision: Decision) -> None:
    now, case_id, effects = desk.clock(), decision.conversation.id, decision.effects
    if any(isinstance(effect, Forget) for effect in effects):
        desk.store.conversations.forget(case_id)
        desk.store.papers.drop(case_id)
        desk.store.keeping.unwritten = True
    elif decision.conversation.chat:
        desk.store.conversations.keep(decision, now)
    for effect in effects:
        if isinstance(effect, WakeAt):
            desk.store.timers.wake_at(case_id, effect.what, effect.at)
        elif isinstance(effect, Thin):
            desk.store.keeping.thin(case_id, effect.before)
            desk.store.papers.drop(case_id, effect.before.timestamp())
    outgoing = [e for e in effects if not isinstance(e, WakeAt | Forget | Thin)]
    desk.store.outbox.put(case_id, outgoing, now)


def _event(desk: Desk, row: Row) -> Read | Inner | None:
    at = datetime.fromtimestamp(row.received_at, UTC)
    return internal_events.event(row, at) or desk.channel.read(row.payload, row.id, at)


def _route(desk: Desk, row: Row, event: Heard | Inner) -> tuple[Conversation, Event] | None:
    """The conversation that an event belongs to; what happens in a room becomes `Replied`."""
    load = desk.store.conversations.load
    if isinstance(event, Inner):
        case_id = row.case_id or ""
        known = load(case_id)
        if known is None and isinstance(event, Undeliverable):
            # A notice of the desk itself, or one that outlived its person's data.
            known = _nobody(case_id)
        return (known, event) if known else None
    if not event.group:
        case_id = f"{row.channel}:{event.ref.chat}"
        known = load(case_id)
        new = Conversation(id=case_id, chat=event.ref.chat, person=event.who)
        return (known or new, event)
    return None if isinstance(event, Blocked) else _route_room(desk, row, event)


def _nobody(case_id: str) -> Conversation:
    return Conversation(id=case_id, chat=0, person=Person(0, ""))


def _route_room(desk: Desk, row: Row, event: InGroup) -> tuple[Conversation, Event] | None:
    room = rooms.place_of(desk, event)
    if isinstance(room, Room):
        case_id = desk.store.tickets.conversation_of(room.ticket) or ""
        member = members.verify_member(desk, row, case_id, room, event)
        rooms.settle(desk, room, event, case_id)
        replied = Replied(
            seq=event.seq,
            at=event.at,
            ticket=room.ticket,
            tier=room.tier,
            member=member,
            what=event,
        )
        return desk.store.conversations.load(case_id) or _nobody(case_id), replied
    if isinstance(event, Pressed):
        _say_old(desk, event)
    elif room is not None:
        rooms.tell(desk, event, room)
    return None


def _say_old(desk: Desk, event: Pressed) -> None:
    text = desk.knowledge.texts.staff.old_button
    answer = Respond(to=Chat(event.ref.chat), query=event.query, text=text)
    desk.store.outbox.put("", [answer], desk.clock())


def _fail(desk: Desk, row: Row, told: Read | Inner | None, error: Exception) -> None:
    """Keep the row, tell staff, and leave nobody waiting for an answer.

    What the row says may keep an apology from finding its way; staff are told all the same.
    """
    case_id, now = row.case_id or f"{row.channel}:{_chat(row)}", desk.clock()
    desk.store.inbox.fail(row, case_id, hidden(f"{type(error).__name__}: {error}"))
    staff, tier = desk.knowledge.texts.staff, desk.knowledge.tiers.tiers[0].id
    notice = fill(staff.failed, seq=row.id, error=type(error).__name__)
    desk.store.outbox.put(case_id, [Send(to=Group(tier), text=notice)], now)
    desk.store.inbox.noticed(row, desk.store.outbox.latest())
    try:
        with desk.store.apart():
            desk.store.outbox.put(case_id, _apology(desk, row, told), now)
    except Exception:
        if desk.store.undone:
            raise
        log.exception("nobody is told that inbox row %d failed", row.id)


def _chat(row: Row) -> str:
    """The chat that a row came from, also where it waits by itself."""
    return row.lane.partition("/")[0]


def _apology(desk: Desk, row: Row, told: Read | Inner | None) -> Iterator[Send | Respond]:
    """What whoever wrote or pressed is told: the person, or the agent in the room."""
    texts = desk.knowledge.texts
    chat = int(_chat(row)) if _chat(row).lstrip("-").isdecimal() else 0
    sorry = fill(texts.talk.apology if chat > 0 else texts.staff.failed_here)
    if isinstance(told, Pressed):
        yield Respond(to=Chat(chat), query=told.query, text=plain(sorry), alert=True)
    elif chat > 0:
        yield Send(to=Chat(chat), text=sorry)
    elif isinstance(told, Said | Attached | Edited):
        room = rooms.place_of(desk, told)
        if isinstance(room, Room):
            yield Send(to=room, text=sorry, reply_to=told.ref)
