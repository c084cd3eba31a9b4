"""Times of the day as people write them: 10:05, 上午10点, 下午3点半, 晚上八点一刻."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.kinds.numerals import CHINESE, amount
from bot.core.kinds.values import Refused, refuse

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
    rf"| ?(?:{_PART})(?![{CHINESE}\d])"
)
"""A time of the day, or a part of it alone."""

_JOINED = {"今早": "今天早上", "今晚": "今天晚上", "昨晚": "昨天晚上", "昨夜": "昨天夜里"} | {
    "前晚": "前天晚上",
    "明早": "明天早上",
    "明晚": "明天晚上",
}
_CERTAIN_FROM = 8


def apart(text: str) -> str:
    """今早 and its like as day and part of the day."""
    for joined, parts in _JOINED.items():
        text = text.replace(joined, parts)
    return text


def read(met: re.Match[str]) -> tuple[int, int] | Refused | None:
    """Hour and minute of a `CLOCK` match; None for a part of the day alone.

    An hour from 1 to 7 without its part of the day may be either half and is asked back, unless
    it is written as a clock shows it (03:30).
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
