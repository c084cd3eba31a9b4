"""The first weeks, in which nobody knows what is usual."""

from __future__ import annotations

import numpy as np

from bot.surge import shares, watch
from bot.surge.usual import Floats
from bot.surge.watch import DAY, LEAD
from tests.surge.made import drawn, truth

TRUTH = truth(20)
SEEN = drawn(TRUTH)
DAYS = 14
BEGIN = 10 * 60


def evidence(seen: Floats) -> Floats:
    part = slice(DAYS * DAY - LEAD, (DAYS + 1) * DAY)
    nothing = np.zeros((4, DAY + LEAD), np.bool_)
    of_all = shares.shares(SEEN[:, : DAYS * DAY])
    return watch.weigh_by_shares(seen[:, part], of_all, nothing).evidence[:, LEAD:]


def test_a_family_of_which_more_come_among_all_is_noticed() -> None:
    seen = SEEN.copy()
    part = slice(DAYS * DAY + BEGIN, DAYS * DAY + BEGIN + 240)
    seen[1, part] = drawn(5 * TRUTH[1, part], 6)
    found = evidence(seen)
    assert found[1, BEGIN : BEGIN + 60].max() > 14 > found[[0, 2]].max()


def test_a_day_on_which_five_times_as_many_come_of_all_is_none() -> None:
    seen = SEEN.copy()
    seen[:, DAYS * DAY :] = drawn(5 * TRUTH[:, DAYS * DAY :], 8)
    assert evidence(seen).max() < 14


def test_without_any_day_all_come_evenly() -> None:
    np.testing.assert_allclose(shares.shares(np.zeros((4, 0))), 0.25)


def test_what_is_left_out_changes_nothing_for_the_others() -> None:
    of_all, seen = np.array([0.2, 0.3, 0.5]), np.array([[2.0], [3.0], [5.0]])
    out = np.array([[True], [False], [False]])
    np.testing.assert_allclose(shares.usual(seen, of_all, out), [[0.0], [3.0]])
    alone = shares.tolls(seen[1:], of_all[1:] / 0.8, out[1:])
    np.testing.assert_allclose(shares.tolls(seen, of_all, out)[:, 1:], alone)
