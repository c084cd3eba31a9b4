"""The page without a mouse: few stops for Tab, arrows inside lists, Escape out of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from bot.local_telegram import LocalTelegram
    from tests.local_telegram.page.conftest import RelayBot, Visit, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, LI = 1001, 2001
FORUM = -1001000000001
FOCUSED = """() => {
    const one = document.activeElement;
    return one.getAttribute("aria-label") ?? one.textContent;
}"""
RING = "() => getComputedStyle(document.activeElement).outlineStyle"


async def presses(here: Window, *keys: str) -> list[str]:
    """Press keys; the names of what has the focus after each."""
    names = []
    for key in keys:
        await here.page.keyboard.press(key)
        names.append(await here.page.evaluate(FOCUSED))
    return names


async def talk(visit: Visit, telegram: LocalTelegram, bot: RelayBot) -> Window:
    """王芳 has talked a while with the bot, whose every message has buttons."""
    person = telegram.person(WANG)
    for text in ("/start", "一", "二"):
        await person.says(text)
        await person.sees(f"收到：{text}")
    here = await visit(f"#left={WANG},{WANG},")
    await expect(here.bubble("收到：二")).to_be_visible()
    return here


async def test_tab_comes_to_the_composer_in_few_stops(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot
) -> None:
    for text in ("你好", "发票查不到"):
        await telegram.person(WANG).says(text)
        await telegram.person(WANG).sees(f"收到：{text}")
    for number in range(9):
        await bot.call("createForumTopic", chat_id=FORUM, name=f"工单 {number}")
    here = await visit(f"#left={LI},{FORUM},")
    await expect(here.find(".topic")).to_have_count(10)
    stops = await presses(here, *["Tab"] * 5)
    assert stops[-1] == "写消息"
    assert stops[2] == "常规", "the list of chats is one stop, at the open one"
    here = await visit(f"#left={WANG},{WANG},")
    await expect(here.button("怎么转人工")).to_be_visible()
    stops = await presses(here, *["Tab"] * 8)
    assert stops[4] == "小票：收到：发票查不到", "the messages are one stop, at the latest"
    assert stops[5] == "发票查不到怎么办", "the examples are one stop"
    assert stops[-1] == "写消息"
    assert await presses(here, "Shift+Tab", "Shift+Tab", "ArrowRight") == [
        "附件", "发票查不到怎么办", "怎么转人工",
    ]  # fmt: skip


async def test_arrows_walk_among_messages_and_their_buttons(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot
) -> None:
    here = await talk(visit, telegram, bot)
    await here.input.focus()
    for _ in range(3):
        await here.page.keyboard.press("Shift+Tab")
    assert await here.page.evaluate(FOCUSED) == "小票：收到：二"
    assert await here.page.evaluate(RING) == "solid"
    assert await presses(here, "ArrowUp", "ArrowUp", "Home", "End") == [
        "我：二", "小票：收到：一", "我：/start", "小票：收到：二",
    ]  # fmt: skip
    assert await presses(here, "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight") == [
        "消息菜单", "提示", "消息菜单", "提示",
    ]  # fmt: skip
    assert await here.page.evaluate(RING) == "solid"
    await here.page.keyboard.press("Enter")
    await expect(here.find(".toast")).to_have_text("好的，已记下")
    assert await presses(here, "Escape", "Escape") == ["小票：收到：二", "写消息"]


async def test_a_new_message_leaves_the_focus_where_it_is(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot
) -> None:
    here = await talk(visit, telegram, bot)
    await here.find(".row", "收到：一").focus()
    await bot.say(WANG, "又一句")
    await expect(here.bubble("又一句")).to_be_visible()
    assert await here.page.evaluate(FOCUSED) == "小票：收到：一"
    await here.input.focus()
    await expect(here.find(".row", "又一句")).to_have_attribute("tabindex", "0")
    await expect(here.find(".messages [tabindex='0']")).to_have_count(1)


async def test_enter_opens_the_menu_of_a_message_and_escape_closes_it(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot
) -> None:
    here = await talk(visit, telegram, bot)
    await here.find(".row.out", "二").focus()
    assert await presses(here, "Enter", "End", "Home", "ArrowUp", "ArrowDown") == [
        "回复", "删除", "回复", "删除", "回复",
    ]  # fmt: skip
    assert await presses(here, "Escape") == ["我：二"]
    await expect(here.root.get_by_role("menu")).to_have_count(0)
    await here.page.keyboard.press("Enter")
    await here.page.keyboard.press("Enter")
    await expect(here.find(".aim")).to_contain_text(["", "回复 王芳"])
    await here.page.keyboard.press("Escape")
    await expect(here.find(".aim:visible")).to_have_count(0)


async def test_escape_closes_every_menu_form_and_list(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot
) -> None:
    await bot.call("setMyCommands", commands=[{"command": "faq", "description": "常见问题"}])
    here = await talk(visit, telegram, bot)
    for item in ("位置", "联系人", "贴纸"):
        await here.chooses(item, here.button("附件"))
        await expect(here.root.get_by_role("dialog")).to_be_visible()
        assert await presses(here, "Escape") == ["附件"]
        await expect(here.root.get_by_role("dialog")).to_have_count(0)
    await here.find(".who").click()
    assert await presses(here, "Escape") == ["当前身份：王芳，切换身份"]
    await here.button("命令").click()
    await expect(here.root.get_by_role("listbox")).to_be_visible()
    assert await presses(here, "Escape") == ["写消息"]
    await expect(here.root.get_by_role("listbox")).to_be_hidden()


async def test_arrows_walk_among_chats_and_fold_their_topics(visit: Visit, bot: RelayBot) -> None:
    topic = await bot.call("createForumTopic", chat_id=FORUM, name="工单 7")
    here = await visit(f"#left={LI},{FORUM},{topic['message_thread_id']}")
    row = here.find(".topic", "工单 7")
    await row.focus()
    await here.page.keyboard.press("ArrowUp")
    await expect(here.find(".topic", "常规")).to_be_focused()
    await here.page.keyboard.press("Enter")
    await expect(here.find(".head h1")).to_have_text("常规")
    await here.find(".chat[aria-expanded]").focus()
    await here.page.keyboard.press("ArrowLeft")
    await expect(row).to_be_hidden()
    await here.page.keyboard.press("ArrowRight")
    await expect(row).to_be_visible()
    await expect(here.find(".chat[aria-expanded]")).to_be_focused()
