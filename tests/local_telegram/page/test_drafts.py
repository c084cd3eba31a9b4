"""What was begun and not sent, over a reload; and the examples that wait meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import FilePayload, expect

if TYPE_CHECKING:
    from tests.local_telegram.page.conftest import RelayBot, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, CHEN, LI = 1001, 1002, 2001
FORUM = -1001000000001
PAPER = FilePayload(name="票.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4")


async def test_a_draft_outlives_a_reload_at_the_place_and_of_the_person_it_is(
    visit: Visit, bot: RelayBot
) -> None:
    topics = [
        await bot.call("createForumTopic", chat_id=FORUM, name=f"工单 {number}")
        for number in (1, 2)
    ]
    first, second = (topic["message_thread_id"] for topic in topics)
    here = await visit(f"#left={WANG},{WANG},&right={LI},{FORUM},{first}", width=1280)
    left, right = here.side("left"), here.side("right")
    await left.begins()
    await left.input.fill("我的发票\n还没写完")
    await right.input.fill("给一的话")
    await right.find(".topic", "工单 2").click()
    await right.input.fill("给二的话")
    await here.page.reload()
    await expect(left.input).to_have_value("我的发票\n还没写完")
    await expect(left.button("发送")).to_be_enabled()
    await expect(right.input).to_have_value("给二的话")
    await right.find(".topic", "工单 1").click()
    await expect(right.input).to_have_value("给一的话")
    await right.find(".topic", "常规").click()
    await expect(right.input).to_have_value("")
    await here.chooses("陈建国", left.find(".who"))
    await left.begins()
    await expect(left.input).to_have_value("")
    assert first != second


async def test_a_draft_is_gone_once_it_is_sent_emptied_or_cancelled(
    visit: Visit, bot: RelayBot
) -> None:
    here = await visit()
    await here.begins()
    await here.says("送出去的")
    await expect(here.bubble("收到：送出去的")).to_be_visible()
    await here.page.reload()
    await expect(here.bubble("收到：送出去的")).to_be_visible()
    await expect(here.input).to_have_value("")
    await here.input.fill("不要了")
    await here.input.fill("")
    await here.page.reload()
    await expect(here.input).to_have_value("")
    await here.input.press("ArrowUp")
    await here.input.press("Escape")
    await here.page.reload()
    await expect(here.find(".aim:visible")).to_have_count(0)
    assert await here.page.evaluate(
        "Object.keys(sessionStorage).filter((key) => key.startsWith('draft/')).length === 0"
    )


async def test_what_a_draft_answers_or_corrects_outlives_a_reload(
    visit: Visit, bot: RelayBot
) -> None:
    here = await visit()
    await here.begins()
    await here.says("金额一百")
    await expect(here.bubble("收到：金额一百")).to_be_visible()
    await here.chooses("回复", here.bubble("收到：金额一百"))
    await here.input.fill("对的")
    await here.page.reload()
    await expect(here.find(".aim:visible")).to_contain_text("收到：金额一百")
    await here.input.press("Enter")
    await expect(here.find(".row.out", "对的").locator(".quote")).to_contain_text("收到：金额一百")
    await here.chooses("编辑", here.find(".out .bubble", "金额一百").first)
    await here.input.fill("金额二百")
    await here.page.reload()
    await here.button("保存").click()
    await expect(here.bubble("改成了：金额二百")).to_be_visible()


async def test_a_refused_message_is_a_draft_again(visit: Visit, bot: RelayBot) -> None:
    here = await visit()
    await here.begins()
    too_long = "长" * 5000
    await here.says(too_long)
    await expect(here.find(".toast")).to_contain_text("4096")
    await here.page.reload()
    await expect(here.input).to_have_value(too_long)


async def test_files_that_a_reload_lost_are_named(visit: Visit, bot: RelayBot) -> None:
    here = await visit()
    await here.begins()
    await here.root.get_by_label("选择文件").set_input_files([PAPER])
    await here.input.fill("请看附件")
    await expect(here.find(".lost")).to_be_hidden()
    await here.page.reload()
    await expect(here.find(".lost")).to_have_text("页面刷新后附件没有保留，请重新添加：票.pdf")
    await expect(here.input).to_have_value("请看附件")
    await here.page.reload()
    await expect(here.find(".lost")).to_contain_text("票.pdf")
    await here.root.get_by_label("选择文件").set_input_files([PAPER])
    await expect(here.find(".lost")).to_be_hidden()
    await here.button("发送").click()
    await expect(here.find(".row.out .file")).to_contain_text("票.pdf")
    await here.page.reload()
    await expect(here.find(".row.out .file")).to_contain_text("票.pdf")
    await expect(here.find(".lost")).to_be_hidden()


async def test_that_files_are_lost_is_told_until_it_is_known(visit: Visit, bot: RelayBot) -> None:
    here = await visit()
    await here.begins()
    await here.root.get_by_label("选择文件").set_input_files([PAPER])
    await here.page.reload()
    await here.button("知道了").click()
    await expect(here.find(".lost")).to_be_hidden()
    await here.page.reload()
    await expect(here.input).to_be_visible()
    await expect(here.find(".lost")).to_be_hidden()


@pytest.mark.parametrize("way_out", ["✖️ 退出", "跳过", "↩️ 返回", "Cancel"])
async def test_examples_wait_while_the_bot_asks_for_something(
    visit: Visit, bot: RelayBot, way_out: str
) -> None:
    here = await visit(f"#left={CHEN},{CHEN},")
    await here.begins()
    await expect(here.button("怎么转人工")).to_be_visible()
    keyboard = {"inline_keyboard": [[{"text": way_out, "callback_data": "x"}]]}
    await bot.say(CHEN, "发票号码是多少？", reply_markup=keyboard)
    await expect(here.find(".chips")).to_be_hidden()
    await here.page.reload()
    await expect(here.input).to_be_visible()
    await expect(here.find(".chips")).to_be_hidden()
    await bot.say(CHEN, "好的，已退出。")
    await expect(here.button("怎么转人工")).to_be_visible()


async def test_examples_wait_while_a_menu_or_a_form_is_open(visit: Visit, bot: RelayBot) -> None:
    await bot.call("setMyCommands", commands=[{"command": "faq", "description": "常见问题"}])
    here = await visit()
    await here.begins()
    chip = here.button("怎么转人工")
    for menu in ("附件", "聊天菜单", "命令"):
        await here.button(menu).click()
        await expect(chip).to_be_hidden()
        await here.page.keyboard.press("Escape")
        await expect(chip).to_be_visible()
    await here.chooses("联系人", here.button("附件"))
    await expect(here.find(".chips")).to_be_hidden()
    await here.page.keyboard.press("Escape")
    await expect(chip).to_be_visible()
