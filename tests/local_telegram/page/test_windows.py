"""Several people at once, on desks and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.local_telegram.page.conftest import RelayBot, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, CHEN, LI = 1001, 1002, 2001
FORUM = -1001000000001


async def test_taxpayer_and_agent_see_each_other_live_in_two_pages(
    visit: Visit, bot: RelayBot
) -> None:
    person = await visit(f"#left={WANG},{WANG},")
    await person.begins()
    agent = await visit(f"#left={LI},{FORUM},")
    await person.says("开话题")
    topic = agent.find(".topic", "工单 7")
    await expect(topic.locator(".badge")).to_have_text("1")
    await topic.click()
    await expect(topic.locator(".badge")).to_be_hidden()
    await expect(agent.find(".service", "创建了话题「工单 7」")).to_be_visible()
    await agent.says("您好，请说")
    await expect(person.bubble("您好，请说")).to_be_visible()
    await person.says("谢谢")
    await expect(agent.bubble("谢谢")).to_contain_text("小票")


async def test_hostile_text_stays_text(visit: Visit, bot: RelayBot) -> None:
    here = await visit()
    await here.begins()
    hostile = "<img src=x onerror=alert(1)><b>坏</b>"
    await here.says(hostile)
    await expect(here.bubble(f"收到：{hostile}")).to_be_visible()
    await expect(here.find(".bubble img, .bubble .text b")).to_have_count(0)
    await expect(here.find(".chat-last")).to_contain_text(hostile)


async def test_an_agent_closes_reopens_and_deletes_a_topic(visit: Visit, bot: RelayBot) -> None:
    topic = await bot.call("createForumTopic", chat_id=FORUM, name="工单 8")
    agent = await visit(f"#left={LI},{FORUM},{topic['message_thread_id']}")
    row = agent.find(".topic", "工单 8")
    await agent.chooses("关闭话题", agent.button("聊天菜单"))
    await expect(row).to_contain_text("已关闭")
    await agent.button("重开").click()
    await expect(row).not_to_contain_text("已关闭")
    await agent.chooses("删除话题", agent.button("聊天菜单"))
    await agent.agrees("删除")
    await expect(agent.find(".topic")).to_have_text(["常规"])
    await expect(agent.find(".head h1")).to_have_text("常规")
    await expect(agent.find(f".chat[data-chat='{FORUM}']")).to_contain_text("还没有消息")


async def test_a_phone_shows_one_pane_at_a_time(visit: Visit, bot: RelayBot) -> None:
    phone = await visit(width=390, has_touch=True, is_mobile=True)
    await expect(phone.find(".talk")).to_be_hidden()
    await phone.find(".chat").tap()
    await expect(phone.find(".side")).to_be_hidden()
    await phone.begins()
    heights = await phone.find(".key, .send, .back, .chip").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 7
    assert min(heights) >= 40, "too small for a finger"
    for number in range(4):
        await phone.says(f"第 {number} 句")
        await expect(phone.bubble(f"收到：第 {number} 句")).to_be_in_viewport()
    await expect(phone.input).to_be_in_viewport(ratio=1)
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await phone.button("返回聊天列表").tap()
    await expect(phone.find(".chat")).to_be_visible()
    await phone.page.go_back()
    await expect(phone.input).to_be_visible()


async def test_a_wide_window_shows_two_people_side_by_side(visit: Visit, bot: RelayBot) -> None:
    wide = await visit(width=1280)
    left, right = wide.side("left"), wide.side("right")
    await expect(left.find(".who")).to_contain_text("王芳")
    await expect(right.find(".who")).to_contain_text("小李")
    await wide.chooses("陈建国", right.find(".who"))
    await expect(wide.page).to_have_url(re.compile(rf"#left={WANG},{WANG},&right={CHEN},{CHEN},$"))
    await wide.page.reload()
    await expect(right.find(".who")).to_contain_text("陈建国")
    await left.begins()
    await expect(right.find(".bubble")).to_have_count(0)


async def test_one_may_keep_a_single_column_on_a_wide_screen(visit: Visit) -> None:
    wide = await visit(width=1280)
    await wide.button("一栏或两栏").click()
    await expect(wide.find(".panel")).to_have_count(1)
    await wide.page.reload()
    await expect(wide.find(".who")).to_have_count(1)
