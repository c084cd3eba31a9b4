"""getUpdates: offsets, waiting, kinds, and one reader at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram
from bot.local_telegram.updates.queue import Updates
from bot.local_telegram.wire.errors import ApiError

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, ZHAO, FORUM = 1001, 2002, -1001000000001


def filled(count: int) -> Updates:
    queue = Updates(first_id=10)
    for number in range(count):
        queue.put("message", {"n": number}, lane=number)
    return queue


async def ids(queue: Updates, offset: int = 0, limit: int = 100) -> list[int]:
    return [update["update_id"] for update in await queue.take(offset, limit, 0)]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it() -> None:
    queue = filled(3)
    assert await ids(queue) == [10, 11, 12]
    assert await ids(queue) == [10, 11, 12]
    assert await ids(queue, offset=12) == [12]
    assert await ids(queue) == [12]
    assert await ids(queue, offset=13) == []


async def test_a_limit_gives_the_oldest_first() -> None:
    queue = filled(3)
    assert await ids(queue, limit=2) == [10, 11]
    assert await ids(queue, offset=12, limit=2) == [12]


async def test_a_negative_offset_keeps_only_the_latest() -> None:
    queue = filled(3)
    assert await ids(queue, offset=-1) == [12]
    assert await ids(queue) == [12]
    assert await ids(Updates(), offset=-1) == []


async def test_updates_are_forgotten_after_a_day() -> None:
    hours = iter([0, 1, 24.5])
    queue = Updates(first_id=10, clock=lambda: 3600 * next(hours))
    for _ in range(3):
        queue.put("message", {}, lane=1)
    assert await ids(queue) == [11, 12]


async def test_a_waiting_call_gets_an_update_the_moment_it_happens() -> None:
    queue = Updates(first_id=10)
    reading = asyncio.create_task(queue.take(0, 100, 30))
    await asyncio.sleep(0)
    queue.put("message", {}, lane=1)
    assert [update["update_id"] for update in await reading] == [10]


async def test_a_call_that_waited_in_vain_gets_nothing() -> None:
    assert await Updates().take(0, 100, 0.01) == []


async def test_a_second_call_ends_the_first() -> None:
    queue = Updates()
    first = asyncio.create_task(queue.take(0, 100, 30))
    await asyncio.sleep(0)
    assert await queue.take(0, 100, 0) == []
    with pytest.raises(ApiError, match="terminated by other getUpdates request") as caught:
        await first
    assert caught.value.code == 409


async def test_kinds_not_asked_for_are_not_kept_and_the_choice_is_remembered(
    telegram: LocalTelegram, call: Call
) -> None:
    assert await call("getUpdates", allowed_updates=["callback_query"]) == []
    await telegram.person(WANG).says("不会收到")
    assert await call("getUpdates") == []
    assert await call("getUpdates", allowed_updates=[]) == []
    await telegram.person(WANG).says("会收到")
    (update,) = await call("getUpdates")
    assert update["message"]["text"] == "会收到"


async def test_membership_of_others_is_told_only_when_asked_for(
    telegram: LocalTelegram, call: Call
) -> None:
    await telegram.person(ZHAO).does("leave", chat=FORUM)
    (update,) = await call("getUpdates", allowed_updates=["message", "chat_member"])
    assert update["message"]["left_chat_member"]["id"] == ZHAO
    await telegram.person(ZHAO).does("join", chat=FORUM)
    _, joined, greeted = await call("getUpdates")
    assert joined["chat_member"]["old_chat_member"]["status"] == "left"
    assert joined["chat_member"]["new_chat_member"]["status"] == "member"
    assert greeted["message"]["new_chat_members"][0]["id"] == ZHAO


async def test_over_http_one_of_two_calls_is_sent_away_and_the_other_is_served(
    telegram: LocalTelegram, raw: Call
) -> None:
    readers = [asyncio.create_task(raw("getUpdates", timeout=30)) for _ in range(2)]
    done, waiting = await asyncio.wait(readers, return_when=asyncio.FIRST_COMPLETED)
    assert [task.result()["error_code"] for task in done] == [409]
    await telegram.person(WANG).says("你好")
    (update,) = (await waiting.pop())["result"]
    assert update["message"]["text"] == "你好"
