"""The chat page in a real browser, with a small bot behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from bot.local_telegram import Group, LocalTelegram, User

WANG, CHEN, LI = 1001, 1002, 2001
FORUM = -1001000000001
PEOPLE = (User(WANG, "王芳"), User(CHEN, "陈建国"), User(LI, "小李"))
GROUPS = (Group(FORUM, "一线客服", (LI,)),)
EXAMPLES = ("发票查不到怎么办", "怎么转人工")
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "提示", "callback_data": "toast"}, {"text": "弹窗", "callback_data": "alert"}],
        [{"text": "官网", "url": "https://example.com/"}],
    ]
}


class RelayBot:
    """Answers in private, and from "开话题" on copies between person and topic."""

    def __init__(self, telegram: LocalTelegram, session: aiohttp.ClientSession) -> None:
        self.url = f"{telegram.url}/bot{telegram.token}"
        self.session = session
        self.topics: dict[int, int] = {}
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.url}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                if query := update.get("inline_query"):
                    await self.offer(query)
                elif press := update.get("callback_query"):
                    await self.answer(press)
                elif edited := update.get("edited_message"):
                    await self.say(edited["chat"]["id"], f"改成了：{edited['text']}")
                elif message := update.get("message"):
                    await self.hear(message)

    async def answer(self, press: dict[str, Any]) -> None:
        await self.may_answer.wait()
        alert = press["data"] == "alert"
        words = "请先看这里" if alert else "好的，已记下"
        parameters = {"callback_query_id": press["id"], "text": words, "show_alert": alert}
        await self.call("answerCallbackQuery", **parameters)

    async def offer(self, query: dict[str, Any]) -> None:
        """Two articles, of which the second quotes the words; none for an empty query."""
        results = [
            {
                "type": "article",
                "id": title,
                "title": title,
                "description": f"关于{query['query']}",
                "input_message_content": {"message_text": f"{title}：{query['query']}"},
            }
            for title in ("查验", "勾选")
            if query["query"]
        ]
        parameters = {"inline_query_id": query["id"], "results": results, "cache_time": 0}
        await self.call("answerInlineQuery", **parameters)

    async def say(self, chat: int, text: str, **more: Any) -> None:
        await self.call("sendMessage", chat_id=chat, text=text, **more)

    async def hear(self, message: dict[str, Any]) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if chat == FORUM:
            for person, topic in self.topics.items():
                if topic == message.get("message_thread_id") and not message["from"]["is_bot"]:
                    await self.copy(message, person)
        elif text == "开话题":
            topic = await self.call("createForumTopic", chat_id=FORUM, name="工单 7")
            self.topics[chat] = topic["message_thread_id"]
            await self.copy(message, FORUM, self.topics[chat])
        elif chat in self.topics:
            await self.copy(message, FORUM, self.topics[chat])
        else:
            await self.say(chat, f"收到：{text or '文件'}", reply_markup=KEYBOARD)

    async def copy(self, message: dict[str, Any], chat: int, thread: int | None = None) -> None:
        place = {"chat_id": chat} | ({"message_thread_id": thread} if thread else {})
        source = {"from_chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        await self.call("copyMessage", **place, **source)


class Window:
    """The page, or one of its two panels, in the words of who uses it."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page = page
        self.root = root
        self.input = root.get_by_label("写消息")

    def side(self, name: str) -> Window:
        """The "left" or the "right" panel."""
        return Window(self.page, self.root.locator(f"[data-panel={name}]"))

    def find(self, selector: str, text: str = "") -> Locator:
        return self.root.locator(selector, has_text=text)

    def bubble(self, text: str) -> Locator:
        """The latest message with that text."""
        return self.find(".bubble", text).last

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    async def says(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def begins(self) -> None:
        await self.button("开始").click()
        await expect(self.bubble("收到：/start")).to_be_visible()

    async def chooses(self, item: str, menu: Locator | None = None) -> None:
        """Choose from the menu behind a button, or of a message by its right button."""
        if menu is not None:
            is_bubble = "bubble" in (await menu.get_attribute("class") or "")
            await menu.click(button="right" if is_bubble else "left", position={"x": 9, "y": 9})
        await self.root.get_by_role("menuitem", name=item).click()

    async def agrees(self, name: str) -> None:
        """Press a button of the dialog that asks."""
        await self.root.get_by_role("alertdialog").get_by_role("button", name=name).click()


Visit = Callable[..., Awaitable[Window]]


def start_telegram(port: int = 0) -> LocalTelegram:
    return LocalTelegram(
        people=PEOPLE,
        groups=GROUPS,
        examples=EXAMPLES,
        bot_name="小票",
        port=port,
        inline_mode=True,
    )


@pytest.fixture
def new_telegram() -> Callable[..., LocalTelegram]:
    """`new_telegram(port)` -> one that is not started."""
    return start_telegram


@pytest_asyncio.fixture(loop_scope="session")
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with start_telegram() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bot(telegram: LocalTelegram) -> AsyncIterator[RelayBot]:
    async with aiohttp.ClientSession() as session:
        relay = RelayBot(telegram, session)
        running = asyncio.create_task(relay.run())
        yield relay
        assert not running.done(), running.exception()
        running.cancel()
        await asyncio.wait([running])


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, telegram: LocalTelegram) -> AsyncIterator[Visit]:
    """`await visit("#left=…", width=…)` -> the page; what goes wrong in it fails the test."""
    wrong: list[str] = []
    contexts = []

    async def visit(address: str = "", width: int = 900, **more: Any) -> Window:
        size = ViewportSize(width=width, height=844)
        context = await browser.new_context(viewport=size, reduced_motion="reduce", **more)
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto(f"{telegram.url}/{address}")
        await expect(page.locator(".panel").first).to_be_visible()
        return Window(page, page.locator("body"))

    yield visit
    for context in contexts:
        await context.close()
    assert wrong == []
