"""The simulation by which the watch over surges is judged."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from bot.insight import demand, simulation, surges
from bot.insight.watched import HISTORY
from bot.surge.days import days
from bot.surge.usual import MINUTES
from bot.surge.watch import DAY
from tests.surge.made import FIRST, Almanac

JUDGED = 20
DAYS = days(FIRST, HISTORY + JUDGED, Almanac())


def run(seed: int, rate: float = 60) -> simulation.Run:
    return simulation.run(rate, DAYS, np.random.default_rng(seed))


def test_the_same_seed_is_the_same_run_and_another_is_not() -> None:
    assert run(3) == run(3) != run(4)


def test_big_incidents_are_found_within_minutes_and_each_is_accounted_for() -> None:
    found = [each for seed in (3, 4) for each in run(seed).found]
    assert {each.incident.size for each in found} == set(demand.SIZES)
    delays = [each.draft for each in found if each.incident.size == 10]
    assert all(delay is not None and 1 <= delay <= 15 for delay in delays)
    assert all(each.look is not None and each.look <= each.draft for each in found if each.draft)


def test_without_incidents_every_draft_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demand, "planted", lambda days, first, chance: [])
    calm = run(5)
    assert calm.found == []
    assert calm.false <= 2


def test_incidents_of_which_nobody_was_told_are_false(monkeypatch: pytest.MonkeyPatch) -> None:
    made = demand.with_planted
    secret = [demand.Planted(0, (HISTORY + 3) * DAY + 600, 10)]
    monkeypatch.setattr(demand, "planted", lambda days, first, chance: [])
    monkeypatch.setattr(demand, "with_planted", lambda rates, _: made(rates, secret))
    assert run(5).false >= 1


def test_the_days_that_are_judged_are_drawn_from_the_period() -> None:
    period = (FIRST, FIRST + timedelta(days=HISTORY + 1))
    with pytest.raises(surges.TooLong, match="has 2 behind 56"):
        surges.runs(Almanac(), period, desks=1, judged=3, seed=0)


def test_a_rate_is_the_mean_of_office_hours() -> None:
    usual = demand.rates(30, DAYS, np.random.default_rng(1))
    ordinary = (DAYS.working == 1) & ~DAYS.marks.any(axis=1) & (DAYS.weekday == 2)
    of_days = usual[0].reshape(-1, DAY)[ordinary][:, 9 * MINUTES : 17 * MINUTES]
    assert of_days.mean() * MINUTES == pytest.approx(30, rel=0.15)


def test_whoever_reports_again_is_none_of_the_rate() -> None:
    chance = np.random.default_rng(1)
    made = demand.reports(np.full(5 * DAY, 0.5), chance)
    assert (np.diff(made.minute) >= 0).all()
    persons, first = np.unique(made.person, return_index=True)
    assert len(persons) == pytest.approx(2.5 * DAY, rel=0.05)
    assert len(made.person) / len(persons) == pytest.approx(1.3, abs=0.03)
    assert (made.district[first] < 0).mean() == pytest.approx(0.7, abs=0.03)


def test_figures_tell_medians_and_what_was_missed() -> None:
    incident = demand.Planted(0, 0, 3)
    found = [simulation.Found(incident, draft, 1) for draft in (5, 7, 9, None)]
    made = {20: [simulation.Run(found, 2, 90)]}
    rows = surges.rows(made)
    row = rows[20, 3]
    assert (row.median_min, row.p95_min, row.missed) == (7, None, 0.25)
    assert rows[20, 2].incidents == 0
    figures = surges.figures(made, rows)
    assert figures["false_drafts_30d"] == figures["20/h"]["false_drafts_30d"] == 0.67
    assert len(list(surges.lines(made, rows))) == 1 + len(rows) + 1
