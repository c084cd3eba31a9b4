"""A question put in the place of the last one: under its buttons alone an answer counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.core.model.conversation import Progress
from bot.core.model.effects import Buttons
from bot.core.talk.leaving import key
from bot.core.turn import Turn


def put(
    turn: Turn, before: Progress | None, question: str, buttons: Callable[[int], Buttons]
) -> None:
    """Put a new question, whose number `buttons` are given."""
    if before and before.question:
        turn.strip(key(turn))
    if turn.progress is not None:
        question = turn.introduced(question)
        turn.progress = replace(turn.progress, question=question)
    # Above every number before, also of a conversation that was erased since.
    number = max(turn.conversation.turn + 1, turn.seq)
    turn.conversation = replace(turn.conversation, turn=number)
    turn.say(question, buttons(turn.conversation.turn), key(turn))


def trail(turn: Turn, here: str) -> tuple[str, ...]:
    """The way to the step `here`, without a step before which a conflict was settled: it was not
    asked yet.
    """
    before = turn.progress
    if before is None:
        return ()
    was = f"{before.flow}/{before.step}"
    if not before.step or was == here or before.settling:
        return before.trail
    return (*before.trail, was)[-40:]
