"""Times of the day as people write them: 10:05, 上午10点, 下午3点半, 晚上八点一刻."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.core.text.numerals import CHINESE, amount
from bot.core.values.value import Refused, refuse

_SAME = {hour: hour for hour in range(24)}
_MORNING = {hour: hour for hour in range(13)}
_DAWN = {12: 0, **{hour: hour for hour in range(8)}}
_NOON = {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14}
_AFTERNOON = {12: 12, **{hour: hour + 12 for hour in range(1, 8)}}
_EVENING = {hour: hour + 12 for hour in range(5, 12)}
_NIGHT = {**{hour: hour for hour in range(6)}, **{hour: hour + 12 for hour in range(8, 12)}}


def _and_24(hours: Mapping[int, int]) -> Mapping[int, int]:
    """A part of the day also takes its own hours as a 24-hour clock says them: 下午15点."""
    return {**{hour: hour for hour in hours.values() if hour > 12}, **hours}


_PARTS: Mapping[str, Mapping[int, int]] = {
    **dict.fromkeys(("早上", "早晨", "上午", "清晨", "早"), _MORNING),
    **dict.fromkeys(("凌晨",), _DAWN),
    **dict.fromkeys(("中午",), _and_24(_NOON)),
    **dict.fromkeys(("下午", "午后"), _and_24(_AFTERNOON)),
    **dict.fromkeys(("傍晚", "晚上", "晚"), _and_24(_EVENING)),
    **dict.fromkeys(("夜里", "半夜", "深夜"), _and_24(_NIGHT)),
}
"""The hour of 24 that an hour means in each part of the day; one it does not have is asked back."""

_N = rf"[\d{CHINESE}]{{1,3}}"
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
CLOCK = re.compile(
    rf" ?(?:(?P<part>{_PART}) ?)?(?:(?<!\d)(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?::\d{{2}})?(?!\d)"
    rf"|(?P<hour>{_N}) ?(?:点钟?|时(?![候间]))"
    rf"(?: ?(?:(?P<half>半)|(?P<quarter>[一三])刻|整|(?P<minute>{_N}) ?分?)(?!\d))?)"
    rf"| ?(?<!最)(?P<alone>{_PART})(?![{CHINESE}\d于])"
)
"""A time of the day, or a part of it alone."""

AGO = re.compile(
    rf"(?P<minutes>{_N}) ?分钟?(?:之|以)?前|(?P<part>半|一刻)(?:个?(?:小时|钟头)|钟)(?:之|以)?前"
    rf"|(?P<hours>{_N}) ?个?(?P<more>半)?(?:小时|钟头)(?:之|以)?前"
)
"""A span of time before the message: 十分钟前, 半小时前, 一个半小时前."""

_JOINED = re.compile(r"(?<![天日月周年以之目])(?P<day>[今昨前明])(?P<part>早上?|晚上?|夜里?)")
_PART_OF = {"早": "早上", "晚": "晚上", "夜": "夜里"}
_CERTAIN_FROM = 8
_NIGHT_PARTS = ("夜里", "半夜", "深夜")
_LATE_PARTS = ("晚上", "晚")
_MORNING_FROM = 5


def apart(text: str) -> str:
    """The text with 今早 and the like as two words, the day and the part of it: 今天早上."""
    return _JOINED.sub(lambda met: f"{met['day']}天{_PART_OF[met['part'][0]]}", text)


def read(met: re.Match[str]) -> tuple[int, int] | Refused | None:
    """Hour (0 to 23) and minute of a `CLOCK` match; None where only a part of the day is named.

    An hour from 1 to 7 without its part of the day is refused, for it may be in the morning or in
    the afternoon, unless it is written as a clock shows it (03:30).
    """
    hour, minute = _figures(met)
    if hour is None:
        return None
    if met["part"]:
        hour = _PARTS[met["part"]].get(hour)
    elif 0 < hour < _CERTAIN_FROM and not (met["h"] or "").startswith("0"):
        return refuse("moment_half", hour=hour)
    if hour is None or not (hour in _SAME and 0 <= minute < 60):
        return refuse("moment_unclear")
    return hour, minute


def _figures(met: re.Match[str]) -> tuple[int | None, int]:
    if met["h"]:
        return int(met["h"]), int(met["m"])
    if not met["hour"]:
        return None, 0
    if met["half"] or met["quarter"]:
        minute = 30 if met["half"] else 15 * (1 if met["quarter"] == "一" else 3)
    else:
        minute = _count(met["minute"] or "零")
    return _count(met["hour"]), minute


def _count(text: str) -> int:
    number = amount(text)
    return 99 if number is None else int(number)


def ago(met: re.Match[str]) -> timedelta | None:
    """The span of an `AGO` match; None where its number is not a single one (两三个小时前)."""
    if met["part"]:
        return timedelta(minutes=30 if met["part"] == "半" else 15)
    whole = amount(met["minutes"] or met["hours"])
    if whole is None:
        return None
    return timedelta(minutes=int(whole) * (60 if met["hours"] else 1) + 30 * bool(met["more"]))


def between_days(met: re.Match[str]) -> bool:
    """Whether a `CLOCK` match is in the hours that people count to either day: 昨晚12点, 半夜."""
    hour = _figures(met)[0]
    if hour is None:
        return met["alone"] in _NIGHT_PARTS
    late = met["part"] in (*_NIGHT_PARTS, *_LATE_PARTS)
    return hour == 24 or (late and (hour < 6 or hour == 12))


def earliest(met: re.Match[str]) -> tuple[int, int]:
    """The earliest hour and minute that a `CLOCK` match may mean; (0, 0) where it is unclear."""
    if met["alone"]:
        hours = _PARTS[met["alone"]]
        return _MORNING_FROM if hours is _MORNING else min(hours.values()), 0
    told = read(met)
    return told if isinstance(told, tuple) else (0, 0)
