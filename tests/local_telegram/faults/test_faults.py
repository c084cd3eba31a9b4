"""This Telegram misbehaves as it is told, and the same way each time."""

from __future__ import annotations

from collections import deque
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import Group, LocalTelegram
from bot.local_telegram.faults.faults import Faults
from bot.local_telegram.faults.troubles import LASTING, PASSING
from bot.local_telegram.wire.errors import too_many
from tests.patience import PATIENCE

WANG, LI, FORUM = 1001, 2001, -1001000000001


async def say(
    telegram: LocalTelegram, chat: int = WANG, patience: float = PATIENCE
) -> tuple[int, bytes]:
    """Status and body; silence for longer than `patience` (seconds) is a `TimeoutError`."""
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience)) as session,
        session.post(url, json={"chat_id": chat, "text": "您好"}) as answer,
    ):
        return answer.status, await answer.read()


@pytest.mark.parametrize("name", [*PASSING, *LASTING])
async def test_a_trouble_befalls_one_call_and_not_the_next(
    started: LocalTelegram, name: str
) -> None:
    started.faults.on("sendMessage", name)
    silent = name.startswith("timeout")
    try:
        status, body = await say(started, patience=0.3 if silent else PATIENCE)
        assert status >= 400 or not body.endswith(b"}")
    except TimeoutError:
        assert silent
    except aiohttp.ClientError:
        assert name.startswith("reset")
    said = [seen for seen in await started.person(WANG).history() if not seen.is_mine]
    assert len(said) == name.endswith("after")
    assert (await say(started))[0] == 200


async def test_a_rule_is_for_one_chat_from_the_nth_call_on_so_many_times(
    started: LocalTelegram,
) -> None:
    started.faults.on("sendmessage", too_many(7), chat=FORUM, nth=2, times=2)
    answers = [(await say(started, FORUM))[0] for _ in range(4)]
    assert answers == [200, 429, 429, 200]
    assert (await say(started, WANG))[0] == 200
    assert [(each.to, each.chat) for each in started.faults.happened] == [
        ("sendMessage", FORUM)
    ] * 2


async def test_a_rule_without_an_end_lasts_until_all_is_cleared(started: LocalTelegram) -> None:
    started.faults.on("sendMessage", "error 500", times=None)
    assert [(await say(started))[0] for _ in range(3)] == [500] * 3
    started.faults.clear()
    assert (await say(started))[0] == 200


def test_a_trouble_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Faults().on("sendMessage", "bad luck")


def befallen(seed: int) -> deque[Any]:
    faults = Faults()
    faults.at_random(0.2, seed=seed)
    for _ in range(300):
        faults.call("sendMessage", WANG)
        faults.update(WANG)
    return faults.happened


def test_the_same_seed_brings_the_same_troubles() -> None:
    assert befallen(1) == befallen(1) != befallen(2)
    assert 80 < len(befallen(1)) < 160


def test_random_trouble_may_be_kept_to_some_calls_and_kinds() -> None:
    faults = Faults()
    faults.at_random(1, seed=1, troubles=["reset"], twists=(), methods=["copyMessage"])
    assert faults.call("sendMessage", WANG) is None
    assert faults.call("copyMessage", WANG) is PASSING["reset"]
    assert faults.update(WANG) is None


async def ids(telegram: LocalTelegram, offset: int = 0) -> list[int]:
    return [u["update_id"] for u in await telegram.world.updates.take(offset, 100, 0)]


@pytest.mark.parametrize("twist", ["twice", "late", "jump", "broken"])
async def test_a_twist_befalls_one_update(telegram: LocalTelegram, twist: Any) -> None:
    updates = telegram.world.updates
    first = (await ids(telegram) or [700_000_000])[-1] + 1
    telegram.faults.on_update(twist)
    for n in range(2):
        updates.put("message", {"text": str(n), "from": {"id": 5, "first_name": "王"}}, 5)
    given = await updates.take(first, 100, 0)
    numbers = [update["update_id"] for update in given]
    expected = {"late": [first + 1, first], "jump": [first + 1000, first + 1001]}
    assert numbers == expected.get(twist, [first, first + 1])
    assert ("first_name" in given[0]["message"]["from"]) is (twist != "broken")
    assert await ids(telegram, max(numbers) + 1) == ([first] if twist == "twice" else [])
    assert await ids(telegram) == []


async def test_an_offset_from_before_the_numbers_began_anew_confirms_nothing(
    telegram: LocalTelegram,
) -> None:
    telegram.world.updates.begin_anew(50)
    telegram.world.updates.put("message", {}, 5)
    assert await ids(telegram, offset=700_000_005) == [50]
    assert await ids(telegram, offset=51) == []


async def test_a_group_that_became_a_supergroup_refuses_with_its_new_id(
    telegram: LocalTelegram,
) -> None:
    old = telegram.world.add_group(Group(-77, "小群", (LI,)))
    telegram.make_supergroup(old.id, LI, -1009)
    status, body = await say(telegram, old.id)
    assert status == 400
    assert b'"migrate_to_chat_id":-1009' in body
    assert (await say(telegram, -1009))[0] == 200
    told = [update.body for update in telegram.world.updates.pending.values()]
    assert told[-2]["migrate_to_chat_id"] == -1009
    assert told[-1]["migrate_from_chat_id"] == old.id
