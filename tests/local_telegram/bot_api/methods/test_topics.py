"""Topics of a forum, General among them, and who may change them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

LI = 2001
FORUM, PLAIN = -1001000000001, -1001000000002
SERVICE = {
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
}


async def test_a_topic_lives_from_creation_to_deletion(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="T-1 新")
    place = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    assert await call("editForumTopic", name="T-1 处理中", **place) is True
    assert await call("closeForumTopic", **place) is True
    assert "TOPIC_NOT_MODIFIED" in await refused("closeForumTopic", **place)
    assert await call("reopenForumTopic", **place) is True
    await call("sendMessage", text="卡片", **place)
    assert await call("deleteForumTopic", **place) is True
    assert "message thread not found" in await refused("sendMessage", text="x", **place)
    assert await telegram.person(LI).history(chat=FORUM) == []


async def test_the_bot_is_told_of_topics_by_service_messages(
    telegram: LocalTelegram, call: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲", icon_color=0xFB6F5F)
    thread = topic["message_thread_id"]
    await call("editForumTopic", chat_id=FORUM, message_thread_id=thread, name="乙")
    await call("closeForumTopic", chat_id=FORUM, message_thread_id=thread)
    created, edited, closed = [u["message"] for u in await call("getUpdates")]
    assert created["forum_topic_created"] == {"name": "甲", "icon_color": 0xFB6F5F}
    assert created["message_id"] == created["message_thread_id"] == thread
    assert edited["forum_topic_edited"] == {"name": "乙"}
    assert edited["reply_to_message"]["message_id"] == thread
    assert closed["forum_topic_closed"] == {}
    assert closed["is_topic_message"] is True


async def test_a_word_in_a_topic_answers_the_topics_creation_unless_it_answers_another(
    telegram: LocalTelegram, call: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    thread = topic["message_thread_id"]
    card = await call("sendMessage", chat_id=FORUM, message_thread_id=thread, text="卡片")
    assert card["is_topic_message"] is True
    assert card["reply_to_message"]["forum_topic_created"]["name"] == "甲"
    reply = await call(
        "sendMessage", chat_id=FORUM, text="x", reply_to_message_id=card["message_id"]
    )
    assert reply["message_thread_id"] == thread
    assert reply["reply_to_message"]["text"] == "卡片"


async def test_only_a_bot_with_the_right_writes_to_a_closed_topic(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    place = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    await call("closeForumTopic", **place)
    await call("sendMessage", text="管理员可以", **place)
    telegram.promote_bot(FORUM, by=LI, can_manage_topics=False)
    assert await refused("sendMessage", text="x", **place) == "Bad Request: TOPIC_CLOSED"
    assert await refused("createForumTopic", chat_id=FORUM, name="乙") == (
        "Bad Request: not enough rights to create a topic"
    )


async def test_a_bot_without_the_right_changes_only_the_topics_it_created(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    own = await call("createForumTopic", chat_id=FORUM, name="甲")
    world = telegram.world
    other = world.open_topic(world.chats[FORUM], world.users[LI], "乙", 0x6FB9F0)
    telegram.promote_bot(FORUM, by=LI, can_manage_topics=False)
    theirs = {"chat_id": FORUM, "message_thread_id": other.id}
    mine = {"chat_id": FORUM, "message_thread_id": own["message_thread_id"]}
    assert await call("closeForumTopic", **mine) is True
    assert await call("editForumTopic", name="丙", **mine) is True
    assert await refused("closeForumTopic", **theirs) == (
        "Bad Request: not enough rights to close or open the topic"
    )
    assert await refused("editForumTopic", name="丁", **theirs) == (
        "Bad Request: not enough rights to edit the topic"
    )
    telegram.promote_bot(FORUM, by=LI, can_delete_messages=False)
    assert await refused("deleteForumTopic", **mine) == (
        "Bad Request: not enough rights to delete the topic"
    )
    telegram.demote_bot(FORUM, by=LI)
    assert "not enough rights" in await refused("editForumTopic", name="戊", **mine)


async def test_a_topic_has_an_icon_of_those_that_telegram_offers(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    icons = await call("getForumTopicIconStickers")
    icon = icons[0]["custom_emoji_id"]
    topic = await call("createForumTopic", chat_id=FORUM, name="甲", icon_custom_emoji_id=icon)
    assert topic["icon_custom_emoji_id"] == icon
    place = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    assert "TOPIC_NOT_MODIFIED" in await refused(
        "editForumTopic", icon_custom_emoji_id=icon, **place
    )
    assert await call("editForumTopic", icon_custom_emoji_id="", **place) is True
    assert "DOCUMENT_INVALID" in await refused("editForumTopic", icon_custom_emoji_id="1", **place)


async def test_general_is_closed_hidden_and_shown_again(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    forum = {"chat_id": FORUM}
    assert await call("editGeneralForumTopic", name="大厅", **forum) is True
    assert "TOPIC_NOT_MODIFIED" in await refused("editGeneralForumTopic", name="大厅", **forum)
    assert await call("hideGeneralForumTopic", **forum) is True
    assert "TOPIC_NOT_MODIFIED" in await refused("closeGeneralForumTopic", **forum)
    assert await call("reopenGeneralForumTopic", **forum) is True
    assert "TOPIC_NOT_MODIFIED" in await refused("unhideGeneralForumTopic", **forum)
    told = [set(update["message"]) & SERVICE for update in await call("getUpdates")]
    assert told == [
        {"forum_topic_edited"},
        {"forum_topic_closed"},
        {"general_forum_topic_hidden"},
        {"forum_topic_reopened"},
        {"general_forum_topic_unhidden"},
    ]


async def test_a_closed_general_takes_only_those_who_may_manage_topics(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    telegram.change_general(FORUM, by=LI, closed=True)
    await call("sendMessage", chat_id=FORUM, text="管理员可以")
    telegram.promote_bot(FORUM, by=LI, can_manage_topics=False)
    for more in ({}, {"reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}}):
        said = await refused("sendMessage", chat_id=FORUM, text="x", **more)
        assert said == "Bad Request: TOPIC_CLOSED"
    thread = topic["message_thread_id"]
    await call("sendMessage", chat_id=FORUM, text="话题里可以", message_thread_id=thread)


async def test_topics_need_a_forum_and_a_name(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    create = "createForumTopic"
    assert "not a forum" in await refused(create, chat_id=PLAIN, name="x")
    assert "must be non-empty" in await refused(create, chat_id=FORUM, name=" ")
    assert "icon color" in await refused(create, chat_id=FORUM, name="x", icon_color=1)
    long = await call(create, chat_id=FORUM, name="长" * 200)
    assert long["name"] == "长" * 128
