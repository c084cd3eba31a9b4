"""Inbox rows to decisions: one transaction keeps the new case, its orders, and that it is done."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.channels import Later, Read, Refused
from bot.core.case import Case
from bot.core.decide import decide
from bot.core.effects import Chat, Effect, Forget, Group, Respond, Send, WakeAt
from bot.core.events import (
    Attached,
    Blocked,
    Edited,
    Event,
    Pressed,
    Replied,
    Said,
    Undeliverable,
    Woke,
)
from bot.core.message import Person
from bot.core.render import fill
from bot.loops.desk import Desk, signalled
from bot.store import Arrival, Row
from bot.store.codec import EFFECT

log = logging.getLogger(__name__)
BATCH = 200  # rows a transaction
MEMBER_FRESH = 600.0  # seconds for which a membership that was checked is believed


class Unverified(Exception):
    """Whether this person belongs to the group must be asked first."""

    def __init__(self, chat: int, person: int) -> None:
        self.chat, self.person = chat, person
        super().__init__(f"{person} in {chat}")


async def work(desk: Desk) -> None:
    """Work on what arrives, for ever."""
    while True:
        desk.arrived.clear()
        rows, unverified = await desk.write(work_on, desk)
        if rows:
            desk.ordered.set()
            desk.timed.set()
        if unverified:
            await _verify(desk, unverified)
        elif not rows:
            await signalled(desk.arrived, 60)


async def _verify(desk: Desk, unverified: Sequence[Unverified]) -> None:
    for each in unverified:
        try:
            member = await desk.channel.member(each.chat, each.person)
        except Refused:
            member = False
        except Later as wait:
            log.warning("cannot check who belongs to group %s: %s", each.chat, wait)
            await signalled(desk.arrived, min(wait.seconds, 5))
            continue
        put = desk.store.cases.put_membership
        await desk.write(put, each.chat, each.person, member, desk.clock())


def work_on(desk: Desk) -> tuple[int, list[Unverified]]:
    """Work on a batch: how many rows are done or failed, and whom to verify before the others."""
    count, unverified, held = 0, [], set[str]()
    for row in desk.store.inbox.waiting(BATCH):
        if row.lane in held:
            continue
        try:
            with desk.store.apart():
                handle(desk, row)
            count += 1
        except Unverified as need:
            unverified.append(need)
            held.add(row.lane)
        except Exception as error:
            if desk.store.undone:
                raise
            log.exception("inbox row %d failed", row.id)
            _fail(desk, row, error)
            count += 1
    return count, unverified


def handle(desk: Desk, row: Row) -> None:
    """Decide one row and keep what follows."""
    told = _event(desk, row)
    routed = _route(desk, row, told) if told is not None else None
    if routed is None:
        return desk.store.inbox.done(row, None)
    case, event = routed
    decision = decide(case, event, desk.knowledge)
    desk.store.inbox.done(row, case.id)
    _keep(desk, decision.case, decision.effects)
    return None


def _keep(desk: Desk, case: Case, effects: Sequence[Effect]) -> None:
    now = desk.clock()
    if any(isinstance(effect, Forget) for effect in effects):
        desk.store.cases.forget(case.id)
    elif case.chat:
        desk.store.cases.save(case, now)
    for effect in effects:
        if isinstance(effect, WakeAt):
            desk.store.cases.wake_at(case.id, effect.what, effect.at)
    outgoing = [e for e in effects if not isinstance(e, WakeAt | Forget)]
    desk.store.outbox.put(case.id, outgoing, now)


def _event(desk: Desk, row: Row) -> Read | Woke | Undeliverable | None:
    at = datetime.fromtimestamp(row.received_at, UTC)
    if row.channel == "clock":
        return Woke(seq=row.id, at=at, what=row.payload)
    if row.channel == "outbox":
        told = json.loads(row.payload)
        effect = EFFECT.validate_python(told.pop("effect"))
        return Undeliverable(seq=row.id, at=at, effect=effect, **told)
    return desk.channel.read(row.payload, row.id, at)


def undeliverable(case_id: str, key: str, effect: Any, reason: str, detail: str) -> Arrival:
    """The arrival that tells the core what could not be done."""
    payload = {"effect": EFFECT.dump_python(effect, mode="json"), "reason": reason}
    text = json.dumps({**payload, "detail": detail}, ensure_ascii=False)
    return Arrival("outbox", key, f"case:{case_id}", text, case_id)


def _route(desk: Desk, row: Row, event: Read | Woke | Undeliverable) -> tuple[Case, Event] | None:
    """The case that an event belongs to; what happens in a ticket's room becomes `Replied`."""
    if isinstance(event, Woke | Undeliverable):
        case = desk.store.cases.load(row.case_id or "")
        return (case, event) if case else None
    if not event.group:
        case_id = f"{row.channel}:{event.ref.chat}"
        case = desk.store.cases.load(case_id)
        return (case or Case(id=case_id, chat=event.ref.chat, person=event.who), event)
    return None if isinstance(event, Blocked) else _route_room(desk, event)


def _route_room(desk: Desk, event: Said | Attached | Edited | Pressed) -> tuple[Case, Event] | None:
    room = _room(desk, event)
    if room is None:
        if isinstance(event, Pressed):
            _say_old(desk, event)
        return None
    ticket, tier = room
    chat, person, now = event.ref.chat, event.who.id, desk.clock()
    member = desk.store.cases.membership(chat, person, now - MEMBER_FRESH)
    if member is None:
        raise Unverified(chat, person)
    case_id = desk.store.cases.of_ticket(ticket) or ""
    case = desk.store.cases.load(case_id) or Case(id=case_id, chat=0, person=Person(0, ""))
    replied = Replied(
        seq=event.seq, at=event.at, ticket=ticket, tier=tier, member=member, what=event
    )
    return case, replied


def _room(desk: Desk, event: Said | Attached | Edited | Pressed) -> tuple[str, str] | None:
    """The ticket and tier whose room this is: its topic, or a reply to what the desk said there."""
    chat = event.ref.chat
    room = None
    if event.thread is not None:
        room = desk.store.cases.room_at(chat, event.thread)
    if room is None:
        ref = event.ref if isinstance(event, Pressed) else event.reply_to
        kind, _, name = ((desk.store.outbox.lane_at(ref) if ref else None) or "").partition(":")
        room = (name.partition(":")[0], name.partition(":")[2]) if kind == "room" else None
    return room if room is not None and desk.groups.get(room[1]) == chat else None


def _say_old(desk: Desk, event: Pressed) -> None:
    text = desk.knowledge.texts.staff.old_button
    answer = Respond(to=Chat(event.ref.chat), query=event.query, text=text)
    desk.store.outbox.put("", [answer], desk.clock())


def _fail(desk: Desk, row: Row, error: Exception) -> None:
    """Keep the row, tell staff, and do not leave the person waiting."""
    case_id = row.case_id or f"{row.channel}:{row.lane}"
    desk.store.inbox.fail(row, case_id, f"{type(error).__name__}: {error}")
    texts, tier = desk.knowledge.texts, desk.knowledge.tiers.tiers[0].id
    notice = fill(texts.staff.failed, seq=row.id, error=type(error).__name__)
    effects: list[Send] = [Send(to=Group(tier), text=notice)]
    chat = int(row.lane) if row.lane.lstrip("-").isdecimal() else 0
    if chat > 0:
        effects.append(Send(to=Chat(chat), text=fill(texts.talk.apology)))
    desk.store.outbox.put(case_id, effects, desk.clock())
