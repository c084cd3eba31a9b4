"""Working time: how much of it lies between two moments, and when so much of it has passed.

Moments are aware; days and hours are those of Beijing. What is counted is seconds inside the
calendar's hours of its working days: lunch, nights, weekends and holidays count nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.core.content.calendar import Calendar
from bot.core.text import clock
from bot.core.text.clock import BEIJING

NOTHING = timedelta()
MOST = 400
"""Days ahead that are looked at: no target is so far, and a calendar may have no working day."""


def passed(calendar: Calendar, since: datetime, until: datetime) -> timedelta:
    """The working time between two moments; none where the second comes first."""
    first, last = clock.day(since), clock.day(until)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    spans = (span for each in days for span in _spans(calendar, each))
    overlaps = (min(closes, until) - max(opens, since) for opens, closes in spans)
    return sum((each for each in overlaps if each > NOTHING), NOTHING)


def after(calendar: Calendar, since: datetime, span: timedelta) -> datetime:
    """When so much working time has passed since a moment; always inside the hours, of a `span` of
    nothing or less the first moment of them from `since` on.
    """
    left = max(span, NOTHING)
    for opens, closes in _ahead(calendar, since):
        begin = max(opens, since)
        if left <= closes - begin and (left or begin < closes):
            return begin + left
        left -= max(closes - begin, NOTHING)
    return since + left


def day(calendar: Calendar) -> timedelta:
    """The working time of a whole day."""
    epoch = date(2000, 1, 1)
    opened = (
        datetime.combine(epoch, each.closes) - datetime.combine(epoch, each.opens)
        for each in calendar.hours
    )
    return sum(opened, NOTHING)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether agents work at this moment; the end of a period belongs to it."""
    return any(opens <= at <= closes for opens, closes in _spans(calendar, clock.day(at)))


def opening(calendar: Calendar, at: datetime) -> datetime:
    """This moment if agents work then, or else when they begin to again."""
    return at if is_open(calendar, at) else after(calendar, at, NOTHING)


def begins(calendar: Calendar, day: date) -> datetime:
    """When agents would begin to work on this day, were it one on which they do."""
    opens = calendar.hours[0].opens if calendar.hours else time()
    return datetime.combine(day, opens, BEIJING)


def _ahead(calendar: Calendar, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    for n in range(MOST):
        yield from _spans(calendar, clock.day(since) + timedelta(days=n))


def _spans(calendar: Calendar, of: date) -> Iterator[tuple[datetime, datetime]]:
    """When agents begin and end to work on a day, a pair for each period."""
    if calendar.is_workday(of):
        for period in calendar.hours:
            opens = datetime.combine(of, period.opens, BEIJING)
            yield opens, datetime.combine(of, period.closes, BEIJING)
