"""The webhook has a limit for whoever begins requests and ends none."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import unused_port

from bot.loops import gate, serve
from tests.loops.test_receive import HEADER, SECRET, update
from tests.patience import PATIENCE

HALVES = [
    b"",
    b"POST / HT",
    f"POST / HTTP/1.1\r\nHost: a\r\n{HEADER}: {SECRET}\r\nX: ".encode(),
    f"POST / HTTP/1.1\r\nHost: a\r\n{HEADER}: {SECRET}\r\nContent-Length: 50\r\n\r\n{{".encode(),
]


@pytest.fixture
async def port(still: Any, running: Any) -> AsyncIterator[int]:
    chosen = unused_port()
    with serve(f"127.0.0.1:{chosen}", "telegram", SECRET) as serving:
        async with still() as desk, running(serving(desk)):
            await asyncio.sleep(0.05)
            yield chosen


async def begins(port: int, half: bytes) -> asyncio.StreamReader:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(half)
    reader.writer = writer  # type: ignore[attr-defined]  # or it is closed here
    return reader


async def ended(reader: asyncio.StreamReader) -> None:
    try:
        assert await reader.read() == b""
    except ConnectionResetError:
        pass
    finally:
        reader.writer.close()  # type: ignore[attr-defined]


async def post(client: ClientSession, port: int, number: int) -> int:
    address = f"http://127.0.0.1:{port}/"
    async with client.post(address, json=update(number), headers={HEADER: SECRET}) as answer:
        return answer.status


@pytest.mark.parametrize("half", HALVES)
async def test_a_request_that_never_ends_is_not_waited_for(
    port: int, half: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.1)
    reader = await begins(port, half)
    async with asyncio.timeout(PATIENCE):
        await ended(reader)


async def test_half_a_request_after_a_whole_one_is_not_waited_for_either(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.3)
    body = json.dumps(update(1))
    head = (
        f"POST / HTTP/1.1\r\nHost: a\r\n{HEADER}: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader = await begins(port, (head + body + "POST /").encode())
    async with asyncio.timeout(PATIENCE):
        assert b" 200 " in await reader.readline()
        rest = await reader.read()
    assert b"HTTP" not in rest
    reader.writer.close()  # type: ignore[attr-defined]


async def test_however_many_begin_telegram_gets_through(port: int) -> None:
    async with ClientSession() as client:
        assert await post(client, port, 1) == 200
        readers = [await begins(port, HALVES[n % len(HALVES)]) for n in range(200)]
        assert await post(client, port, 2) == 200
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(ended(each) for each in readers[: 200 - gate.CONNECTIONS]))
    for each in readers[200 - gate.CONNECTIONS :]:
        each.writer.close()  # type: ignore[attr-defined]


async def test_an_answer_that_takes_long_is_waited_for(
    port: int, path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    async with ClientSession() as client:
        posting = asyncio.ensure_future(post(client, port, 1))
        await asyncio.sleep(0.4)
        other.execute("commit")
        other.close()
        assert await posting == 200
