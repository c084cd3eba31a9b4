"""`make demo` as a newcomer sees it: the page with the real desk behind it, clicked through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from tests.patience import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Page]:
    telegram = demo.telegram_for(knowledge)
    async with telegram, demo.desk_on(telegram, knowledge, tmp_path / "desk.db"):
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(8000)
        await page.goto(f"{telegram.url}/")
        yield page
        await page.close()


async def write(panel: Locator, text: str) -> None:
    box = panel.get_by_label("写消息")
    await box.fill(text)
    await box.press("Enter")


def bubble(panel: Locator, text: str) -> Locator:
    return panel.locator(".bubble", has_text=text).last


def key(panel: Locator, label: str) -> Locator:
    return panel.locator(".key", has_text=label).last


async def test_taxpayer_and_agent_click_through_a_ticket_to_its_end(page: Page) -> None:
    person, agent = (page.locator(f"[data-panel={side}]") for side in ("left", "right"))
    await person.get_by_role("button", name="开始").click()
    await expect(bubble(person, "北京发票问题服务台")).to_be_visible()
    await person.get_by_text(demo.EXAMPLES[1]).click()
    await expect(bubble(person, "开票日期：2026年5月12日")).to_be_visible()
    await key(person, "没核对过").click()
    await expect(bubble(person, "➤ 没核对过")).to_be_visible()
    await write(person, "转人工")
    await expect(bubble(person, "马上为您转人工")).to_be_visible()
    await key(person, "直接转人工").click()
    await expect(bubble(person, "已转给一线客服")).to_be_visible()

    await agent.locator(".topic", has_text="🆕").click()
    await expect(bubble(agent, demo.EXAMPLES[1])).to_be_visible()
    await key(agent, "接单").click()
    await expect(bubble(person, "小李已接单")).to_be_visible()
    await write(agent, "已经入库，请刷新再查。")
    await expect(bubble(person, "已经入库，请刷新再查。")).to_be_visible()
    await write(person, "看到了，谢谢")
    await expect(bubble(agent, "看到了，谢谢")).to_be_visible()
    await key(agent, "解决").click()
    await expect(bubble(person, "问题解决了吗")).to_be_visible()
    await key(person, "👍 解决了").click()
    await expect(bubble(person, "已关闭")).to_be_visible()
    await expect(agent.locator(".topic", has_text="已关闭")).to_be_visible()


async def test_the_story_that_the_demo_plays_comes_true(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    told: list[str] = []
    async with asyncio.timeout(PATIENCE):
        assert await demo.play(knowledge, tmp_path / "desk.db", told.append) == 0
    assert any("小李 @一线客服" in line for line in told)
    assert sum("您好，我查一下，请稍等。" in line for line in told) == 2, "once on each side"
    said = "\n".join(told)
    order = (
        "王芳 · 5月12号",
        "发票小助手 → 王芳 · ",
        "王芳 · [完全一样]",
        "发票小助手 @一线客服 · 🎫",
    )
    assert sorted(order, key=said.index) == list(order)
    assert "// 后台看到已经入库" in said
