"""Asking the bot while one writes, with the mouse and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.local_telegram.page.conftest import RelayBot, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LI = 2001
FORUM = -1001000000001


@pytest.mark.parametrize("width", [900, 390])
async def test_what_is_pressed_is_sent_as_ones_own(visit: Visit, bot: RelayBot, width: int) -> None:
    here = (await visit(f"?split=0#left={LI},{FORUM},", width=width)).side("left")
    await here.input.fill("@local_bot 发票")
    offers = here.root.get_by_role("listbox", name="机器人的答复").get_by_role("option")
    await expect(offers).to_have_text(["查验关于发票", "勾选关于发票"])
    wide = await here.root.evaluate("e => e.scrollWidth - e.clientWidth")
    assert wide <= 0
    await offers.last.click()
    sent = here.find(".row.out .bubble", "勾选：发票")
    await expect(sent).to_contain_text("通过 @local_bot")
    await expect(here.input).to_have_value("")
    await expect(offers).to_have_count(0)


async def test_the_list_is_walked_with_the_arrows_and_left_with_escape(
    visit: Visit, bot: RelayBot
) -> None:
    here = (await visit(f"?split=0#left={LI},{FORUM},")).side("left")
    offers = here.root.get_by_role("listbox", name="机器人的答复")
    await here.input.fill("@local_bot 甲")
    await expect(offers).to_be_visible()
    await here.input.press("Escape")
    await expect(offers).to_be_hidden()
    await here.input.fill("@local_bot 乙")
    await expect(offers.get_by_role("option").first).to_have_text("查验关于乙")
    await here.input.press("ArrowDown")
    await here.input.press("Enter")
    await expect(here.find(".row.out .bubble", "勾选：乙")).to_be_visible()
    await here.says("@other_bot 甲")
    await expect(here.find(".row.out .bubble", "@other_bot 甲")).to_be_visible()
