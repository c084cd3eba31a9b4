"""What a person may expect of their ticket: when somebody reads what they write."""

from __future__ import annotations

from datetime import datetime

from bot.core.content import working_time
from bot.core.content.progress_texts import Progress
from bot.core.text import clock
from bot.core.text.render import Html, fill
from bot.core.turn import Turn

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
