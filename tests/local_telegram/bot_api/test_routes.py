"""Calls of bots over HTTP."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import LocalTelegram
from bot.local_telegram.server import telegram as server
from tests.local_telegram.conftest import ask

WANG = 1001
MARKUP = {"inline_keyboard": [[{"text": "好", "callback_data": "1"}]]}
PARAMETERS = {"chat_id": "1001", "text": "您好", "reply_markup": json.dumps(MARKUP)}


async def test_a_wrong_token_is_unauthorized_everywhere(telegram: LocalTelegram) -> None:
    expected = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (await ask(telegram, "/bot7000000001:wrong/getMe"))[:2] == (401, expected)
    path = "/file/bot7000000001:wrong/documents/file_1"
    assert (await ask(telegram, path, method="GET"))[:2] == (401, expected)


async def test_an_unknown_method_is_not_found_and_names_ignore_case(
    telegram: LocalTelegram,
) -> None:
    status, answer, _ = await ask(telegram, f"/bot{telegram.token}/getMoon")
    assert (status, answer["description"]) == (404, "Not Found: method not found")
    assert (await ask(telegram, f"/bot{telegram.token}/GETME", method="GET"))[1]["ok"]


async def test_a_method_that_only_the_real_telegram_has_is_refused_as_no_telegram_does(
    telegram: LocalTelegram,
) -> None:
    status, answer, _ = await ask(telegram, f"/bot{telegram.token}/sendPaidMedia")
    said = "Not Implemented: the local Telegram has no method sendPaidMedia"
    assert (status, answer["description"]) == (501, said)


async def test_a_token_that_was_revoked_is_unauthorized(telegram: LocalTelegram) -> None:
    old, telegram.token = telegram.token, "7000000001:another"
    assert (await ask(telegram, f"/bot{old}/getMe"))[1]["description"] == "Unauthorized"
    assert (await ask(telegram, f"/bot{telegram.token}/getMe"))[1]["ok"]


@pytest.mark.parametrize(
    "how",
    [
        {"json": PARAMETERS},
        {"json": PARAMETERS | {"chat_id": 1001, "reply_markup": MARKUP}},
        {"data": PARAMETERS},
        {"params": PARAMETERS, "method": "GET"},
        {"data": aiohttp.FormData(PARAMETERS, default_to_multipart=True)},
    ],
    ids=["json", "json nested", "form", "query", "multipart"],
)
async def test_parameters_come_in_every_form_that_telegram_takes(
    started: LocalTelegram, how: dict[str, Any]
) -> None:
    _, answer, _ = await ask(started, f"/bot{started.token}/sendMessage", **how)
    assert answer["result"]["text"] == "您好"
    assert answer["result"]["reply_markup"] == MARKUP


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"json": [1]}, "object expected as the request body"),
        (
            {"data": "{", "headers": {"Content-Type": "application/json"}},
            "can't parse JSON in the request body",
        ),
        ({"json": {"chat_id": WANG, "text": "x", "reply_markup": "{"}}, "can't parse reply_markup"),
        ({"json": {"chat_id": WANG, "text": "x", "entities": "{}"}}, "can't parse entities"),
        (
            {"json": {"chat_id": WANG, "text": "x", "message_thread_id": "x"}},
            "invalid message_thread_id specified",
        ),
    ],
)
async def test_a_body_that_cannot_be_read_is_a_bad_request(
    started: LocalTelegram, how: dict[str, Any], reason: str
) -> None:
    status, answer, _ = await ask(started, f"/bot{started.token}/sendMessage", **how)
    assert status == 400
    assert answer["description"].startswith(f"Bad Request: {reason}")


@pytest.mark.parametrize("part", ["document", "attach"])
async def test_a_file_comes_under_its_own_name_or_attached(
    started: LocalTelegram, part: str
) -> None:
    form = aiohttp.FormData({"chat_id": "1001"}, quote_fields=False)
    if part == "attach":
        form.add_field("document", "attach://file0")
        part = "file0"
    form.add_field(part, b"%PDF", filename="发票.pdf", content_type="application/pdf")
    _, answer, _ = await ask(started, f"/bot{started.token}/sendDocument", data=form)
    document = answer["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("发票.pdf", 4)
    assert document["mime_type"] == "application/pdf"


async def test_a_body_over_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "BODY_LIMIT", 100)
    async with LocalTelegram() as telegram:
        form = aiohttp.FormData()
        form.add_field("document", b"x" * 200, filename="x")
        path = f"/bot{telegram.token}/sendDocument"
        assert (await ask(telegram, path, data=form))[1][
            "description"
        ] == "Request Entity Too Large"
        assert (await ask(telegram, path, data=b"x" * 200))[0] == 413
        assert (await ask(telegram, "/client/send", data=form))[0] == 413
