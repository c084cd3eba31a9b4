"""Replies: to messages that are gone, of other topics and chats, and with a quote."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
FORUM, PLAIN = -1001000000001, -1001000000002
GONE = "Bad Request: message to be replied not found"


async def topics(call: Call) -> tuple[int, int]:
    made = [await call("createForumTopic", chat_id=FORUM, name=name) for name in ("甲", "乙")]
    return made[0]["message_thread_id"], made[1]["message_thread_id"]


async def test_a_reply_to_a_message_of_another_topic_goes_where_it_was_sent_and_tells_of_it(
    telegram: LocalTelegram, call: Call
) -> None:
    one, two = await topics(call)
    card = await call("sendMessage", chat_id=FORUM, message_thread_id=one, text="卡片 <b>1</b>",
                      parse_mode="HTML")  # fmt: skip
    to = {"message_id": card["message_id"]}
    reply = await call(
        "sendMessage", chat_id=FORUM, message_thread_id=two, text="x", reply_parameters=to
    )
    assert reply["message_thread_id"] == two
    assert reply["reply_to_message"]["message_id"] == two
    outside = reply["external_reply"]
    assert (outside["message_id"], outside["chat"]["id"]) == (card["message_id"], FORUM)
    assert outside["origin"]["sender_user"]["is_bot"] is True
    assert reply["quote"]["text"] == "卡片 1"
    assert reply["quote"]["entities"] == [{"type": "bold", "offset": 3, "length": 1}]
    assert "is_manual" not in reply["quote"]
    own = await call("sendMessage", chat_id=FORUM, text="y", reply_parameters=to)
    assert own["message_thread_id"] == one


async def test_a_message_that_is_gone_may_be_left_out_only_where_it_would_have_been_answered(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    one, two = await topics(call)
    card = await call("sendMessage", chat_id=FORUM, message_thread_id=one, text="卡片")
    await call("deleteMessage", chat_id=FORUM, message_id=card["message_id"])
    to = {"message_id": card["message_id"], "allow_sending_without_reply": True}
    there = {"chat_id": FORUM, "text": "x", "reply_parameters": to}
    assert await refused("sendMessage", message_thread_id=two, **there) == GONE
    elsewhere = {"chat_id": PLAIN, "text": "x", "reply_parameters": to | {"chat_id": FORUM}}
    assert await refused("sendMessage", **elsewhere) == GONE
    sent = await call("sendMessage", message_thread_id=one, **there)
    assert sent["message_thread_id"] == one
    without = {"message_id": card["message_id"]}
    assert await refused(
        "sendMessage", chat_id=FORUM, text="x", message_thread_id=one, reply_parameters=without
    ) == GONE  # fmt: skip


async def test_a_reply_to_another_chat_tells_of_what_it_answers(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    place = {"latitude": 39.9, "longitude": 116.4}
    seen = await started.person(WANG).sends_location(39.9, 116.4)
    to = {"chat_id": WANG, "message_id": seen.id}
    reply = await call("sendMessage", chat_id=PLAIN, text="在哪", reply_parameters=to)
    assert "reply_to_message" not in reply
    assert reply["external_reply"]["location"] == place
    assert "chat" not in reply["external_reply"]
    assert "quote" not in reply
    for unknown, reason in ((5, "chat not found"), (-1009, "chat not found")):
        said = await refused(
            "sendMessage", chat_id=PLAIN, text="x", reply_parameters=to | {"chat_id": unknown}
        )
        assert said == f"Bad Request: {reason}"
    hidden = await call("sendMessage", chat_id=WANG, text="密", protect_content=True)
    to = {"chat_id": WANG, "message_id": hidden["message_id"]}
    plain = await call("sendMessage", chat_id=PLAIN, text="x", reply_parameters=to)
    assert "external_reply" not in plain


async def test_a_quote_stands_where_it_was_found(started: LocalTelegram, call: Call) -> None:
    said = await started.person(WANG).says("😀发票 和发票")

    async def quoted(**quote: Any) -> Any:
        to = {"message_id": said.id} | quote
        reply = await call("sendMessage", chat_id=WANG, text="x", reply_parameters=to)
        assert reply["reply_to_message"]["message_id"] == said.id
        return reply["quote"]

    assert await quoted(quote="发票") == {"text": "发票", "position": 2, "is_manual": True}
    assert (await quoted(quote="发票", quote_position=6))["position"] == 6
    assert (await quoted(quote="发票", quote_position=99))["position"] == 6


@pytest.mark.parametrize(
    "quote",
    [
        {"quote": "没有说过"},
        {"quote": "粗", "quote_entities": []},
        {"quote": "<i>粗</i>", "quote_parse_mode": "HTML"},
        {"quote": "普<b>通</b>", "quote_parse_mode": "HTML"},
    ],
)
async def test_a_quote_that_is_not_in_the_message_is_refused(
    started: LocalTelegram, call: Call, refused: Call, quote: dict[str, Any]
) -> None:
    html = "<b>粗</b>和普通"
    sent = await call("sendMessage", chat_id=WANG, text=html, parse_mode="HTML")
    to = {"message_id": sent["message_id"]}
    said = await refused("sendMessage", chat_id=WANG, text="x", reply_parameters=to | quote)
    assert said == "Bad Request: QUOTE_TEXT_INVALID"
    marked = to | {"quote": "<b>粗</b>", "quote_parse_mode": "HTML"}
    reply = await call("sendMessage", chat_id=WANG, text="x", reply_parameters=marked)
    assert reply["quote"]["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_an_edit_leaves_what_a_message_says_of_another(
    started: LocalTelegram, call: Call
) -> None:
    said = await started.person(WANG).says("原话")
    to = {"chat_id": WANG, "message_id": said.id}
    reply = await call("sendMessage", chat_id=PLAIN, text="x", reply_parameters=to)
    edit = {"chat_id": PLAIN, "message_id": reply["message_id"], "text": "y"}
    edited = await call("editMessageText", **edit)
    assert edited["external_reply"] == reply["external_reply"]
    assert edited["quote"]["text"] == "原话"


async def test_a_reply_may_go_without_the_message_it_answers_when_allowed(
    started: LocalTelegram, call: Call
) -> None:
    without = {"message_id": 999, "allow_sending_without_reply": True}
    message = await call("sendMessage", chat_id=WANG, text="x", reply_parameters=without)
    assert "reply_to_message" not in message
    old = await call(
        "sendMessage", chat_id=WANG, text="y", reply_to_message_id=message["message_id"]
    )
    assert old["reply_to_message"]["text"] == "x"


async def test_a_reply_holds_the_answered_message_but_not_what_that_one_answered(
    started: LocalTelegram, call: Call
) -> None:
    first = await call("sendMessage", chat_id=WANG, text="1")
    second = await call(
        "sendMessage", chat_id=WANG, text="2", reply_to_message_id=first["message_id"]
    )
    third = await call(
        "sendMessage", chat_id=WANG, text="3", reply_to_message_id=second["message_id"]
    )
    assert third["reply_to_message"]["text"] == "2"
    assert "reply_to_message" not in third["reply_to_message"]


async def test_replies_in_an_ordinary_supergroup_form_a_thread_without_being_a_topic(
    telegram: LocalTelegram, call: Call
) -> None:
    card = await call("sendMessage", chat_id=PLAIN, text="工单")
    assert "message_thread_id" not in card
    await telegram.person(LI).says("接单", chat=PLAIN, reply_to=card["message_id"])
    (update,) = await call("getUpdates")
    assert update["message"]["message_thread_id"] == card["message_id"]
    assert "is_topic_message" not in update["message"]
