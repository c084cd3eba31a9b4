"""The tables, by migrations that only go forward. Times are seconds since 1970, UTC.

A migration that was released is never changed; the next one comes after it. What released desks
have left behind is kept in `tests/store/fixtures`, and brought up to date by the tests.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from bot.store.migrations import (
    addresses,
    agents,
    cases,
    clocks,
    lines,
    people,
    record,
    rooms,
    rows,
)

ALL: tuple[Callable[[Database], None], ...] = (
    cases.first,
    cases.failed,
    cases.moved,
    cases.large,
    cases.papers,
    cases.kept,
    cases.account,
    rows.ids,
    rows.rows,
    rows.subjects,
    rows.titles,
    addresses.addresses,
    record.record,
    record.erasing,
    record.lanes,
    people.people,
    clocks.due,
    clocks.wound,
    rooms.icons,
    clocks.waits,
    agents.boards,
    agents.agents,
    clocks.digests,
    lines.taken_back,
)
"""In their order; each is kept by its name."""

migrations = Migrations("fapiao-desk")
for each in ALL:
    migrations()(each)
