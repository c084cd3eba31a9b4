"""Asking again at the time that a wait step promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core import timers
from bot.core.talk import flow, leaving
from bot.core.text.clock import within
from bot.core.text.render import fill
from bot.core.turn import Turn

# A question asked within this time may still be on somebody's mind.
LATELY = timedelta(hours=1)


def remind(turn: Turn, timer: timers.Step) -> None:
    """The time that a wait step set has come: ask what it promised to ask."""
    if turn.conversation.reminder != timer.place:
        return
    progress = turn.progress
    if progress is not None and within(turn.at, progress.asked_at, LATELY):
        turn.order(timers.wake(timer, turn.at + LATELY))
        return
    leaving.stop(turn, "reminded")
    turn.conversation = replace(turn.conversation, reminder=None)
    name, _, step = timer.place.partition("/")
    flow.arrive(turn, name, step, fill(turn.talk.reminder))
