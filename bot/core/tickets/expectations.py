"""What a person may expect of their ticket: when it is read, who comes before, what is usual."""

from __future__ import annotations

from datetime import datetime

from bot.core.content import working_time
from bot.core.content.progress_texts import Progress
from bot.core.model.state import QUEUE
from bot.core.model.ticket import Ticket
from bot.core.text import clock
from bot.core.text.render import Html, fill
from bot.core.tickets import clocks
from bot.core.turn import Turn

HOUR, STEP = 60, 5
"""Minutes: what is usual is told to five of them, and from an hour on to half an hour."""
SOON = 3
"""Days ahead up to which a day is called by its weekday: from Friday to Monday."""


def read_at(turn: Turn) -> str:
    """When agents are back, as people say it; "" where they work now, or nobody knows."""
    calendar = turn.knowledge.calendar
    at = working_time.opening(calendar, turn.now)
    if at == turn.now or not working_time.is_open(calendar, at):
        return ""
    return when(turn.knowledge.texts.progress, at, turn.now)


def after_hours(turn: Turn) -> Html:
    """That nobody reads it before then; nothing where agents work."""
    at = read_at(turn)
    return fill(turn.knowledge.texts.progress.after_hours, when=at) if at else Html()


def waits(turn: Turn, ticket: Ticket) -> Html:
    """How many come before it and in what time a first word is usual, of a ticket that nobody has
    yet; nothing where there is nothing to tell. When agents are away no time is told.
    """
    if ticket.status != "new":
        return Html()
    texts = turn.knowledge.texts.progress
    said = list(filter(None, (_ahead(turn, ticket), _usual(turn, ticket))))
    return fill(texts.waits, what=texts.comma.join(said)) if said else Html()


def _ahead(turn: Turn, ticket: Ticket) -> str:
    texts, due_at = turn.knowledge.texts.progress, _due_at(turn, ticket)
    queue = turn.state.queues.get(ticket.tier, ())
    count = sum(each < due_at for each in queue) if due_at else 0
    if count == QUEUE:
        return texts.ahead_many.format(count=QUEUE - 1)
    return texts.ahead.format(count=count) if count else ""


def _due_at(turn: Turn, ticket: Ticket) -> datetime | None:
    """When it is due; of one that is opened now that is not kept yet."""
    return ticket.due_at or clocks.due_at(turn.knowledge, ticket, turn.now)


def _usual(turn: Turn, ticket: Ticket) -> str:
    texts, minutes = turn.knowledge.texts.progress, turn.state.usual.get(ticket.tier)
    if minutes is None or not working_time.is_open(turn.knowledge.calendar, turn.now):
        return ""
    if minutes < HOUR:
        return texts.usual_minutes.format(minutes=max(STEP, round(minutes / STEP) * STEP))
    return texts.usual_hours.format(hours=f"{round(minutes / HOUR * 2) / 2:g}")


def when(texts: Progress, at: datetime, now: datetime) -> str:
    """A moment to come: 今天 13:30, 明天 9:00, 周一 9:00, 12月5日（周六）9:00."""
    there = at.astimezone(clock.BEIJING)
    days = (clock.day(at) - clock.day(now)).days
    near = {0: texts.today, 1: texts.tomorrow}
    weekday = texts.weekdays[there.weekday()]
    form = near.get(days, texts.weekday if days <= SOON else texts.date)
    return form.format(
        time=f"{there.hour}:{there.minute:02}",
        weekday=weekday,
        month=there.month,
        day=there.day,
    )
