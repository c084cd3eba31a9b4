"""How what the desk says looks at Telegram, and what one person alone is told."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import demo
from bot.channels import Later, Refused, Target
from bot.channels.telegram import Telegram
from bot.channels.telegram.dressing import keyboard
from bot.core.model.effects import Button
from bot.local_telegram.wire.errors import bad_request
from tests.addresses import on_telegram

WANG, LI, ZHOU = 1001, 2001, 2002
GROUP = demo.FIRST_GROUP
HER, AT_GROUP = on_telegram(WANG), on_telegram(GROUP)
ICON = "5312486108309757006"


def called(telegram: Any, method: str) -> list[dict[str, Any]]:
    return [call.parameters for call in telegram.calls if call.method == method]


def topic_of(telegram: Any, thread: int) -> Any:
    return telegram.world.chats[GROUP].topics[thread]


async def test_buttons_have_colours_and_a_disabled_one_does_nothing(
    telegram: Any, channel: Telegram
) -> None:
    row = (Button("接单", "claim", "primary"), Button("已转", "", "danger", disabled=True))
    assert keyboard((row,)) == {
        "inline_keyboard": [
            [
                {"text": "接单", "callback_data": "claim", "style": "primary"},
                {"text": "已转", "disabled": {}, "style": "danger"},
            ]
        ]
    }
    assert keyboard(()) is None
    message = await channel.send(Target(HER), "工单", (row,))
    await channel.edit(Target(HER), message, "", ((Button("接单", "claim"),),))
    (seen,) = (s for s in await telegram.person(WANG).history() if s.text == "工单")
    assert seen.raw["reply_markup"] == {
        "inline_keyboard": [[{"text": "接单", "callback_data": "claim"}]]
    }


async def test_a_whisper_is_read_by_one_member_alone(telegram: Any, channel: Telegram) -> None:
    thread = await channel.open_topic(AT_GROUP, "F2222")
    to = Target(AT_GROUP, thread=thread, reply_to=999)
    await channel.whisper(to, on_telegram(LI), "<b>只给您</b>", ((Button("好", "ok"),),))
    seen = await telegram.person(LI).sees("只给您", chat=GROUP, thread=thread)
    assert seen.raw["receiver_user"]["id"] == LI
    assert list(seen.buttons) == ["好"]
    assert not any(s.text for s in await telegram.person(ZHOU).history(chat=GROUP))
    with pytest.raises(Refused) as caught:
        await channel.whisper(Target(AT_GROUP), HER, "x", ())
    assert caught.value.reason == "refused"


async def test_a_message_is_pinned_once_and_without_a_sound(
    telegram: Any, channel: Telegram
) -> None:
    message = await channel.send(Target(AT_GROUP), "卡片", ())
    for _ in range(2):
        await channel.pin(Target(AT_GROUP), message)
    assert telegram.world.chats[GROUP].pinned == [message]
    assert all(call["disable_notification"] for call in called(telegram, "pinChatMessage"))
    with pytest.raises(Refused) as caught:
        await channel.pin(Target(AT_GROUP), 999)
    assert caught.value.reason == "no_message"


async def test_a_message_is_taken_back_once_and_while_it_is_new(
    telegram: Any, channel: Telegram
) -> None:
    new, old = [await channel.send(Target(HER), text, ()) for text in ("新的", "旧的")]
    for _ in range(2):
        await channel.delete(Target(HER), new)
    telegram.world.chats[WANG].find(old).date -= 48 * 3600 + 60
    with pytest.raises(Refused) as caught:
        await channel.delete(Target(HER), old)
    assert caught.value.reason == "too_old"
    texts = [seen.text for seen in await telegram.person(WANG).history()]
    assert "新的" not in texts
    assert "旧的" in texts


async def test_a_reaction_is_put_on_and_taken_away(telegram: Any, channel: Telegram) -> None:
    said = await telegram.person(WANG).says("在吗")
    await channel.react(Target(HER), said.id, "❤\ufe0f")
    assert telegram.reactions(WANG, said.id) == [{"type": "emoji", "emoji": "❤"}]
    await channel.react(Target(HER), said.id, "")
    assert telegram.reactions(WANG, said.id) == []
    for message, sign, reason in ((999, "👍", "no_message"), (said.id, "🧾", "refused")):
        with pytest.raises(Refused) as caught:
            await channel.react(Target(HER), message, sign)
        assert caught.value.reason == reason


async def test_a_topic_gets_the_icon_that_shows_an_emoji(telegram: Any, channel: Telegram) -> None:
    thread = await channel.open_topic(AT_GROUP, "F2222 待接单", "🧾")
    to, topic = Target(AT_GROUP, thread=thread), topic_of(telegram, thread)
    assert topic.icon == ICON
    await channel.change_topic(to, None, None, "✅")
    assert topic.icon != ICON
    await channel.change_topic(to, "F2222 已解决", True, "🧾")
    assert (topic.name, topic.closed, topic.icon) == ("F2222 已解决", True, ICON)
    await channel.change_topic(to, None, None, "🧾")
    await channel.change_topic(to, "F2222 结束", None, "没有这个")
    assert (topic.name, topic.icon) == ("F2222 结束", ICON)
    assert len(called(telegram, "getForumTopicIconStickers")) == 1


async def test_a_topic_goes_without_an_icon_that_is_refused(
    telegram: Any, channel: Telegram
) -> None:
    for method in ("createForumTopic", "editForumTopic"):
        telegram.faults.on(method, bad_request("DOCUMENT_INVALID"))
    thread = await channel.open_topic(AT_GROUP, "F2222", "🧾")
    await channel.change_topic(Target(AT_GROUP, thread=thread), "F2222 新", None, "🧾")
    topic = topic_of(telegram, thread)
    assert (topic.name, topic.icon) == ("F2222 新", None)


async def test_what_is_refused_for_another_reason_is_told(telegram: Any, channel: Telegram) -> None:
    thread = await channel.open_topic(AT_GROUP, "F2222")
    for method in ("createForumTopic", "editForumTopic"):
        telegram.faults.on(method, "no topic")
    with pytest.raises(Refused, match="not found"):
        await channel.open_topic(AT_GROUP, "F3333", "🧾")
    with pytest.raises(Refused, match="not found"):
        await channel.change_topic(Target(AT_GROUP, thread=thread), "新", None, "🧾")


async def test_icons_are_asked_for_again_where_they_could_not_be_told(
    telegram: Any, channel: Telegram
) -> None:
    telegram.faults.on("getForumTopicIconStickers", "error 500")
    with pytest.raises(Later):
        await channel.open_topic(AT_GROUP, "F2222", "🧾")
    thread = await channel.open_topic(AT_GROUP, "F2222", "🧾")
    assert topic_of(telegram, thread).icon == ICON


async def test_topics_go_without_icons_where_none_are_offered(
    telegram: Any, channel: Telegram
) -> None:
    telegram.faults.on("getForumTopicIconStickers", bad_request("METHOD_INVALID"))
    for _ in range(2):
        thread = await channel.open_topic(AT_GROUP, "F2222", "🧾")
        assert topic_of(telegram, thread).icon is None
    assert len(called(telegram, "getForumTopicIconStickers")) == 1
