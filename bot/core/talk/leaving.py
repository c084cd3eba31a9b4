"""How a flow ends: at one of its ends, or because its person or something else ends it."""

from __future__ import annotations

from dataclasses import replace

from bot.core import timers
from bot.core.model.record import Left
from bot.core.talk import steps
from bot.core.turn import Turn


def key(turn: Turn) -> str:
    """The name under which the latest question can be edited."""
    return f"step:{turn.conversation.turn}"


def leave(turn: Turn, why: Left, end: tuple[str, str] | None = None) -> None:
    """End the flow, at the step `end` if it came to one, and call off a promised reminder."""
    reminder = turn.conversation.reminder
    if end is None and turn.progress is None and reminder is not None:
        end = _parts(reminder)
    stop(turn, why, end)
    call_off(turn)


def call_off(turn: Turn) -> None:
    """Nothing is asked again at a later time."""
    if (reminder := turn.conversation.reminder) is not None:
        turn.order(timers.wake(timers.Step(reminder), None))
        turn.conversation = replace(turn.conversation, reminder=None)


def stop(turn: Turn, why: Left, end: tuple[str, str] | None = None) -> None:
    """End the flow without a word; a reminder stays."""
    progress = turn.progress
    if end is None and progress is not None:
        end = (progress.flow, progress.step)
    if end is not None:
        steps.ended(turn, why, *end)
    if progress is not None and progress.question:
        turn.strip(key(turn))
    turn.progress = None


def check(turn: Turn) -> None:
    """Where the authors took a step away since it was asked, nothing is asked any more."""
    progress, reminder = turn.progress, turn.conversation.reminder
    if progress is not None and progress.editing not in (None, *turn.knowledge.fields):
        progress = replace(progress, editing=None)
        turn.progress = progress
    _check_conflicts(turn)
    places = [*progress.trail, f"{progress.flow}/{progress.step}"] if progress else []
    if not all(_exists(turn, at) for at in (*places, *filter(None, [reminder]))):
        leave(turn, "gone")


def _check_conflicts(turn: Turn) -> None:
    known = {*turn.knowledge.fields, *turn.knowledge.diagnosis.facts}
    left = tuple(each for each in turn.draft.conflicts if each.of in known)
    if left != turn.draft.conflicts:
        turn.draft = replace(turn.draft, conflicts=left)


def _exists(turn: Turn, at: str) -> bool:
    flow, step = _parts(at)
    return flow in turn.knowledge.flows and step in turn.knowledge.flows[flow].steps


def _parts(at: str) -> tuple[str, str]:
    flow, _, step = at.partition("/")
    return flow, step
