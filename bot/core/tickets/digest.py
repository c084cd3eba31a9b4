"""What each tier is told at its time of a working day: how it stands, with a chart of two weeks.

A timer of the tier is set to the next one. What was told is kept, so that a timer that is heard
twice, or too late, tells nothing again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core import timers
from bot.core.content import working_time
from bot.core.content.knowledge import Knowledge
from bot.core.model.chart import Grouped, Part
from bot.core.model.digest import COUNTED, Figures
from bot.core.model.effects import DIGEST, Digested, Effect, Group, Picture
from bot.core.model.state import About
from bot.core.text import clock
from bot.core.text.clock import BEIJING
from bot.core.text.render import Html, fill

HOUR = 60
"""Minutes from which hours are told."""


def next_at(knowledge: Knowledge, last: datetime, now: datetime) -> datetime | None:
    """When a tier that was told `last` is told next; now or before where that is due.

    What was missed is told on its day alone, while somebody works; None: there is none.
    """
    time, calendar, today = knowledge.tiers.digest, knowledge.calendar, clock.day(now)
    if time is None or not calendar.hours:
        return None
    at, last = datetime.combine(today, time, BEIJING), min(last, now)  # a clock may be set back
    if calendar.is_workday(today) and last < at:
        late = working_time.opening(calendar, now)
        if now <= at or clock.day(late) == today:
            return max(at, late)
    coming = (today + timedelta(days=n) for n in range(1, working_time.MOST))
    day = next(filter(calendar.is_workday, coming), None)
    return datetime.combine(day, time, BEIJING) if day is not None else None


def come(about: About, timer: timers.Digest, knowledge: Knowledge) -> Iterator[Effect]:
    """Tell the tier's group, unless there is nothing to tell, and wait for the next time."""
    figures, tiers = about.figures, [tier.id for tier in knowledge.tiers.tiers]
    if figures is None or timer.tier not in tiers:
        return
    at, last = next_at(knowledge, figures.since, figures.at), figures.since
    if at is not None and at <= figures.at:
        yield Digested(tier=timer.tier, at=figures.at)
        if figures.waiting or figures.opened or figures.closed:
            yield _told(figures, timer.tier, knowledge)
        last = figures.at
    yield timers.wake(timer, next_at(knowledge, last, figures.at))


def _told(figures: Figures, tier: str, knowledge: Knowledge) -> Picture:
    text = Html("\n".join(_lines(figures, tier, knowledge)))
    chart = _chart(figures, tier, knowledge)
    return Picture(to=Group(tier), chart=chart, text=text, key=DIGEST)


def _lines(figures: Figures, tier: str, knowledge: Knowledge) -> Iterator[Html]:
    texts, today = knowledge.texts.digest, clock.day(figures.at)
    counted = knowledge.texts.agents.counted

    def count(number: int) -> str:
        return counted.format(count=number) if number >= COUNTED else str(number)

    yield fill(
        texts.head,
        tier=knowledge.tiers.named(tier).name,
        day=f"{today:%m-%d}",
        weekday=knowledge.texts.progress.weekdays[today.weekday()],
    )
    yield fill(texts.waiting, count=figures.waiting, unowned=figures.unowned)
    yield fill(texts.due, today=count(figures.due_today), overdue=count(figures.overdue))
    since = clock.local(figures.since)
    yield fill(texts.since, at=since, opened=figures.opened, closed=figures.closed)
    if figures.usual is not None and figures.usual < HOUR:
        yield fill(texts.usual_minutes, minutes=figures.usual)
    elif figures.usual is not None:
        yield fill(texts.usual_hours, hours=round(figures.usual / HOUR))
    if given := sum(figures.stars.values()):
        mean = sum(stars * times for stars, times in figures.stars.items()) / given
        yield fill(texts.stars, stars=f"{mean:.1f}", count=given, days=len(figures.days))


def _chart(figures: Figures, tier: str, knowledge: Knowledge) -> Grouped:
    texts, days = knowledge.texts.digest, figures.days
    title = texts.chart.format(tier=knowledge.tiers.named(tier).name, days=len(days))
    return Grouped(
        title=title,
        unit=texts.unit,
        moments=tuple(f"{each.day:%m-%d}" for each in days),
        parts=(
            Part(texts.opened, tuple(each.opened for each in days)),
            Part(texts.closed, tuple(each.closed for each in days)),
        ),
    )
