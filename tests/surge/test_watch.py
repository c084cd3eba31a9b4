"""What is a surge and what is none, for weeks as a desk has them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from bot.surge import watch
from bot.surge.usual import Floats
from bot.surge.watch import DAY, LEAD
from tests.surge.made import FIRST, WEEKS, drawn, judged, learned, truth

TRUTH = truth(20)
SEEN = drawn(TRUTH)
ENOUGH = 13.0
"""Evidence about as high as what a draft takes at this rate."""
WORKDAY = 57
BEGIN = 10 * 60


def raised(family: int | slice, times: float, minutes: slice = slice(BEGIN, BEGIN + 240)) -> Floats:
    """The weeks with a working day on which more people came."""
    seen = SEEN.copy()
    part = slice(WORKDAY * DAY + minutes.start, WORKDAY * DAY + minutes.stop)
    seen[family, part] += drawn(TRUTH[family, part] * (times - 1), 5)
    return seen


def evidence(seen: Floats, day: int = WORKDAY) -> Floats:
    """Of a day by minute, as learned of the weeks without what was raised."""
    return judged(seen, day, learned(SEEN)).evidence[:, LEAD:]


def test_a_usual_day_is_no_surge() -> None:
    assert evidence(SEEN).max() < ENOUGH


def test_a_family_that_rises_alone_is_one_and_the_others_are_none() -> None:
    found = evidence(raised(1, 5))
    assert found[1, BEGIN : BEGIN + 30].max() > ENOUGH
    assert found[[0, 2]].max() < ENOUGH


def test_twice_as_many_of_everything_are_none() -> None:
    assert evidence(raised(slice(None), 2, slice(0, DAY))).max() < ENOUGH


def test_families_that_rise_together_do_not_hide_one_another() -> None:
    found = evidence(raised(slice(0, 3), 4))
    assert (found[:, BEGIN : BEGIN + 40].max(axis=1) > ENOUGH).all()


@pytest.mark.parametrize("seed", range(4))
def test_the_first_day_after_a_holiday_is_none(seed: int) -> None:
    seen = drawn(truth(20, seed), seed + 50)
    first = (date(2030, 5, 6) - FIRST).days
    usual = learned(seen, first)
    assert judged(seen, first, usual).evidence[:, LEAD:].max() < ENOUGH


def test_a_minute_alone_is_judged_as_in_its_day() -> None:
    seen, usual = raised(0, 3), learned(SEEN)
    whole = judged(seen, WORKDAY, usual).evidence[:, LEAD:]
    rates = usual.minutes(WEEKS[WORKDAY - 1 : WORKDAY + 2])
    for minute in (5, BEGIN + 20, BEGIN + 239, DAY - 1):
        now = WORKDAY * DAY + minute
        part = slice(now - LEAD, now + 1)
        nothing = np.zeros((4, LEAD + 1), np.bool_)
        alone = watch.weigh(
            seen[:, part], rates[:, minute + DAY - LEAD : minute + DAY + 1], nothing
        )
        np.testing.assert_allclose(alone.evidence[:, -1], whole[:, minute], atol=1e-9)


def test_a_surge_tells_since_when_and_how_many() -> None:
    weighed = judged(raised(2, 5), WORKDAY, learned(SEEN))
    minute = int(np.flatnonzero(weighed.evidence[2] > ENOUGH)[0])
    found = watch.surge(weighed, 2, minute)
    assert found.noticed == minute
    assert abs(found.began - LEAD - BEGIN) < 30
    assert found.persons > 2 * found.usual > 0


def test_minutes_of_a_known_surge_say_nothing_to_anybody() -> None:
    seen, usual = raised(0, 10), learned(SEEN).minutes(WEEKS[WORKDAY - 1 : WORKDAY + 2])
    part, out = slice(WORKDAY * DAY - LEAD, (WORKDAY + 1) * DAY), np.zeros((4, DAY + LEAD), bool)
    out[0, LEAD + BEGIN : LEAD + BEGIN + 240] = True
    found = watch.weigh(seen[:, part], usual[:, DAY - LEAD : 2 * DAY], out).evidence
    calm = watch.weigh(SEEN[:, part], usual[:, DAY - LEAD : 2 * DAY], out).evidence
    np.testing.assert_array_equal(found, calm)


def test_a_surge_ends_after_it_was_noticed() -> None:
    seen, usual = raised(0, 5), learned(SEEN).minutes(WEEKS[WORKDAY - 1 : WORKDAY + 2])
    part, out = slice(WORKDAY * DAY - LEAD, (WORKDAY + 1) * DAY), np.zeros((4, DAY + LEAD), bool)
    out[0, LEAD + BEGIN :] = True
    end = watch.over(seen[:, part], usual[:, DAY - LEAD : 2 * DAY], out, 0, LEAD + BEGIN + 20)
    assert end is not None
    assert 240 <= end - LEAD - BEGIN < 300


def test_the_replay_of_a_day_does_not_know_that_day() -> None:
    hours = watch.hours(SEEN[:, : 56 * DAY])
    kept = np.ones(hours.shape, np.bool_)
    changed = hours.copy()
    changed[:, 10] *= 3
    own = slice(10 * DAY + 60, 11 * DAY - 60)
    before, after = (watch.replayed(each, kept, WEEKS[:56]) for each in (hours, changed))
    np.testing.assert_array_equal(before[:, own], after[:, own])
    assert (before[:, 40 * DAY :] != after[:, 40 * DAY :]).any()


def test_peaks_leave_out_what_is_known() -> None:
    evidence, out = np.zeros((1, 2 * DAY)), np.zeros((1, 2 * DAY), np.bool_)
    evidence[0, [5, DAY + 5]], out[0, 5], out[0, DAY:] = (9.0, 9.0), True, True
    np.testing.assert_array_equal(watch.peaks(evidence, out), [[0.0, np.nan]])
