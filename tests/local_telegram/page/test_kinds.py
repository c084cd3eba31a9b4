"""Whatever is sent shows as something on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.local_telegram import LocalTelegram
from bot.local_telegram.examples.contents import CONTENTS

if TYPE_CHECKING:
    from tests.local_telegram.page.conftest import RelayBot, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG = 1001


async def test_no_kind_leaves_an_empty_bubble(
    visit: Visit, bot: RelayBot, telegram: LocalTelegram
) -> None:
    here = await visit()
    await here.begins()
    person = telegram.person(WANG)
    for kind in (*CONTENTS, "boost_added", "pinned_message"):
        sent = await person.sends_kind(kind)
        row = here.find(f"[data-message='{sent.id}']")
        await expect(
            row.locator(".file, .text, .photo, .player, .sticker, > span").first
        ).to_be_visible()
    strange = await person.sends_content({"hologram": {"depth": 3}})
    await expect(here.find(f"[data-message='{strange.id}'] .file")).to_contain_text("hologram")
