"""Pins and reactions of a bot."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import Attachment, LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
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


async def test_what_cannot_be_said_again_cannot_be_pinned_or_reacted_to(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    one = {"chat_id": FORUM, "message_id": topic["message_thread_id"]}
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert "can't be pinned" in await refused("pinChatMessage", **one)
    assert "can't be reacted to" in await refused("setMessageReaction", reaction=thumb, **one)


async def test_a_bot_pins_and_reacts_where_it_has_the_right(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    said = await telegram.person(LI).says("在吗", chat=PLAIN)
    one = {"chat_id": PLAIN, "message_id": said.id}
    thumb = [{"type": "emoji", "emoji": "👍"}]
    telegram.promote_bot(PLAIN, by=LI, can_pin_messages=False)
    assert "not enough rights to manage pinned" in await refused("pinChatMessage", **one)
    assert "not enough rights to manage pinned" in await refused("unpinAllChatMessages", **one)
    telegram.restrict_bot(PLAIN, by=LI, may=["can_send_messages"])
    assert "not enough rights to react" in await refused(
        "setMessageReaction", reaction=thumb, **one
    )
    telegram.demote_bot(PLAIN, by=LI)
    await call("setMessageReaction", reaction=thumb, **one)


async def test_the_service_message_of_a_pin_stands_in_the_topic_of_the_message(
    telegram: LocalTelegram, call: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    place = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    card = await call("sendMessage", text="卡片", **place)
    pin = {"chat_id": FORUM, "message_id": card["message_id"], "disable_notification": True}
    await call("pinChatMessage", **pin)
    told = (await call("getUpdates"))[-1]["message"]
    assert told["message_thread_id"] == topic["message_thread_id"]
    assert told["pinned_message"]["text"] == "卡片"


async def test_a_reaction_to_an_album_is_one_to_its_first_message(
    started: LocalTelegram, call: Call, photo: Attachment
) -> None:
    album = await started.person(WANG).sends(photo, photo, kind="photo")
    thumb = {"type": "emoji", "emoji": "👍"}
    await call("setMessageReaction", chat_id=WANG, message_id=album[1].id, reaction=[thumb])
    assert started.reactions(WANG, album[0].id) == [thumb]
    assert started.reactions(WANG, album[1].id) == []


async def test_an_app_shows_who_chose_which_reaction_and_what_is_pinned(
    started: LocalTelegram, call: Call
) -> None:
    wang = started.person(WANG)
    said = await wang.says("收到了吗")
    one = {"chat_id": WANG, "message_id": said.id}
    await call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **one)
    await wang.reacts(said, "👍")
    seen = next(each for each in await wang.history() if each.id == said.id)
    assert seen.raw["reactions"] == [{"emoji": "👍", "count": 2, "own": True}]
    await call("setMessageReaction", **one)
    await wang.reacts(said, "")
    seen = next(each for each in await wang.history() if each.id == said.id)
    assert seen.raw["reactions"] == []
    await call("pinChatMessage", **one)
    chats = await wang._get("chats", user=WANG)
    assert [chat["pinned"] for chat in chats] == [[said.id]]
    await call("deleteMessage", **one)
    assert [chat["pinned"] for chat in await wang._get("chats", user=WANG)] == [[]]
