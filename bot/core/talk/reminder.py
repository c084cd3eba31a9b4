"""Asking again at the time that a wait step promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.model.effects import WakeAt
from bot.core.talk import flow, leaving
from bot.core.text.clock import within
from bot.core.text.render import fill
from bot.core.turn import Turn

# A question asked within this time may still be on somebody's mind.
LATELY = timedelta(hours=1)


def remind(turn: Turn, name: str, step: str) -> None:
    """The time that a wait step set has come: ask what it promised to ask."""
    if turn.conversation.reminder != f"{name}/{step}":
        return
    progress = turn.progress
    if progress is not None and within(turn.at, progress.asked_at, LATELY):
        turn.order(WakeAt(what=f"step:{name}/{step}", at=turn.at + LATELY))
        return
    leaving.stop(turn, "reminded")
    turn.conversation = replace(turn.conversation, reminder=None)
    flow.arrive(turn, name, step, fill(turn.talk.reminder))
