"""What was decided, into the store."""

from __future__ import annotations

from bot.core.model import subject
from bot.core.model.effects import (
    Attend,
    Deal,
    Digested,
    Forget,
    Inward,
    Join,
    Outgoing,
    Tell,
    Thin,
    WakeAt,
)
from bot.core.model.state import Decision
from bot.loops import erase, internal_events
from bot.loops.desk import Desk
from bot.store import Row
from bot.store.protocol import Work


def keep(desk: Desk[Work], row: Row, decision: Decision) -> None:
    """Keep what was decided from a row, inside of its transaction."""
    now, effects, known = desk.clock(), decision.effects, decision.conversation
    if known is not None:
        if known.address:
            desk.store.records.add(known.id, row.id, decision.records)
        _keep_conversation(desk, known.id, decision, now)
    desk.store.outbox.put(known.id if known else subject.DESK, outgoing(decision), now)
    for effect in effects:
        if isinstance(effect, Attend):
            desk.store.agents.attend(effect.address, away=effect.away)
        elif isinstance(effect, Deal):
            desk.store.agents.deal(effect.tier, effect.address, now)
        elif isinstance(effect, Digested):
            desk.store.digests.told(effect.tier, effect.at.timestamp())
        elif isinstance(effect, WakeAt):
            of = known.id if known else row.subject or subject.DESK
            desk.store.timers.wake_at(of, effect.what, effect.at)
    tells = [effect for effect in effects if isinstance(effect, Tell)]
    desk.store.inbox.take([internal_events.told(e, row, n) for n, e in enumerate(tells)], now)


def outgoing(decision: Decision) -> list[Outgoing]:
    """What of a decision is for a channel."""
    return [e for e in decision.effects if not isinstance(e, Inward)]


def _keep_conversation(desk: Desk[Work], subject: str, decision: Decision, now: float) -> None:
    if any(isinstance(effect, Forget) for effect in decision.effects):
        erase.forget(desk, subject)
    elif decision.conversation is not None and decision.conversation.address:
        desk.store.conversations.keep(decision, now)
    for effect in decision.effects:
        if isinstance(effect, Join):
            desk.store.people.join(subject, effect.address)
        elif isinstance(effect, Thin):
            desk.store.retention.thin(subject, effect.before)
