"""What is usual is learned of what was, and not of what was a surge."""

from __future__ import annotations

import numpy as np

from bot.surge import watch
from bot.surge.days import MARKS
from bot.surge.usual import Floats, by_minute, fit
from bot.surge.watch import DAY
from tests.surge.made import WEEKS, drawn, learned, truth

SEEN = drawn(truth(20))
INCIDENT = slice(54 * DAY + 10 * 60, 54 * DAY + 14 * 60)
TOMORROW = 55


def with_incident(size: int) -> Floats:
    seen = SEEN.copy()
    seen[0, INCIDENT] *= size
    return seen


def of_tomorrow(seen: Floats, declared: bool) -> Floats:
    """Usual reports of the first family by hour."""
    out = np.zeros(seen.shape, np.bool_)
    out[0, INCIDENT] = declared
    part = slice(0, TOMORROW * DAY)
    hours, kept = watch.hours(seen[:, part]), watch.whole_hours(out[:, part])
    usual = fit(hours, kept, WEEKS[:TOMORROW]).hours(WEEKS[TOMORROW : TOMORROW + 1])
    of_first: Floats = usual[0, 0]
    return of_first


def test_days_of_the_same_kind_are_met_within_the_noise_of_days() -> None:
    usual = learned(SEEN).hours(WEEKS[:56]).sum(axis=2)
    ratio = watch.hours(SEEN)[:, :56].sum(axis=2) / usual
    assert np.abs(np.median(ratio, axis=1) - 1).max() < 0.06
    assert ratio.std() < 0.35


def test_a_declared_incident_leaves_no_trace() -> None:
    calm, after = of_tomorrow(SEEN, True), of_tomorrow(with_incident(10), True)
    np.testing.assert_allclose(after, calm, rtol=1e-12)


def test_an_undeclared_one_hardly_raises_the_usual() -> None:
    calm = of_tomorrow(SEEN, False)
    for size in (3, 10):
        after = of_tomorrow(with_incident(size), False)
        assert (after / calm).max() < 1.1


def test_a_deadline_keeps_its_factor_and_an_unseen_mark_keeps_near_one() -> None:
    marks = learned(SEEN, 28).marks
    assert (marks[:, MARKS.index("deadline")] > 1.2).all()
    assert np.abs(marks[:, MARKS.index("after_holiday")] - 1).max() < 1e-9


def test_twice_as_many_reports_are_twice_the_usual() -> None:
    once, twice = learned(SEEN).hours(WEEKS), learned(4 * SEEN).hours(WEEKS)
    busy = once > 5
    assert np.abs(twice[busy] / once[busy] / 4 - 1).max() < 0.1


def test_the_minutes_of_an_hour_come_to_the_hour() -> None:
    hours = np.tile(4 + 3 * np.sin(np.arange(24) / 24 * 2 * np.pi), (1, 2, 1))
    again = watch.hours(by_minute(hours))[:, :, 1:-1]
    np.testing.assert_allclose(again[:, 0], hours[:, 0, 1:-1], rtol=0.01)
