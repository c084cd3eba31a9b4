"""When people send, and what they send together."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram, Person, Refused

Call = Callable[..., Coroutine[Any, Any, Any]]

YESTERDAY = 1_790_000_000


async def test_what_was_sent_yesterday_keeps_its_date(wang: Person, call: Call) -> None:
    for hours in range(3):
        await wang.says(f"第 {hours} 小时", date=YESTERDAY + 3600 * hours)
    dates = [update["message"]["date"] for update in await call("getUpdates")]
    assert dates == [YESTERDAY, YESTERDAY + 3600, YESTERDAY + 7200]


async def test_updates_can_be_told_in_another_order_than_things_happened(
    telegram: LocalTelegram, wang: Person, call: Call
) -> None:
    with telegram.world.updates.held():
        await wang.says("先", date=YESTERDAY)
        await wang.says("后", date=YESTERDAY + 60)
        assert await call("getUpdates") == []
    late, early = await call("getUpdates")
    assert (late["message"]["text"], early["message"]["text"]) == ("后", "先")
    assert late["update_id"] > early["update_id"]
    assert late["message"]["date"] > early["message"]["date"]
    assert await call("getUpdates", offset=late["update_id"] + 1) == []


async def test_a_later_piece_belongs_to_the_album(
    wang: Person, photo: Attachment, latest: Call
) -> None:
    first, _ = await wang.sends(photo, photo, kind="photo", date=YESTERDAY)
    await wang.sends(photo, kind="photo", into=first, date=YESTERDAY + 11)
    told = await latest()
    assert told["media_group_id"] == first.raw["media_group_id"]
    assert told["date"] == YESTERDAY + 11
    with pytest.raises(Refused, match="an album holds"):
        await wang.sends(photo, kind="voice", into=first)
