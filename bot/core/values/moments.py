"""Day and time in Beijing: 今天上午10点, 10:05, 昨天下午3点半, 2026-11-24 10:05, 十分钟前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.core.content.knowledge import Field
from bot.core.text import calendar
from bot.core.text.clock import BEIJING
from bot.core.values import clock_times, dates, day_forms
from bot.core.values.context import Context
from bot.core.values.page import Found, Page, after
from bot.core.values.value import Refused, Value, refuse, tidy

_NOW = re.compile(r"刚刚|刚才|现在|刚(?!好)")
_ISSUED = re.compile(
    rf"(?:{clock_times.AGO.pattern}|刚刚?才?)[^,。;!?\n]{{0,3}}?开(?![业始户通门])"
)
_ROUGHLY = re.compile(r"大概|大约|差不多|左右|前后|约")
_OTHER_DAY = re.compile(r"[\d天日那每某周月号末底]")


def read(field: Field, given: str, context: Context) -> Value | Refused:
    """A moment in canonical spelling, `2026-11-24 10:05` in Beijing, not after the message."""
    text = clock_times.apart(tidy(given))
    now = context.at.astimezone(BEIJING).replace(second=0, microsecond=0, tzinfo=None)
    met = clock_times.AGO.search(text)
    if met and not re.search(r"[\d几]", clock_times.AGO.sub("", text, count=1)):
        ago = clock_times.ago(met)
        return refuse("moment_unclear") if ago is None else Value(_spelled(now - ago))
    times = [met for met in clock_times.CLOCK.finditer(text) if clock_times.read(met) is not None]
    if len(times) > 1:
        return refuse("moment_unclear")
    if not times:
        return Value(_spelled(now)) if _NOW.search(text) else refuse("moment_no_clock")
    met = times[0]
    if clock_times.between_days(met) and re.search(r"[天日号]|周|星期|礼拜", text):
        return refuse("moment_unclear")  # 昨天半夜2点 is of this day for some
    return _at(clock_times.read(met), text[: met.start()] + " " + text[met.end() :], context, now)


def _at(
    hour: tuple[int, int] | Refused | None, rest: str, context: Context, now: datetime
) -> Value | Refused:
    if hour is None or isinstance(hour, Refused):
        return hour or refuse("moment_no_clock")
    rest = _ROUGHLY.sub("", rest)
    day = dates.read_day(rest, context)
    if isinstance(day, Refused):
        if day.reason != "date_unclear":
            return day
        if _OTHER_DAY.search(rest):
            return refuse("moment_unclear")
        day = now.date(), "named"
    moment = datetime.combine(day[0], time(*hour))
    if moment > now:
        return refuse("moment_future", moment=show(_spelled(moment)))
    return Value(_spelled(moment))


def issued(text: str, at: datetime) -> datetime | None:
    """The aware moment of issue that a text tells as a span (十分钟前开的, 刚开的), or None."""
    met = _ISSUED.search(tidy(text))
    if met is None:
        return None
    timed = met["minutes"] or met["part"] or met["hours"]
    ago = clock_times.ago(met) if timed else timedelta()
    return at - ago if ago is not None else None


def _spelled(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def show(value: str) -> str:
    """A canonical moment for people: `2026年11月24日 10:05`."""
    day, hour = value.split(" ")
    return f"{calendar.shown(day)} {hour}"


def find(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Times of the day, with the day written before them, behind a label of this field or before
    one of its cues with … (…报错).
    """
    behind = after(field)
    begins = {met.end(): met.start() for met, _ in day_forms.matches(page.text, context.vocabulary)}
    for met in (*clock_times.CLOCK.finditer(page.text), *clock_times.AGO.finditer(page.text)):
        begin = met.start() + met[0].startswith(" ")
        start = begins.get(met.start(), begins.get(begin, begin))
        if start == begin and _OTHER_DAY.search(page.text, max(0, begin - 2), begin):
            continue
        follows = page.free(start) and behind.match(page.text, met.end()) is not None
        if page.cued(field, start) or follows:
            yield Found(page.text[start : met.end()], ((start, met.end()),), True)
