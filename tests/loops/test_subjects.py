"""Subjects tell one another by rows of the inbox, which are kept with all else that was decided."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.model.effects import Group, Send, Tell
from bot.core.model.facts import Reported
from bot.loops import internal_events
from bot.loops.work import work_on
from bot.store import Arrival, Row

TELL = Tell(to="invoice:2511", fact=Reported())


def row(hops: int) -> Row:
    if not hops:
        return Row(7, "telegram", "1001", 0.0, "{}", None)
    arrival = internal_events.told(TELL, row(hops - 1), 0)
    return Row(7, "desk", arrival.lane, 0.0, arrival.payload, arrival.subject)


def test_a_chain_of_orders_to_other_subjects_ends_after_three() -> None:
    assert internal_events.told(TELL, row(2), 0).subject == "invoice:2511"
    with pytest.raises(internal_events.TooLong, match="row 7 tells invoice:2511"):
        internal_events.told(TELL, row(3), 0)


def test_what_follows_twice_from_one_row_is_two_arrivals_and_again_the_same() -> None:
    keys = [internal_events.told(TELL, row(0), place).key for place in (0, 1, 0)]
    assert keys == ["7 0", "7 1", "7 0"]


async def test_what_is_for_nobody_fails_with_a_line(still: Any, caplog: Any) -> None:
    async with still() as desk:
        woke = Arrival("clock", "1", "x", "step:a/b", "")
        await desk.write(desk.store.inbox.take, [woke], 1.0)
        await desk.write(work_on, desk)
        ((_, error),) = await desk.read(desk.store.inbox.failed)
        assert error == "ValueError: '' is no subject"


async def test_an_order_that_belongs_to_nobody_is_refused(still: Any) -> None:
    async with still() as desk:
        with pytest.raises(ValueError, match="must belong to somebody"):
            said = [Send(to=Group("frontline"), text="好")]
            await desk.write(desk.store.outbox.put, "", said, 1.0)
        assert await desk.read(desk.store.outbox.backlog) == 0
