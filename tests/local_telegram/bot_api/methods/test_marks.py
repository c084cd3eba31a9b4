"""Pins and reactions of a bot."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001
FORUM, PLAIN = -1001000000001, -1001000000002


async def test_the_message_pinned_last_is_the_one_shown(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    group = {"chat_id": PLAIN}
    ids = [(await call("sendMessage", text=text, **group))["message_id"] for text in ("一", "二")]
    for each in ids:
        await call("pinChatMessage", message_id=each, **group)
    assert (await call("getChat", **group))["pinned_message"]["text"] == "二"
    told = [update["message"]["pinned_message"]["text"] for update in await call("getUpdates")]
    assert told == ["一", "二"]
    await call("unpinChatMessage", **group)
    assert (await call("getChat", **group))["pinned_message"]["text"] == "一"
    await call("unpinChatMessage", message_id=ids[0], **group)
    assert "pinned_message" not in await call("getChat", **group)
    assert "message to unpin not found" in await refused("unpinChatMessage", **group)
    assert "message to pin not found" in await refused("pinChatMessage", message_id=999, **group)


async def test_the_pins_of_one_topic_go_and_those_of_another_stay(
    telegram: LocalTelegram, call: Call
) -> None:
    topics = [await call("createForumTopic", chat_id=FORUM, name=name) for name in ("甲", "乙")]
    places = [{"chat_id": FORUM, "message_thread_id": t["message_thread_id"]} for t in topics]
    for place in (*places, {"chat_id": FORUM}):
        message = await call("sendMessage", text="x", **place)
        await call("pinChatMessage", chat_id=FORUM, message_id=message["message_id"])
    pinned = telegram.world.chats[FORUM].pinned
    first, second, third = pinned
    await call("unpinAllForumTopicMessages", **places[0])
    assert telegram.world.chats[FORUM].pinned == [second, third]
    await call("unpinAllGeneralForumTopicMessages", chat_id=FORUM)
    assert telegram.world.chats[FORUM].pinned == [second]
    assert first not in telegram.world.chats[FORUM].pinned


async def test_a_bot_has_one_reaction_to_a_message(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    said = await started.person(WANG).says("收到了吗")
    one = {"chat_id": WANG, "message_id": said.id}
    eyes, thumb = ({"type": "emoji", "emoji": emoji} for emoji in ("👀", "👍"))
    await call("setMessageReaction", reaction=[eyes], **one)
    await call("setMessageReaction", reaction=[thumb], **one)
    assert started.reactions(WANG, said.id) == [thumb]
    assert "REACTIONS_TOO_MANY" in await refused(
        "setMessageReaction", reaction=[eyes, thumb], **one
    )
    bad = {"type": "emoji", "emoji": "🧾"}
    assert "REACTION_INVALID" in await refused("setMessageReaction", reaction=[bad], **one)
    assert "invalid reaction type" in await refused("setMessageReaction", reaction=["👍"], **one)
    assert "message to react not found" in await refused(
        "setMessageReaction", chat_id=WANG, message_id=999
    )
    await call("setMessageReaction", **one)
    assert started.reactions(WANG, said.id) == []
