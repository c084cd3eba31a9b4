"""The port for HTTP: what comes back, what fails, and that no failure tells the address."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram.request import AiohttpRequest

TOKEN = "7000000001:nobody-may-read-this"


async def echo(request: web.Request) -> web.Response:
    form = await request.post()
    return web.json_response(dict(form.items()), status=int(request.query.get("status", 200)))


async def result(request: web.Request) -> web.Response:
    fields = await request.json()
    if fields["chat_id"] == "0":
        wrong = {"ok": False, "error_code": 400, "description": "no such chat"}
        return web.json_response(wrong, status=400)
    return web.json_response({"ok": True, "result": fields})


async def hang(request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def cut(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes([web.post("/bot{token}/echo", echo), web.post("/bot{token}/cut", cut)])
    app.add_routes([web.post("/bot{token}/hang", hang), web.post("/bot{token}/json", result)])
    async with TestServer(app, handler_cancellation=True, shutdown_timeout=0.1) as server:
        yield str(server.make_url(f"/bot{TOKEN}"))


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest()
    await request.initialize()
    yield request
    await request.shutdown()


async def test_status_and_body_come_back_whatever_they_are(
    request_: AiohttpRequest, address: str
) -> None:
    for status in (200, 400, 429, 500):
        found = await request_.do_request(f"{address}/echo?status={status}", "POST")
        assert found == (status, b"{}")


async def test_parameters_are_sent_as_a_form(request_: AiohttpRequest, address: str) -> None:
    given = {"chat_id": 1001, "text": "在吗 & <好>", "reply_markup": {"a": [1]}}
    data = RequestData([RequestParameter.from_input(name, value) for name, value in given.items()])
    status, body = await request_.do_request(f"{address}/echo", "POST", data)
    assert status == 200
    assert json.loads(body) == {
        "chat_id": "1001",
        "text": "在吗 & <好>",
        "reply_markup": '{"a": [1]}',
    }


async def test_fields_are_sent_as_json_and_the_plain_result_comes_back(
    request_: AiohttpRequest, address: str
) -> None:
    given = {"chat_id": "1001", "text": "在吗 & <好>", "reply_markup": {"a": [1]}}
    assert await request_.call(f"{address}/json", given) == given
    with pytest.raises(BadRequest, match="no such chat"):
        await request_.call(f"{address}/json", {**given, "chat_id": "0"})


async def test_an_answer_that_does_not_come_in_time_is_a_timeout(
    request_: AiohttpRequest, address: str
) -> None:
    with pytest.raises(TimedOut) as caught:
        await request_.do_request(f"{address}/hang", "POST", read_timeout=0.05)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("failing", ["cut", "away", "nonsense"])
async def test_a_failure_of_the_network_does_not_tell_the_address(
    request_: AiohttpRequest, address: str, failing: str
) -> None:
    url = {
        "cut": f"{address}/cut",
        "away": f"http://127.0.0.1:{unused_port()}/bot{TOKEN}/getMe",
        "nonsense": f"not an address/bot{TOKEN}/getMe",
    }[failing]
    with pytest.raises(NetworkError) as caught:
        await request_.do_request(url, "POST")
    told = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in told
    assert "127.0.0.1" not in str(caught.value)


async def test_it_may_be_opened_and_closed_more_than_once(address: str) -> None:
    request = AiohttpRequest()
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert (await request.do_request(f"{address}/echo", "POST"))[0] == 200
        await request.shutdown()
        await request.shutdown()
