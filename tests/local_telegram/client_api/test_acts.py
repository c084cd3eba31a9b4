"""What people do besides sending: members and topics."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person, Refused, User

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002


async def test_an_administrator_changes_who_one_is_in_a_group(
    telegram: LocalTelegram, li: Person, call: Call
) -> None:
    await call("getUpdates", allowed_updates=["chat_member", "my_chat_member"])
    for member, status in [(ZHAO, "administrator"), (ZHAO, "kicked"), (7000000001, "member")]:
        await li.does("member", chat=PLAIN, member=member, status=status)
    up, out, bot = await call("getUpdates")
    assert up["chat_member"]["new_chat_member"]["status"] == "administrator"
    assert out["chat_member"]["new_chat_member"]["status"] == "kicked"
    assert bot["my_chat_member"]["from"]["id"] == LI
    with pytest.raises(Refused, match="not in this chat"):
        await telegram.person(ZHAO).says("x", chat=PLAIN)
    with pytest.raises(Refused, match="status of a known member is one of"):
        await li.does("member", chat=PLAIN, member=ZHAO, status="king")


@pytest.fixture
async def talking() -> AsyncIterator[LocalTelegram]:
    """A Telegram whose bot has topics in private chats."""
    async with LocalTelegram(people=[User(WANG, "王芳")], private_topics=True) as running:
        yield running


async def test_a_private_chat_may_have_topics(talking: LocalTelegram) -> None:
    wang = talking.person(WANG)
    thread = await wang.opens_topic()
    said = await wang.says("在话题里", thread=thread)
    outside = await wang.says("在外面")
    created, inside, out = [update.body for update in talking.world.updates.pending.values()]
    assert created["forum_topic_created"]["is_name_implicit"] is True
    assert inside["message_thread_id"] == said.thread == thread
    assert inside["is_topic_message"] is True
    assert "is_forum" not in inside["chat"]
    assert outside.thread is None
    assert "message_thread_id" not in out
    await wang.does("topic", thread=thread, action="delete")
    with pytest.raises(Refused, match="no such topic"):
        await wang.says("x", thread=thread)


async def test_topics_are_opened_only_where_there_are_some(
    telegram: LocalTelegram, wang: Person, li: Person, call: Call
) -> None:
    assert (await call("getMe"))["has_topics_enabled"] is False
    with pytest.raises(Refused, match="the chat has no topics"):
        await wang.opens_topic("甲")
    with pytest.raises(Refused, match="only an administrator"):
        await telegram.person(ZHAO).opens_topic("甲", chat=FORUM)
    thread = await li.opens_topic("甲", chat=FORUM)
    assert telegram.world.chats[FORUM].topics[thread].name == "甲"
