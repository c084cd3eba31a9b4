"""Delivery to the bot's own address: secret, order, repetition, and back to polling."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import MultipartWriter, web

from bot.local_telegram import LocalTelegram
from bot.local_telegram.updates import webhook
from tests.local_telegram.conftest import png
from tests.patience import PATIENCE

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, FORUM = 1001, 2001, -1001000000001


class Receiver:
    """A bot's web server; `status` is what it answers with, `answer` what the answer says."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: dict[str, Any] = {}
        self.url = ""
        self.got: list[tuple[str | None, dict[str, Any]]] = []
        self.news = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        async with self.news:
            self.got.append((secret, await request.json()))
            self.news.notify_all()
        return web.Response(status=self.status, **self.answer)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.got]

    async def wait(self, enough: Callable[[list[str]], bool]) -> list[str]:
        async with asyncio.timeout(PATIENCE), self.news:
            await self.news.wait_for(lambda: enough(self.texts))
        return self.texts


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    it = Receiver()
    app = web.Application()
    app.router.add_post("/hook", it.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    it.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield it
    await runner.cleanup()


async def test_updates_come_with_the_secret_and_in_order(
    telegram: LocalTelegram, call: Call, receiver: Receiver
) -> None:
    person = telegram.person(WANG)
    await person.says("来得早")
    await call("setWebhook", url=receiver.url, secret_token="s3cret_-")
    for number in range(5):
        await person.says(str(number))
    texts = await receiver.wait(lambda texts: len(texts) == 6)
    assert texts == ["来得早", "0", "1", "2", "3", "4"]
    assert {secret for secret, _ in receiver.got} == {"s3cret_-"}
    ids = [update["update_id"] for _, update in receiver.got]
    assert ids == sorted(ids)


async def test_an_update_that_was_not_taken_comes_again_and_holds_back_only_its_chat(
    telegram: LocalTelegram, call: Call, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "FIRST_DELAY", 0.05)
    await call("setWebhook", url=receiver.url)
    receiver.status = 500
    await telegram.person(WANG).says("一")
    await receiver.wait(lambda texts: len(texts) >= 2)
    info = await call("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert "500" in info["last_error_message"]
    receiver.status = 200
    await telegram.person(WANG).says("二")
    await telegram.person(LI).says("别人", chat=FORUM)

    texts = await receiver.wait(lambda texts: {"二", "别人"} <= set(texts))
    assert set(texts[:2]) == {"一"}
    assert texts.count("二") == texts.count("别人") == 1
    assert texts.index("二") > max(i for i, text in enumerate(texts) if text == "一")


async def test_a_bot_that_is_away_gets_its_updates_when_it_polls_instead(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    await telegram.person(WANG).says("在吗")
    reason = await refused("getUpdates")
    assert reason.startswith("Conflict: can't use getUpdates method while webhook is active")
    await call("deleteWebhook")
    (update,) = await call("getUpdates")
    assert update["message"]["text"] == "在吗"
    assert (await call("getWebhookInfo"))["url"] == ""


async def test_pending_updates_can_be_dropped(telegram: LocalTelegram, call: Call) -> None:
    await telegram.person(WANG).says("旧的")
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call("getUpdates") == []


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"url": "ftp://127.0.0.1/"}, "An HTTPS URL must be provided"),
        ({"url": "https://example.com/"}, "loopback addresses alone"),
        ({"url": "http://127.0.0.1/", "secret_token": "有空 格"}, "unallowed characters"),
    ],
)
async def test_a_webhook_elsewhere_or_with_a_bad_secret_is_refused(
    telegram: LocalTelegram, refused: Call, parameters: dict[str, str], reason: str
) -> None:
    assert reason in await refused("setWebhook", **parameters)


def form() -> MultipartWriter:
    """A photo sent in the answer itself."""
    writer = MultipartWriter("form-data")
    for name, value in {"method": "sendPhoto", "chat_id": str(WANG), "photo": "attach://p"}.items():
        writer.append(value).set_content_disposition("form-data", name=name)
    part = writer.append(png(9, 9), {"Content-Type": "image/png"})
    part.set_content_disposition("form-data", name="p", filename="p.png")
    return writer


SEND = {"method": "sendMessage", "chat_id": str(WANG), "text": "收到"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"text": json.dumps(SEND), "content_type": "application/json"}, "text"),
        ({"text": urlencode(SEND), "content_type": "application/x-www-form-urlencoded"}, "text"),
        ({"body": form()}, "photo"),
    ],
)
async def test_an_answer_may_carry_a_call(
    telegram: LocalTelegram, call: Call, receiver: Receiver, answer: dict[str, Any], kind: str
) -> None:
    receiver.answer = answer
    await call("setWebhook", url=receiver.url)
    person = telegram.person(WANG)
    await person.says("在吗")
    assert kind in (await person.sees(lambda seen: not seen.is_mine)).raw


@pytest.mark.parametrize(
    "body",
    [
        {"method": "getMe"},
        {"method": "deleteWebhook"},
        {"method": "sendMessage", "chat_id": 5, "text": "x"},
        {"method": "sendPaidMedia"},
        {"text": "x"},
        ["sendMessage"],
        "not JSON",
        "[" * 100_000,
        '{"method": "sendMessage", "chat_id": 1001, "text": "\\ud800"}',
    ],
)
async def test_an_answer_that_carries_nothing_to_do_is_an_answer_all_the_same(
    telegram: LocalTelegram, call: Call, receiver: Receiver, body: Any
) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    await takes(telegram, call, receiver, text.encode(), "application/json")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"method=sendMessage&chat_id=1001&text=%ff", "application/x-www-form-urlencoded"),
        (b"a=1&" * 1001, "application/x-www-form-urlencoded"),
        (b"--b--", "multipart/form-data"),
        (b"--c--", "multipart/form-data; boundary=b"),
        (b"--b\r\n\r\nno end", "multipart/form-data; boundary=b"),
    ],
)
async def test_an_answer_that_cannot_be_read_carries_nothing(
    telegram: LocalTelegram, call: Call, receiver: Receiver, body: bytes, kind: str
) -> None:
    await takes(telegram, call, receiver, body, kind)


async def takes(
    telegram: LocalTelegram, call: Call, receiver: Receiver, body: bytes, kind: str
) -> None:
    """The update counts as delivered, and nothing is done."""
    receiver.answer = {"body": body, "headers": {"Content-Type": kind}}
    await call("setWebhook", url=receiver.url)
    await telegram.person(WANG).says("在吗")
    await receiver.wait(lambda texts: texts == ["在吗"])
    await eventually(lambda: not telegram.world.updates.pending)
    info = await call("getWebhookInfo")
    assert info["url"] == receiver.url
    assert "last_error_message" not in info
    assert [seen.text for seen in await telegram.person(WANG).history()] == ["在吗"]


async def eventually(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await asyncio.sleep(0.01)
