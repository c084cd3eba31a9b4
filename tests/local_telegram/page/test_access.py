"""Read by everyone: contrast, names, landmarks, and every size of window and zoom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.local_telegram import Attachment

if TYPE_CHECKING:
    from bot.local_telegram import LocalTelegram
    from tests.local_telegram.page.conftest import RelayBot, Visit, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, LI = 1001, 2001
FORUM = -1001000000001
CONTRAST = Path(__file__).with_name("contrast.js").read_text()
RICH = (
    '<b>粗</b> <a href="https://a.cn">链接</a> <code>代码</code> <tg-spoiler>秘密</tg-spoiler>'
    "<pre>一行很长的代码，长得在窄的窗口里一行放不下，要换到下一行去才放得下</pre>"
    "<blockquote>引用</blockquote> /help https://etax.example.cn/" + "x" * 120
)


async def everything(telegram: LocalTelegram, bot: RelayBot, photo: Attachment) -> str:
    """One of every kind of message, and tickets with long names; the address of both sides."""
    person = telegram.person(WANG)
    said = await person.says("/start")
    await bot.say(WANG, RICH, parse_mode="HTML", reply_parameters={"message_id": said.id})
    await person.edits(await person.says("错字"), "改过的字")
    for kind in ("document", "voice"):
        await person.sends(Attachment("很长的文件名称" * 5 + ".pdf", b"%PDF-1.4"), kind=kind)
    await person.sends(photo, kind="photo")
    await person.sends(photo, photo, photo, kind="photo", caption="一组")
    await person.sends_sticker("👍")
    await person.sends_location(39.9, 116.4)
    await person.sends_contact("12366", "热线")
    thread = 0
    for number in range(8):
        name = f"#{number} 🟡 王芳 · 发票查不到，已经等了三天还是没有结果，请帮忙看一看"
        topic = await bot.call("createForumTopic", chat_id=FORUM, name=name)
        thread = topic["message_thread_id"]
        await bot.say(FORUM, "新工单", message_thread_id=thread)
        if number % 2:
            await telegram.person(LI).does("topic", chat=FORUM, thread=thread, action="close")
    return f"#left={WANG},{WANG},&right={LI},{FORUM},{thread}"


async def opens_form(here: Window) -> None:
    await here.side("left").button("附件").click()
    await here.root.get_by_role("menuitem", name="位置").click()


async def opens_menu(here: Window) -> None:
    await here.side("left").button("附件").click()


async def opens_commands(here: Window) -> None:
    await here.side("left").button("命令").click()


async def answers(here: Window) -> None:
    await here.chooses("回复", here.side("left").find(".out .bubble", "改过的字"))


async def confirms(here: Window) -> None:
    await here.chooses("删除", here.side("left").find(".out .bubble", "改过的字"))


async def stays(here: Window) -> None:
    pass


STATES = [stays, opens_form, opens_menu, opens_commands, answers, confirms]


async def whole(visit: Visit, address: str, width: int, **more: Any) -> Window:
    here = await visit(address, width=width, **more)
    await expect(here.find(".row").last).to_be_visible()
    return here


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_and_icon_stands_out_from_what_lies_under_it(
    visit: Visit,
    telegram: LocalTelegram,
    bot: RelayBot,
    photo: Attachment,
    scheme: Literal["light", "dark"],
) -> None:
    await bot.call("setMyCommands", commands=[{"command": "faq", "description": "常见问题"}])
    address = await everything(telegram, bot, photo)
    here = await whole(visit, address, 1280, color_scheme=scheme)
    for state in STATES:
        await state(here)
        found = await here.page.evaluate(CONTRAST)
        assert found["count"] > 150
        assert found["poor"] == [], state.__name__
        await here.page.keyboard.press("Escape")


async def violations(page: Page) -> dict[str, list[str]]:
    """What axe-core finds: {rule: the elements that break it}."""
    found = await Axe().run(page)
    return {
        rule["id"]: [node["html"] for node in rule["nodes"]]
        for rule in found.response["violations"]
    }


@pytest.mark.parametrize("width", [1280, 390])
async def test_names_roles_and_landmarks_are_as_they_should_be(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot, photo: Attachment, width: int
) -> None:
    address = await everything(telegram, bot, photo)
    here = await whole(visit, address, width)
    for state in (stays, opens_form, opens_menu) if width == 1280 else (stays,):
        await state(here)
        assert await violations(here.page) == {}, state.__name__
        await here.page.keyboard.press("Escape")


async def test_each_landmark_is_there_once_under_its_own_name(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot, photo: Attachment
) -> None:
    here = await whole(visit, await everything(telegram, bot, photo), 1280)
    kinds = "main, nav, aside, section[aria-label], [role=main], [role=navigation]"
    named = await here.find(kinds).evaluate_all(
        "all => all.map((one) => `${one.tagName} ${one.getAttribute('aria-label') ?? ''}`)"
    )
    assert sorted(named) == [
        "MAIN ",
        "NAV 右侧窗口：身份与聊天",
        "NAV 左侧窗口：身份与聊天",
        "SECTION 右侧窗口",
        "SECTION 右侧窗口：对话",
        "SECTION 左侧窗口",
        "SECTION 左侧窗口：对话",
    ]


OVERFLOWING = """() => [...document.querySelectorAll(
    "html, body, main, .panel, .side, .side-head, .talk, .head, .messages, .chats, .chips, .foot"
)].filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.tagName}.${one.className} ${one.scrollWidth} > ${one.clientWidth}`)"""
CUT_OFF = """() => [...document.querySelectorAll(
    "button, a, textarea, h1, .bubble, .text, .meta, .service span"
)].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    const panel = one.closest(".panel").getBoundingClientRect();
    const sticksOut = left < panel.left - 0.5 || right > panel.right + 0.5;
    return one.checkVisibility() && width && sticksOut;
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    ("width", "height"),
    [(1280, 800), (853, 533), (640, 400), (390, 844), (320, 640), (320, 200)],
    ids=["desk", "150 %", "200 %", "phone", "narrow", "400 %"],
)
async def test_in_no_window_does_anything_stick_out_or_scroll_sideways(
    visit: Visit,
    telegram: LocalTelegram,
    bot: RelayBot,
    photo: Attachment,
    width: int,
    height: int,
) -> None:
    here = await whole(visit, await everything(telegram, bot, photo), width)
    await here.page.set_viewport_size({"width": width, "height": height})
    await expect(here.input.first).to_be_in_viewport(ratio=1)
    await expect(here.find(".row").last).to_be_in_viewport()
    for _ in range(2):
        assert await here.page.evaluate(OVERFLOWING) == []
        assert await here.page.evaluate(CUT_OFF) == []
        if await here.find(".back").first.is_visible():
            await here.find(".back").first.click()


async def test_who_zooms_in_can_still_turn_to_the_other_side(
    visit: Visit, telegram: LocalTelegram, bot: RelayBot
) -> None:
    here = await visit(width=1280)
    await here.side("left").begins()
    await here.page.set_viewport_size({"width": 853, "height": 533})
    await expect(here.find(".panel")).to_have_count(2)
    await here.page.set_viewport_size({"width": 640, "height": 400})
    await expect(here.find(".who")).to_have_count(1)
    await expect(here.find(".bubble", "收到：/start")).to_be_visible()
    await bot.say(FORUM, "新工单")
    await here.button("换到小李的窗口，1 条未读").click()
    await expect(here.find(".head h1")).to_have_text("常规")
    await here.button("返回聊天列表").click()
    await expect(here.find(".who")).to_contain_text("小李")
    await here.button("换到王芳的窗口").click()
    await expect(here.find(".bubble", "收到：/start")).to_be_visible()
    await here.page.set_viewport_size({"width": 1280, "height": 800})
    await expect(here.find(".panel")).to_have_count(2)
    await expect(here.find(".peer:visible")).to_have_count(0)


async def test_turning_to_the_other_side_and_back_keeps_the_place_in_a_long_talk(
    visit: Visit, bot: RelayBot
) -> None:
    here = await visit(f"#left={WANG},{WANG},", width=390)
    await here.begins()
    await bot.say(WANG, "很长\n" * 60)
    await expect(here.bubble("很长")).to_be_in_viewport()
    await here.find(".messages").evaluate("list => { list.scrollTop = 333 }")
    await expect(here.find(".pill")).to_be_visible()
    await here.button("换到小李的窗口").click()
    await here.button("换到王芳的窗口").click()
    await expect(here.find(".pill")).to_be_visible()
    assert await here.find(".messages").evaluate("list => list.scrollTop") == 333
