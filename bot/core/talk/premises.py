"""A deadline that somebody believes in, put right in one line before the next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core.model.conversation import Deadline
from bot.core.text import clock
from bot.core.text.render import Html, fill
from bot.core.turn import Turn
from bot.core.understanding import Understood

NEAR = timedelta(days=1)
"""How long before a deadline a human is offered first."""


def put_right(turn: Turn, said: Understood) -> None:
    """Let what is said next begin with the real deadline, where the text takes another day for it
    or it is near. Each is told once; one that no calendar knows is not.
    """
    believed, today = said.last_day, clock.day(turn.at)
    real = turn.knowledge.calendar.next_deadline(today)
    if believed is None or real is None:
        return
    deadline = Deadline(real, near=real - today <= NEAR)
    known = turn.conversation.deadline == deadline
    if known or (believed == real and not deadline.near):
        return
    turn.conversation = replace(turn.conversation, deadline=deadline)
    turn.foreword = _line(turn, real, believed, today)


def _line(turn: Turn, real: date, believed: date, today: date) -> Html:
    talk = turn.knowledge.texts.talk
    if real == today:
        text = talk.deadline_today
    elif real - today <= NEAR:
        text = talk.deadline_tomorrow
    else:
        text = talk.deadline_later if believed < real else talk.deadline_sooner
    return fill(text, month=real.month, day=real.day)
