"""A running Telegram with three people and two groups, and a bot's bare HTTP client."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import Attachment, Group, LocalTelegram, User

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002


def png(width: int, height: int) -> bytes:
    """A white PNG image."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + b"\xff" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + packed + chunk(b"IEND", b"")


def button(data: str) -> dict[str, Any]:
    """A keyboard of one button."""
    return {"inline_keyboard": [[{"text": "好", "callback_data": data}]]}


async def ask(
    telegram: LocalTelegram, path: str, **options: Any
) -> tuple[int, dict[str, Any], dict[str, str]]:
    """A request of `path`: its status, its JSON and its headers."""
    async with (
        aiohttp.ClientSession(telegram.url) as session,
        session.request(options.pop("method", "POST"), path, **options) as response,
    ):
        return response.status, await response.json(content_type=None), dict(response.headers)


@pytest.fixture
def photo() -> Attachment:
    return Attachment("page.png", png(400, 200), "image/png")


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    people = [User(WANG, "王芳", "wangfang"), User(LI, "小李"), User(ZHAO, "小赵")]
    groups = [
        Group(FORUM, "一线客服", (LI, ZHAO)),
        Group(PLAIN, "二线", (LI, ZHAO), is_forum=False),
    ]
    async with LocalTelegram(people=people, groups=groups, bot_name="小票") as running:
        yield running


@pytest.fixture
async def raw(telegram: LocalTelegram) -> AsyncIterator[Call]:
    """`await raw(method, **parameters)` -> the whole JSON answer, sent as a JSON body."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, /, **parameters: Any) -> Any:
            url = f"{telegram.url}/bot{telegram.token}/{method}"
            async with session.post(url, json=parameters) as response:
                answer = await response.json()
                assert response.status == answer.get("error_code", 200)
                return answer

        yield call


@pytest.fixture
async def call(raw: Call) -> Call:
    """`await call(method, **parameters)` -> the result; the call must succeed."""

    async def method(name: str, /, **parameters: Any) -> Any:
        answer = await raw(name, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    return method


@pytest.fixture
async def refused(raw: Call) -> Call:
    """`await refused(method, **parameters)` -> the description; the call must be refused."""

    async def method(name: str, /, **parameters: Any) -> Any:
        answer = await raw(name, **parameters)
        assert not answer["ok"], answer
        return answer["description"]

    return method


@pytest.fixture
async def started(telegram: LocalTelegram, call: Call) -> LocalTelegram:
    """王芳 has pressed Start, and the bot has read that."""
    await telegram.person(WANG).says("/start")
    updates = await call("getUpdates")
    await call("getUpdates", offset=updates[-1]["update_id"] + 1)
    return telegram
