"""Apps are told in order, and one that stopped reading cannot fill the memory."""

from __future__ import annotations

import pytest

from bot.local_telegram.world import feed
from bot.local_telegram.world.feed import Change, Feed


async def test_only_the_apps_of_those_who_may_see_are_told() -> None:
    told = Feed()
    with told.watched_by(1) as one, told.watched_by(2) as two:
        told.show([1], Change("typing", 1))
        assert one.get_nowait() == Change("typing", 1)
        assert two.empty()
    assert not told.is_watched


async def test_an_app_that_stopped_reading_loses_its_oldest_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed, "BACKLOG", 2)
    told = Feed()
    with told.watched_by(1) as changes:
        for number in range(3):
            told.show([1], Change("message", number))
        assert changes.get_nowait() == Change("message", 1)
        told.close()
        assert changes.get_nowait() == Change("message", 2)
        assert changes.get_nowait() is None
