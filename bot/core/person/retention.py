"""What was closed or silent for long is thinned: texts and values go, counts and times stay.

A timer of the conversation like any other: set when the person is first heard, and set again as
long as something is left that will have to go. So one query finds what is due, and replaying events
thins the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core import timers
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Thin
from bot.core.model.message import Person
from bot.core.talk import steps
from bot.core.turn import Turn


def begin(turn: Turn) -> None:
    """Somebody was heard: see to it that it does not stay for ever."""
    keep = turn.knowledge.limits.keep
    if keep is not None and turn.conversation.thin_at is None:
        _again(turn, turn.at + keep)


def _again(turn: Turn, at: datetime) -> None:
    turn.conversation = replace(turn.conversation, thin_at=at)
    turn.order(timers.wake(timers.Keep(), at))


def woke(turn: Turn) -> None:
    """Thin what is old enough, and wait for the next that will be."""
    keep = turn.knowledge.limits.keep
    turn.conversation = replace(turn.conversation, thin_at=None)
    if keep is None:
        return
    before = turn.at - keep
    heard = turn.conversation.heard_at
    if turn.ticket is None and heard is not None and heard <= before:
        _quiet(turn)
    turn.order(Thin(before=before))
    left = [at for at in (*turn.state.ends, turn.conversation.heard_at) if at and at > before]
    if turn.ticket is not None:
        left.append(turn.at)
    if left:
        _again(turn, min(left) + keep)


def _quiet(turn: Turn) -> None:
    """Nothing is left of a conversation but that there was one, and its tickets' times."""
    old = turn.conversation
    if old.progress is not None:
        steps.ended(turn, "silent", old.progress.flow, old.progress.step)
    if old.reminder is not None:
        turn.order(timers.wake(timers.Step(old.reminder), None))
    turn.conversation = Conversation(
        id=old.id,
        address=old.address,
        person=Person(old.person.address, ""),
        turn=old.turn,
        blocked=old.blocked,
        since=turn.seq,
    )
