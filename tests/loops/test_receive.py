"""Updates come in once, whole, and are confirmed only when they are on the disk."""

from __future__ import annotations

import asyncio
import hmac
import io
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer, unused_port

from bot.channels.console import Console, person
from bot.channels.telegram import failures
from bot.local_telegram.wire.answers import Answer
from bot.loops import Desk, poll, serve
from bot.loops.receive import BODY_LIMIT, webhook
from bot.store import Store
from tests.patience import PATIENCE

SECRET = "s3cret_-"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def update(number: int, text: str = "你好") -> dict[str, Any]:
    chat = {"id": 1001, "type": "private", "first_name": "王芳"}
    user = {"id": 1001, "is_bot": False, "first_name": "王芳"}
    message = {"message_id": number, "date": 0, "chat": chat, "from": user, "text": text}
    return {"update_id": number, "message": message}


def keys(path: Path) -> list[int]:
    """The updates that another program finds in the file."""
    other = sqlite3.connect(path)
    rows = other.execute("select key from inbox where channel = 'telegram' order by id").fetchall()
    other.close()
    return [int(row[0]) for row in rows]


async def count(desk: Desk[Store], number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while await desk.read(desk.store.inbox.backlog) < number:
            await desk.arrived.wait()
            desk.arrived.clear()


async def test_an_update_is_confirmed_only_when_it_is_on_the_disk(
    telegram: Any, still: Any, running: Any, faults: Any, path: Path
) -> None:
    seen: list[tuple[int, list[int]]] = []

    async def look(parameters: Any) -> Answer | None:
        seen.append((parameters.integer("offset") or 0, keys(path)))
        return None

    faults["getUpdates"] = look
    async with still() as desk, running(poll(desk)):
        for number in range(5):
            await telegram.person(1001).says(f"第{number}句")
            await count(desk, number + 1)
        while not telegram.world.updates.is_awaited:
            await asyncio.sleep(0.01)
    confirmed = [(offset, on_disk) for offset, on_disk in seen if offset]
    assert confirmed
    assert all(on_disk[-1] + 1 == offset for offset, on_disk in confirmed)


async def test_while_the_disk_does_not_take_it_nothing_is_confirmed(
    telegram: Any, still: Any, running: Any, faults: Any, path: Path
) -> None:
    asked = asyncio.Queue[int]()

    async def note(parameters: Any) -> Answer | None:
        asked.put_nowait(parameters.integer("offset") or 0)
        return None

    async with still() as desk:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        faults["getUpdates"] = note
        async with running(poll(desk)):
            await telegram.person(1001).says("别丢了我")
            assert await asked.get() == 0
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asked.get(), 0.3)
            assert telegram.world.updates.pending
            other.execute("commit")
            other.close()
            offset = await asyncio.wait_for(asked.get(), PATIENCE)
            assert keys(path) == [offset - 1]


async def test_updates_handed_over_twice_are_taken_once(
    telegram: Any, still: Any, fetched: Any, running: Any, path: Path
) -> None:
    """As when the desk stops after it has kept them and before it has confirmed them."""
    person = telegram.person(1001)
    for text in ("一", "二", "三"):
        await person.says(text)
    for _ in range(2):
        async with still() as desk:
            await fetched(desk)
    await person.says("四")
    async with still() as desk, running(poll(desk)):
        await count(desk, 4)
    texts = [json.loads(row.payload)["message"]["text"] for row in waiting(path)]
    assert texts == ["一", "二", "三", "四"]


def waiting(path: Path) -> list[Any]:
    store = Store.open(path)
    rows = store.inbox.waiting(100)
    store.close()
    return rows


@pytest.mark.parametrize(
    "answer",
    [
        Answer(502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}),
        Answer(409, {"ok": False, "error_code": 409, "description": "Conflict: terminated by"}),
        Answer(
            429,
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 0.1},
            },
        ),
    ],
    ids=lambda answer: str(answer.status),
)
async def test_when_telegram_does_not_answer_well_it_is_asked_again(
    telegram: Any,
    still: Any,
    running: Any,
    faults: Any,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
) -> None:
    monkeypatch.setattr(failures, "RETRY", 0.05)
    answers = [answer, answer]

    async def fail(parameters: Any) -> Answer | None:
        return answers.pop() if answers else None

    faults["getUpdates"] = fail
    await telegram.person(1001).says("在吗")
    async with still() as desk, running(poll(desk)):
        await count(desk, 1)
    assert not answers


@pytest.fixture
async def hook(still: Any) -> AsyncIterator[tuple[Desk[Store], TestClient[Any, Any]]]:
    async with still() as desk, TestClient(TestServer(webhook(desk, "telegram", SECRET))) as client:
        yield desk, client


async def test_an_update_posted_with_the_secret_is_kept_before_it_is_answered(
    hook: Any, path: Path
) -> None:
    _, client = hook
    for number in (5, 6, 5):
        answer = await client.post("/any/path", json=update(number), headers={HEADER: SECRET})
        assert answer.status == 200
        assert number in keys(path)
    assert keys(path) == [5, 6]


async def test_while_the_disk_does_not_take_it_the_post_is_not_answered(
    hook: Any, path: Path
) -> None:
    _, client = hook
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    posting = asyncio.ensure_future(client.post("/", json=update(5), headers={HEADER: SECRET}))
    done, _ = await asyncio.wait([posting], timeout=0.3)
    assert not done
    other.execute("commit")
    other.close()
    assert (await posting).status == 200
    assert keys(path) == [5]


async def test_a_post_that_cannot_be_kept_is_not_answered_as_received(hook: Any) -> None:
    desk, client = hook
    (pages,) = desk.store._db.execute("pragma page_count").fetchone()
    large = update(5, "字" * 50_000)
    for room, status in ((0, 500), (1000, 200)):
        desk.store._db.execute(f"pragma max_page_count = {pages + room}").fetchone()
        answer = await client.post("/", json=large, headers={HEADER: SECRET})
        assert answer.status == status
    assert await desk.read(desk.store.inbox.backlog) == 1


async def test_the_time_that_comparing_a_secret_takes_tells_nothing(
    hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`hmac.compare_digest` decides, and nothing before it."""
    compared: list[bytes] = []

    def agree(given: bytes, secret: bytes) -> bool:
        compared.append(given)
        return secret == SECRET.encode()

    monkeypatch.setattr(hmac, "compare_digest", agree)
    _, client = hook
    answer = await client.post("/", json=update(5), headers={HEADER: "wrong"})
    assert answer.status == 200
    assert compared == [b"wrong"]


async def test_a_secret_that_is_no_text_is_refused(hook: Any) -> None:
    _, client = hook
    reader, writer = await asyncio.open_connection(client.host, client.port)
    head = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n{HEADER}: ".encode()
    writer.write(head + b"\xff\xfe\r\n\r\n")
    assert b" 403 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "密"])
async def test_whoever_does_not_know_the_secret_is_refused(hook: Any, secret: str) -> None:
    desk, client = hook
    answer = await client.post("/", json=update(5), headers={HEADER: secret} if secret else {})
    assert answer.status == 403
    assert await desk.read(desk.store.inbox.backlog) == 0


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"5", b"{}", b"\xff", b"null"],
)
async def test_what_is_no_update_is_refused(hook: Any, body: bytes) -> None:
    desk, client = hook
    answer = await client.post("/", data=body, headers={HEADER: SECRET})
    assert answer.status == 400
    assert await desk.read(desk.store.inbox.backlog) == 0


async def test_a_body_that_is_too_large_is_refused(hook: Any) -> None:
    _, client = hook
    body = io.BytesIO(b" " * (BODY_LIMIT + 1))
    answer = await client.post("/", data=body, headers={HEADER: SECRET})
    assert answer.status == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_anything_but_a_post_is_refused(hook: Any, method: str) -> None:
    _, client = hook
    answer = await client.request(method, "/", headers={HEADER: SECRET})
    assert answer.status == 405


async def test_telegram_posts_to_the_desk_that_listens(
    telegram: Any, still: Any, running: Any
) -> None:
    port = unused_port()
    with serve(f"127.0.0.1:{port}", "telegram", SECRET) as serving:
        async with still() as desk, running(serving(desk)):
            await desk.channels["telegram"].listen(f"http://127.0.0.1:{port}/hook", SECRET)
            await telegram.person(1001).says("走网页钩子")
            await count(desk, 1)
            await desk.channels["telegram"].listen(None, "")
            assert telegram.world.webhook is None


async def test_who_is_posted_to_fetches_from_every_other_channel(
    still: Any, running: Any, tmp_path: Path
) -> None:
    console = Console({}, lambda post: None, tmp_path)
    with serve(f"127.0.0.1:{unused_port()}", "telegram", SECRET) as serving:
        async with still() as desk:
            desk.channels |= {console.name: console}
            async with running(serving(desk)), asyncio.timeout(PATIENCE):
                await console.type(person("您", "you"), "在吗")
            assert await desk.read(desk.store.inbox.backlog) == 1


async def test_a_slow_caller_does_not_keep_the_desk_from_stopping(still: Any) -> None:
    port = unused_port()
    with serve(f"127.0.0.1:{port}", "telegram", SECRET) as serve_it:
        async with still() as desk:
            serving = asyncio.ensure_future(serve_it(desk))
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    break
                except OSError:
                    await asyncio.sleep(0.01)
            head = (
                f"POST / HTTP/1.1\r\nHost: a\r\n{HEADER}: {SECRET}\r\nContent-Length: 50\r\n\r\n{{"
            )
            writer.write(head.encode())
            await writer.drain()
            await asyncio.sleep(0.05)
            serving.cancel()
            done, _ = await asyncio.wait([serving], timeout=PATIENCE)
            writer.close()
            await asyncio.gather(writer.wait_closed(), return_exceptions=True)
            assert done


def test_an_address_that_cannot_be_listened_on_is_refused_before_anything_starts() -> None:
    with pytest.raises(OSError, match="address"), serve("192.0.2.1:8443", "telegram", SECRET):
        pass
