"""What stands on a message besides its words: colours, pins, reactions, who sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.local_telegram import LocalTelegram

if TYPE_CHECKING:
    from tests.local_telegram.page.conftest import RelayBot, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WANG, LI = 1001, 2001
FORUM = -1001000000001
KEYS = {
    "inline_keyboard": [
        [
            {"text": "删除", "callback_data": "toast", "style": "danger"},
            {"text": "已接单", "disabled": {}, "style": "success"},
        ]
    ]
}


@pytest.mark.parametrize("width", [1200, 390])
async def test_a_button_has_its_colour_and_a_disabled_one_is_not_pressable(
    visit: Visit, bot: RelayBot, width: int
) -> None:
    here = (await visit("?split=0", width=width)).side("left")
    if width == 390:
        await here.find(".chat").first.click()
    await here.begins()
    await bot.say(WANG, "工单", reply_markup=KEYS)
    red, grey = here.button("删除"), here.button("已接单")
    await expect(red).to_have_css("background-color", "rgb(180, 64, 47)")
    await expect(grey).to_be_disabled()
    await expect(red).to_be_enabled()
    await red.click()
    await expect(here.find(".toast")).to_have_text("好的，已记下")
    box, room = await red.bounding_box(), await here.root.bounding_box()
    assert box is not None
    assert room is not None
    assert box["x"] + box["width"] <= room["x"] + room["width"]


async def test_the_page_shows_reactions_as_they_come_and_go(
    visit: Visit, bot: RelayBot, telegram: LocalTelegram
) -> None:
    here = (await visit("?split=0")).side("left")
    await here.begins()
    await here.says("收到了吗")
    await expect(here.bubble("收到：收到了吗")).to_be_visible()
    said = next(each for each in await telegram.person(WANG).history() if each.text == "收到了吗")
    one = {"chat_id": WANG, "message_id": said.id}
    shown = here.bubble("收到了吗").locator("visible=true")
    mine = here.find(f"[data-message='{said.id}'] .reaction")
    await bot.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **one)
    await expect(mine).to_have_text("👍")
    await telegram.person(WANG).reacts(said, "👍")
    await expect(mine).to_have_text("👍2")
    await bot.call("setMessageReaction", **one)
    await telegram.person(WANG).reacts(said, "")
    await expect(mine).to_have_count(0)
    await expect(shown.first).to_be_visible()


@pytest.mark.parametrize("width", [900, 390])
async def test_what_is_pinned_in_a_topic_stands_above_it_and_leads_there(
    visit: Visit, bot: RelayBot, width: int
) -> None:
    topic = await bot.call(
        "createForumTopic",
        chat_id=FORUM,
        name="工单 7",
        icon_custom_emoji_id="5312486108309757006",
    )
    place = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    cards = [await bot.call("sendMessage", text=text, **place) for text in ("卡片", "清单")]
    for number in range(30):
        await bot.call("sendMessage", text=f"第 {number} 句", **place)
    for card in cards:
        await bot.call("pinChatMessage", chat_id=FORUM, message_id=card["message_id"])
    thread = topic["message_thread_id"]
    here = (await visit(f"?split=0#left={LI},{FORUM},{thread}", width=width)).side("left")
    pins = here.find(".pins")
    await expect(pins).to_contain_text("清单")
    await expect(here.find(".head .avatar")).to_have_text("🧾")
    await pins.click()
    await expect(pins).to_contain_text("卡片")
    await pins.click()
    row = here.find(f"[data-message='{cards[0]['message_id']}']")
    await expect(row).to_be_in_viewport()
    for card in cards:
        await bot.call("unpinChatMessage", chat_id=FORUM, message_id=card["message_id"])
    await expect(pins).to_be_hidden()
    wide = await here.root.evaluate("e => e.scrollWidth - e.clientWidth")
    assert wide <= 0


async def test_only_who_it_is_for_sees_an_ephemeral_message_on_the_page(
    visit: Visit, bot: RelayBot
) -> None:
    here = (await visit(f"?split=0#left={LI},{FORUM}")).side("left")
    await bot.call("sendMessage", chat_id=FORUM, text="大家好")
    to = {"chat_id": FORUM, "ephemeral_message_parameters": {"receiver_user_id": LI}}
    message = await bot.call("sendMessage", text="只给你看", reply_markup=KEYS, **to)
    await bot.call("sendMessage", chat_id=FORUM, text="再见")
    await expect(here.bubble("只给你看")).to_contain_text("仅你可见")
    bubbles = here.find(".bubble .text")
    await expect(bubbles).to_have_text(["大家好", "只给你看", "再见"])
    await here.button("删除").click()
    await expect(here.find(".toast")).to_have_text("好的，已记下")
    await here.page.reload()
    await expect(bubbles).to_have_text(["大家好", "只给你看", "再见"])
    named = {"chat_id": FORUM, "receiver_user_id": LI}
    number = message["ephemeral_message_id"]
    await bot.call("deleteEphemeralMessage", ephemeral_message_id=number, **named)
    await expect(bubbles).to_have_text(["大家好", "再见"])
