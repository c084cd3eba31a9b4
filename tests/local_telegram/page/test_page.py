"""One person at the chat page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, FilePayload, expect

from bot.local_telegram import Attachment, LocalTelegram

if TYPE_CHECKING:
    from tests.local_telegram.page.conftest import RelayBot, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CHEN = 1002


async def test_one_press_starts_with_the_deep_links_payload(visit: Visit, bot: RelayBot) -> None:
    here = await visit("?start=faq-7")
    await expect(here.input).to_be_hidden()
    await here.button("开始").click()
    await expect(here.bubble("收到：/start faq-7")).to_be_visible()
    await expect(here.page).not_to_have_url(re.compile("start="))


async def test_a_pressed_button_turns_until_the_bots_words_are_shown(
    visit: Visit, bot: RelayBot
) -> None:
    here = await visit()
    await here.begins()
    bot.may_answer.clear()
    await here.button("提示").click()
    await expect(here.button("提示")).to_have_attribute("aria-busy", "true")
    bot.may_answer.set()
    await expect(here.find(".toast")).to_have_text("好的，已记下")
    await expect(here.button("提示")).not_to_have_attribute("aria-busy", "true")
    await here.button("弹窗").click()
    await expect(here.root.get_by_role("alertdialog")).to_contain_text("请先看这里")
    await here.agrees("好")


async def test_pictures_go_as_one_album_and_a_document_as_a_file(
    visit: Visit, bot: RelayBot, photo: Attachment
) -> None:
    here = await visit()
    await here.begins()
    picture = FilePayload(name="票.png", mimeType="image/png", buffer=photo.data)
    paper = FilePayload(name="票.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4")
    await here.root.get_by_label("选择文件").set_input_files([picture, picture, paper])
    await here.says("请看附件")
    await expect(here.find(".row.out", "请看附件").locator(".photo")).to_have_count(2)
    await here.page.wait_for_function("document.querySelector('.photo img').naturalWidth === 400")
    await expect(here.find(".row.out .file")).to_contain_text("票.pdf")
    await expect(here.find(".bubble", "收到：文件")).to_have_count(3)


async def test_a_pasted_picture_waits_to_be_sent(
    visit: Visit, bot: RelayBot, photo: Attachment
) -> None:
    here = await visit()
    await here.begins()
    await here.input.evaluate(
        """(input, bytes) => {
            const clipboardData = new DataTransfer();
            const picture = [new Uint8Array(bytes)];
            clipboardData.items.add(new File(picture, "屏幕.png", { type: "image/png" }));
            input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
        }""",
        list(photo.data),
    )
    await expect(here.find(".tray-item")).to_have_count(1)
    await here.button("发送").click()
    await expect(here.find(".row.out .photo")).to_be_visible()
    await expect(here.find(".tray")).to_be_hidden()


async def test_ones_own_words_can_be_corrected_answered_and_deleted(
    visit: Visit, bot: RelayBot
) -> None:
    here = await visit()
    await here.begins()
    await here.says("金额一百")
    await expect(here.bubble("收到：金额一百")).to_be_visible()
    await here.input.press("ArrowUp")
    await here.says("金额二百")
    await expect(here.find(".row.out", "金额二百")).to_contain_text("已编辑")
    await here.chooses("回复", here.bubble("改成了：金额二百"))
    await here.says("对的")
    answer = here.find(".row.out", "对的").last
    await expect(answer.locator(".quote")).to_contain_text("改成了：金额二百")
    await here.chooses("删除", answer.locator(".bubble"))
    await here.agrees("删除")
    await expect(here.find(".row.out .quote")).to_have_count(0)


async def test_the_bots_commands_are_offered_while_one_types(visit: Visit, bot: RelayBot) -> None:
    names = {"faq": "常见问题", "me": "我的工单"}
    commands = [{"command": name, "description": text} for name, text in names.items()]
    await bot.call("setMyCommands", commands=commands)
    here = await visit()
    await here.begins()
    await here.input.press("/")
    options = here.root.get_by_role("option")
    await expect(options).to_have_count(2)
    await here.input.press("f")
    await expect(options).to_have_text(["/faq常见问题"])
    await here.input.press("Enter")
    await expect(here.bubble("收到：/faq")).to_be_visible()


async def test_example_questions_are_offered_until_one_has_asked_a_few(
    visit: Visit, bot: RelayBot
) -> None:
    here = await visit()
    await here.begins()
    for text in ("发票查不到怎么办", "怎么转人工", "发票查不到怎么办"):
        await here.button(text).click()
        await expect(here.bubble(f"收到：{text}")).to_be_visible()
    await expect(here.find(".chips")).to_be_hidden()


async def test_a_refused_message_comes_back_to_be_mended(visit: Visit, bot: RelayBot) -> None:
    here = await visit()
    await here.begins()
    too_long = "长" * 5000
    await here.says(too_long)
    await expect(here.find(".toast")).to_contain_text("4096")
    await expect(here.input).to_have_value(too_long)


async def test_who_reads_above_is_told_of_new_messages(visit: Visit, bot: RelayBot) -> None:
    here = await visit(f"#left={CHEN},{CHEN},")
    await here.begins()
    await bot.say(CHEN, "很长\n" * 60)
    await expect(here.bubble("很长")).to_be_in_viewport()
    await here.find(".messages").evaluate("list => { list.scrollTop = 0 }")
    pill = here.find(".pill")
    await expect(pill).to_be_visible()
    await bot.say(CHEN, "还有一句")
    await expect(pill).to_contain_text("1 条新消息")
    await pill.click()
    await expect(here.bubble("还有一句")).to_be_in_viewport()
    await expect(pill).to_be_hidden()


async def test_a_blocked_bot_is_heard_again_after_unblocking(visit: Visit, bot: RelayBot) -> None:
    here = await visit()
    await here.begins()
    await here.chooses("屏蔽机器人", here.button("聊天菜单"))
    await here.agrees("屏蔽")
    await expect(here.input).to_be_hidden()
    await here.button("解除屏蔽，继续对话").click()
    await here.says("在吗")
    await expect(here.bubble("收到：在吗")).to_be_visible()


async def test_the_page_lets_only_known_tags_through(visit: Visit) -> None:
    here = await visit()
    shown = await here.page.evaluate(
        """async (html) => {
            const { richText } = await import("/static/richtext.js");
            const box = document.createElement("div");
            box.append(richText({ html }));
            return box.innerHTML;
        }""",
        "<b onclick=x>粗</b><img src=x onerror=x><i><script>x</script></i><u style=x>丁</u>"
        "<a href='javascript:x'>甲</a><a href='https://a.cn' onclick=x>乙</a>",
    )
    link = '<a href="https://a.cn" target="_blank" rel="noopener noreferrer">乙</a>'
    assert shown == f"<b>粗</b><i>x</i><u>丁</u><span>甲</span>{link}"


async def test_after_a_broken_connection_the_page_catches_up(
    browser: Browser, new_telegram: Callable[..., LocalTelegram]
) -> None:
    page = await browser.new_page(viewport={"width": 900, "height": 700})
    async with new_telegram() as first:
        port = int(first.url.rpartition(":")[2])
        await page.goto(f"{first.url}/#left={CHEN},{CHEN},")
        await expect(page.get_by_role("button", name="开始")).to_be_visible()
    await expect(page.locator(".head p")).to_have_text("正在重新连接…")
    async with new_telegram(port) as second:
        await second.person(CHEN).says("我又来了")
        await expect(page.locator(".bubble", has_text="我又来了")).to_be_visible()
        await expect(page.locator(".head p")).to_have_text("机器人")
        await page.close()
