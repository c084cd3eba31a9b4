"""What people answer, in the same chat and from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram, Person, Refused

Call = Callable[..., Coroutine[Any, Any, Any]]

LI, ZHAO = 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002


async def topic_of(call: Call, name: str) -> int:
    thread: int = (await call("createForumTopic", chat_id=FORUM, name=name))["message_thread_id"]
    return thread


async def test_an_answer_goes_to_the_topic_of_what_it_answers(
    li: Person, call: Call, latest: Call
) -> None:
    thread = await topic_of(call, "甲")
    card = await call("sendMessage", chat_id=FORUM, message_thread_id=thread, text="卡片")
    await li.says("收到", chat=FORUM, reply_to=card["message_id"])
    told = await latest()
    assert told["message_thread_id"] == thread
    assert told["reply_to_message"]["text"] == "卡片"
    assert "external_reply" not in told


async def test_an_answer_to_another_topic_is_external_and_quotes_by_itself(
    li: Person, call: Call, latest: Call
) -> None:
    one, two = await topic_of(call, "甲"), await topic_of(call, "乙")
    said = await li.says("查不到发票", chat=FORUM, thread=one)
    await li.says("看那边", chat=FORUM, thread=two, reply_to=said)
    told = await latest()
    assert told["reply_to_message"]["message_id"] == two
    assert told["external_reply"]["message_id"] == said.id
    assert told["external_reply"]["chat"]["id"] == FORUM
    assert told["quote"] == {"text": "查不到发票", "position": 0}


async def test_an_answer_to_another_chat_tells_whence_but_not_the_text(
    li: Person, photo: Attachment, latest: Call
) -> None:
    (said,) = await li.sends(photo, kind="photo", caption="在群里", chat=PLAIN)
    await li.says("看这个", reply_to=said, quote="群里")
    told = await latest()
    assert "reply_to_message" not in told
    assert told["external_reply"]["origin"]["sender_user"]["id"] == LI
    assert "caption" not in told["external_reply"]
    assert told["external_reply"]["photo"] == said.raw["photo"]
    assert told["quote"] == {"text": "群里", "position": 1, "is_manual": True}


async def test_only_what_was_said_can_be_quoted(wang: Person) -> None:
    said = await wang.says("查不到")
    with pytest.raises(Refused, match="does not have what is quoted"):
        await wang.says("?", reply_to=said, quote="查得到")


async def test_an_answer_to_a_forward_from_elsewhere_tells_who_wrote_first(
    telegram: LocalTelegram, li: Person, latest: Call
) -> None:
    said = await telegram.person(ZHAO).says("查不到", chat=PLAIN)
    (forwarded,) = await li.forwards(said, chat=FORUM)
    await li.says("看", reply_to=forwarded)
    assert (await latest())["external_reply"]["origin"] == forwarded.raw["forward_origin"]
