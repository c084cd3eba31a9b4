from __future__ import annotations

import pytest

from bot.core.values.clock_times import CLOCK, apart, read
from bot.core.values.value import Refused


def hour_of(text: str) -> tuple[int, int] | str | None:
    met = CLOCK.search(text)
    if met is None:
        return None
    told = read(met)
    return told.reason if isinstance(told, Refused) else told


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("10:05", (10, 5)),
        ("10：05", None),
        ("23:59:59", (23, 59)),
        ("上午10点", (10, 0)),
        ("下午3点半", (15, 30)),
        ("晚上八点一刻", (20, 15)),
        ("八点三刻", (8, 45)),
        ("中午1点", (13, 0)),
        ("凌晨2点", (2, 0)),
        ("深夜11点", (23, 0)),
        ("下午15点", (15, 0)),
        ("十二点整", (12, 0)),
        ("3点", "moment_half"),
        ("晚上12点", "moment_unclear"),
        ("上午15点", "moment_unclear"),
        ("24:00", "moment_unclear"),
        ("10:60", "moment_unclear"),
        ("下午", None),
        ("到时候", None),
        ("110:05", None),
    ],
)
def test_an_hour_is_told_with_its_part_of_the_day(
    text: str, hour: tuple[int, int] | str | None
) -> None:
    assert hour_of(text) == hour


def test_a_part_of_the_day_that_hides_in_the_day_is_set_apart() -> None:
    assert apart("昨晚8点") == "昨天晚上8点"
