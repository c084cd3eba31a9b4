"""Bodies that no honest client sends: each is refused in words, and harms nothing."""

from __future__ import annotations

import io
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import LocalTelegram

WANG = 1001

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="text"'
SOMEBODY = {"user": WANG, "chat_id": WANG, "text": "x"}


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def body(**more: Any) -> bytes:
    return json.dumps(SOMEBODY | more).encode()


@pytest.fixture
async def session(started: LocalTelegram) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(started.url) as session:
        yield session


@pytest.mark.parametrize("api", ["bot", "client"])
@pytest.mark.parametrize(
    ("kind", "sent", "reason"),
    [
        (JSON, nested(100_000).encode(), "can't parse JSON in the request body"),
        (JSON, b'{"a":' * 100_000, "can't parse JSON in the request body"),
        (JSON, body(entities=json.loads(nested(101))), "can't parse JSON in the request body"),
        (JSON, body(entities=nested(100_000)), "can't parse entities JSON object"),
        (JSON, body(entities='["\\ud800"]'), "strings must be encoded in UTF-8"),
        (JSON, body(text="\ud800"), "strings must be encoded in UTF-8"),
        (JSON, b'{"chat_id": NaN, "user": NaN}', "can't parse JSON in the request body"),
        (JSON, b'{"chat_id": 1e999, "user": 1e999}', "can't parse JSON in the request body"),
        (JSON, b'{"chat_id": %s}' % (b"9" * 5000), "can't parse JSON in the request body"),
        (JSON, b"null", "object expected as the request body"),
        (JSON, b'"x"', "object expected as the request body"),
        (JSON, b'{"text": "\xff"}', "strings must be encoded in UTF-8"),
        (JSON, "{}".encode("utf-16"), "strings must be encoded in UTF-8"),
        (FORM, b"text=%ff", "strings must be encoded in UTF-8"),
        (FORM, b"text=\xff", "strings must be encoded in UTF-8"),
        (FORM, b"a=1&" * 1001, "can't parse the request body"),
        (PARTS, b"--c--", "can't parse the request body"),
        (PARTS, PART + b"\r\n\r\nthis is not the end", "can't parse the request body"),
        (PARTS, PART + b"\r\n\r\n\xff\r\n--b--\r\n", "strings must be encoded in UTF-8"),
        (PARTS, PART + b"x" * 10_000 + b"\r\n\r\nx\r\n--b--\r\n", "can't parse the request body"),
        (PARTS, PART[:-1] + b"\r\n\r\nx\r\n--b--\r\n", "can't parse the request body"),
        (PARTS, (PART + b"\r\n\r\nx\r\n") * 1001 + b"--b--\r\n", "can't parse the request body"),
        ("multipart/form-data", b"--b--", "can't parse the request body"),
    ],
)
async def test_a_body_that_no_one_can_read_is_refused_in_words(
    started: LocalTelegram,
    session: aiohttp.ClientSession,
    api: str,
    kind: str,
    sent: bytes,
    reason: str,
) -> None:
    path = f"/bot{started.token}/sendMessage" if api == "bot" else "/client/send"
    headers = {"Content-Type": kind}
    async with session.post(path, data=sent, headers=headers) as response:
        answer = await response.json()
        assert response.status == 400
    if api == "bot":
        expected = {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}
    else:
        expected = {"error": reason}
    assert answer == expected


@pytest.mark.parametrize("api", ["bot", "client"])
async def test_a_body_that_says_falsely_how_it_is_packed_is_refused(
    started: LocalTelegram, session: aiohttp.ClientSession, api: str
) -> None:
    path = f"/bot{started.token}/sendMessage" if api == "bot" else "/client/send"
    headers = {"Content-Type": JSON, "Content-Encoding": "gzip"}
    async with session.post(path, data=b"not gzip", headers=headers) as response:
        assert response.status == 400
        assert "can't parse the request body" in await response.text()


async def test_json_as_deep_as_telegram_takes_it_is_taken(
    started: LocalTelegram, session: aiohttp.ClientSession
) -> None:
    options = {"a": json.loads(nested(99))}
    sent = SOMEBODY | {"link_preview_options": options}
    async with session.post(f"/bot{started.token}/sendMessage", json=sent) as response:
        assert (await response.json())["result"]["link_preview_options"] == options


@pytest.mark.parametrize("number", [1.5, True, "1_0", "１", "9" * 5000, 2**63, -(2**63) - 1, [1]])
async def test_only_what_is_a_number_is_taken_for_one(
    started: LocalTelegram, session: aiohttp.ClientSession, number: object
) -> None:
    async with session.post("/client/send", json={"user": number, "text": "x"}) as response:
        assert (response.status, await response.json()) == (
            400,
            {"error": "invalid user specified"},
        )


async def test_a_text_of_a_megabyte_is_refused_in_no_time(
    started: LocalTelegram, session: aiohttp.ClientSession
) -> None:
    sent = io.BytesIO(body(text="<b>好</b>" * 100_000, parse_mode="HTML"))
    headers = {"Content-Type": JSON}
    begun = time.perf_counter()
    path = f"/bot{started.token}/sendMessage"
    async with session.post(path, data=sent, headers=headers) as response:
        answer = await response.json()
    assert answer["description"] == "Bad Request: text is too long"
    assert time.perf_counter() - begun < 10, "it was read more than once"
