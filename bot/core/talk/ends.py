"""What becomes of a flow at its ends: it waits, is solved, or becomes a ticket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core import timers
from bot.core.content.knowledge import Step
from bot.core.model.conversation import Draft
from bot.core.talk import leaving
from bot.core.text.clock import days_later
from bot.core.text.render import joined, marked
from bot.core.tickets import lifecycle
from bot.core.turn import Turn


def _wait(turn: Turn, flow: str, step: Step, lead: str) -> None:
    assert step.wait is not None
    assert step.next is not None
    leaving.leave(turn, "waiting", (flow, step.id))
    what = f"{flow}/{step.next}"
    turn.conversation = replace(turn.conversation, reminder=what)
    at = days_later(turn.now, step.wait.days, step.wait.hour)
    turn.order(timers.wake(timers.Step(what), at))
    turn.say(joined(lead, marked(step.say)))


def _solved(turn: Turn, flow: str, step: Step, lead: str) -> None:
    leaving.stop(turn, "solved", (flow, step.id))
    turn.draft = Draft()
    turn.say(joined(lead, marked(step.say)))


def _submit(turn: Turn, flow: str, step: Step, lead: str) -> None:
    leaving.leave(turn, "handed_over", (flow, step.id))
    lifecycle.open_ticket(turn, joined(lead, marked(step.say)))


ENDS: Mapping[str, Callable[[Turn, str, Step, str], None]] = {
    "wait": _wait,
    "solved": _solved,
    "submit": _submit,
}
"""What becomes of a flow at each kind of end, told `lead` first."""
