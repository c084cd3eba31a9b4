"""Day and time in Beijing: 今天上午10点, 10:05, 昨天下午3点半, 2026-11-24 10:05, 十分钟前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.core.kinds import clock, dates
from bot.core.kinds.numerals import CHINESE, amount
from bot.core.kinds.page import Found, Page, after
from bot.core.kinds.values import BEIJING, Refused, Value, refuse, tidy
from bot.core.knowledge import Field

_N = rf"[\d{CHINESE}]{{1,3}}"
_NOW = re.compile(r"刚刚|刚才|现在|刚(?!好)")
_AGO = re.compile(
    rf"(?P<minutes>{_N}) ?分钟?(?:之|以)?前|(?P<half>半)个?(?:小时|钟头)(?:之|以)?前"
    rf"|(?P<hours>{_N}) ?个?(?P<more>半)?(?:小时|钟头)(?:之|以)?前"
)
_ROUGHLY = re.compile(r"大概|大约|差不多|左右|前后|约")
_OTHER_DAY = re.compile(r"[\d天日那每某周月号末底]")


def read(field: Field, given: str, at: datetime) -> Value | Refused:
    """A moment as `2026-11-24 10:05`, Beijing time, not in the future."""
    text = clock.apart(tidy(given))
    now = at.astimezone(BEIJING).replace(second=0, microsecond=0, tzinfo=None)
    if (ago := _AGO.search(text)) and not re.search(r"[\d几]", _AGO.sub("", text, count=1)):
        return _before(now, ago)
    times = [met for met in clock.CLOCK.finditer(text) if clock.read(met) is not None]
    if len(times) > 1:
        return refuse("moment_unclear")
    if not times:
        return Value(_spelled(now)) if _NOW.search(text) else refuse("moment_no_clock")
    met = times[0]
    return _at(clock.read(met), text[: met.start()] + " " + text[met.end() :], at, now)


def _before(now: datetime, ago: re.Match[str]) -> Value | Refused:
    whole = amount(ago["minutes"] or ago["hours"] or "零")
    if whole is None:
        return refuse("moment_unclear")
    minutes = int(whole) * (60 if ago["hours"] else 1) + 30 * bool(ago["half"] or ago["more"])
    return Value(_spelled(now - timedelta(minutes=minutes)))


def _at(
    hour: tuple[int, int] | Refused | None, rest: str, at: datetime, now: datetime
) -> Value | Refused:
    if hour is None or isinstance(hour, Refused):
        return hour or refuse("moment_no_clock")
    rest = _ROUGHLY.sub("", rest)
    day = dates.read_day(rest, at)
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


def _spelled(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def show(value: str) -> str:
    """`2026年11月24日 10:05`."""
    day, hour = value.split(" ")
    return f"{dates.show(day)} {hour}"


def find(field: Field, page: Page, at: datetime) -> Iterator[Found]:
    """A time of the day, with the day before it, behind a cue or before one (…报错)."""
    behind = after(field)
    days = {met.end(): met.start() for met, _ in dates.matches(page.text)}
    for met in (*clock.CLOCK.finditer(page.text), *_AGO.finditer(page.text)):
        begin = met.start() + met[0].startswith(" ")
        start = days.get(met.start(), days.get(begin, begin))
        if start == begin and _OTHER_DAY.search(page.text, max(0, begin - 2), begin):
            continue
        follows = page.free(start) and behind.match(page.text, met.end()) is not None
        if page.cued(field, start) or follows:
            yield Found(page.text[start : met.end()], ((start, met.end()),), True)
