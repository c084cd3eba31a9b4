"""A working day that is played: nobody is told anything at night, and nothing twice.

The figures come from what the desk kept, so a desk whose clocks are broken shows in them.
"""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from bot.app.simulation import Tally, simulated
from bot.core.content import working_time
from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Knowledge
from bot.core.tickets.clocks import Clock
from bot.store import Store
from bot.store.account import account

TICKETS = 12


async def played(knowledge: Knowledge, place: Path, seed: int = 1) -> Tally:
    return await simulated(knowledge, place, seed, TICKETS)


async def test_a_day_goes_by_without_a_word_at_night_and_without_one_twice(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    tally = await played(knowledge, tmp_path)
    told = tally.json()
    assert tally.is_right
    assert (told["at_night"], told["twice"]) == (0, 0)
    assert told["tickets"] == TICKETS
    assert all(told[name] for name in ("met", "reminded", "due", "overdue", "escalated"))
    assert told["reminded"] >= told["due"] >= told["overdue"] >= told["escalated"]
    assert tally.by_tier["frontline"]["tickets"] == TICKETS
    assert len(tally.service.said) >= told["due"]
    found = account(tmp_path / "desk.db")
    assert found is not None
    assert found.is_settled, found
    store = Store.open(tmp_path / "desk.db")
    assert store.inbox.failed() == []
    store.close()


async def test_a_desk_that_does_not_know_when_agents_work_talks_at_night(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always(calendar: Calendar, at: datetime) -> bool:
        return True

    monkeypatch.setattr(working_time, "is_open", always)
    tally = await played(knowledge, tmp_path)
    assert tally.at_night > 0
    assert not tally.is_right


async def test_a_desk_that_forgets_what_it_told_tells_it_twice(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = count()
    monkeypatch.setattr(Clock, "stage", lambda clock, name: f"{name}:{next(anew)}")
    tally = await played(knowledge, tmp_path)
    assert tally.service.twice > 0
    assert not tally.is_right
