"""What somebody hostile writes comes through desk and Telegram to the page as letters alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import Attachment

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, LI = demo.TAXPAYERS[0].id, demo.AGENTS[0].id
GROUP = demo.FIRST_GROUP
SCRIPT = "<img src=x onerror=\"window.caught='{0}'\"><script>window.caught='{0}'</script>"
NAME, TEXT, FILE = (SCRIPT.format(where) for where in ("name", "text", "file"))


async def test_an_agents_page_shows_a_hostile_name_text_and_file_name_as_they_were_written(
    knowledge: Knowledge, browser: Browser, tmp_path: Path
) -> None:
    talk = knowledge.texts.talk
    telegram = demo.telegram_for(knowledge)
    telegram.world.users[WANG].json["first_name"] = NAME
    async with telegram, demo.desk_on(telegram, knowledge, tmp_path / "desk.db"):
        wang, li = telegram.person(WANG), telegram.person(LI)
        await wang.says(TEXT)
        await wang.says("转人工")
        await wang.sees(lambda seen: talk.button_human_now in seen.buttons)
        await wang.presses(talk.button_human_now)
        card = await li.sees("🎫", chat=GROUP)
        await wang.sends(Attachment(f"{FILE}.pdf", b"%PDF-1.4 1"), caption=TEXT)
        await li.sees(TEXT, chat=GROUP, thread=card.thread)
        page = await browser.new_page()
        await page.goto(f"{telegram.url}/#left={LI},{GROUP},{card.thread}")
        body = page.locator("[data-panel=left]")
        await expect(body.locator(".bubble", has_text="🎫")).to_contain_text(NAME)
        await expect(body.locator(".bubble", has_text="🎫")).to_contain_text("<script>")
        await expect(body.locator(".bubble").last).to_contain_text(TEXT)
        await expect(body).to_contain_text("window.caught='file'")
        await expect(body.locator("img[src=x], script")).to_have_count(0)
        assert await page.evaluate("window.caught") is None
        await page.close()
