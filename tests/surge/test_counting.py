from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.surge.counting import APART, counted

REPORTS = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3)), max_size=40)


@given(REPORTS)
def test_a_person_counts_once_in_six_hours(reports: list[tuple[int, int]]) -> None:
    reports.sort(key=lambda report: report[0])
    last: dict[int, int] = {}
    expected = []
    for minute, person in reports:
        counts = person not in last or minute - last[person] >= APART
        expected.append(counts)
        if counts:
            last[person] = minute
    minutes, persons = np.array(reports, np.int64).reshape(-1, 2).T
    assert counted(minutes, persons).tolist() == expected
