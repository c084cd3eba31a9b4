"""Rate limits: 30 a second in all, about one a second to a chat, 20 a minute to a group."""

from __future__ import annotations

import aiohttp
import pytest

from bot.local_telegram import Group, LocalTelegram, User
from bot.local_telegram.bot_api.rate_limits import Limits
from bot.local_telegram.wire.errors import ApiError


class Clock:
    """A clock that is set by hand, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def passed(limits: Limits, chats: list[str]) -> int:
    """How many messages get through before one is refused."""
    for number, chat in enumerate(chats):
        try:
            limits.count(chat)
        except ApiError:
            return number
    return len(chats)


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    clock = Clock()
    limits = Limits(clock)
    assert passed(limits, ["1"] * 9) == 3
    with pytest.raises(ApiError) as caught:
        limits.count("1")
    assert caught.value.code == 429
    assert caught.value.description == "Too Many Requests: retry after 1"
    assert caught.value.parameters == {"retry_after": 1}
    clock.now = 1
    assert passed(limits, ["1"] * 9) == 1


def test_all_chats_together_take_thirty_a_second() -> None:
    clock = Clock()
    limits = Limits(clock)
    chats = [str(number) for number in range(100)]
    assert passed(limits, chats) == 30
    clock.now = 0.5
    assert passed(limits, chats) == 15


def test_a_group_takes_twenty_a_minute_and_says_how_long_to_wait() -> None:
    clock = Clock()
    limits = Limits(clock)
    assert passed(limits, ["-100"] * 30) == 20
    with pytest.raises(ApiError, match="retry after 3"):
        limits.count("-100")
    clock.now = 60
    assert passed(limits, ["-100"] * 30) == 20


def test_buckets_of_quiet_chats_are_forgotten() -> None:
    clock = Clock()
    limits = Limits(clock)
    for number in range(12_000):
        clock.now = number
        limits.count(str(number))
    assert limits.known < 11_000


async def test_a_refused_call_tells_the_seconds_to_wait_over_http() -> None:
    async with (
        LocalTelegram(people=[User(1, "王")], rate_limits=True) as telegram,
        aiohttp.ClientSession() as session,
    ):
        await telegram.person(1).says("/start")
        url = f"{telegram.url}/bot{telegram.token}/sendMessage"
        for _ in range(4):
            async with session.post(url, json={"chat_id": 1, "text": "x"}) as response:
                answer = await response.json()
        assert response.status == 429
        assert answer["parameters"] == {"retry_after": 1}


async def test_whatever_changes_a_group_counts_there() -> None:
    group = Group(-1001000000001, "一线", (1,))
    async with (
        LocalTelegram(people=[User(1, "王")], groups=[group], rate_limits=True) as telegram,
        aiohttp.ClientSession() as session,
    ):

        async def call(method: str, **more: object) -> object:
            url = f"{telegram.url}/bot{telegram.token}/{method}"
            async with session.post(url, json={"chat_id": group.id} | more) as response:
                answer = await response.json()
            return answer["result"] if answer["ok"] else answer["error_code"]

        topic = await call("createForumTopic", name="甲")
        assert isinstance(topic, dict)
        thread = {"message_thread_id": topic["message_thread_id"]}
        message = await call("sendMessage", text="x", **thread)
        assert isinstance(message, dict)
        one = {"message_id": message["message_id"]}
        whisper = await call("sendMessage", text="x", receiver_user_id=1)
        assert isinstance(whisper, dict)
        named = {"receiver_user_id": 1, "ephemeral_message_id": whisper["ephemeral_message_id"]}
        await call("editForumTopic", name="乙", **thread)
        await call("pinChatMessage", **one)
        await call("setMessageReaction", **one)
        await call("editEphemeralMessageText", text="y", **named)
        for number in range(13):
            await call("editMessageText", text=str(number), **one)
        for method in ("editForumTopic", "pinChatMessage", "setMessageReaction"):
            assert await call(method, name="丙", **one, **thread) == 429
        assert await call("sendMessage", text="x", receiver_user_id=1) == 429
        assert await call("deleteEphemeralMessage", **named) is True
