"""Polls and dice."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001


async def test_a_poll_is_asked_and_stopped_once(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    ask = {"chat_id": WANG, "question": "查到了吗"}
    no = {"text": "*否*", "text_parse_mode": "Markdown"}
    message = await call("sendPoll", options=["是", no], **ask)
    poll = message["poll"]
    assert [option["text"] for option in poll["options"]] == ["是", "否"]
    assert (poll["type"], poll["is_anonymous"], poll["is_closed"]) == ("regular", True, False)
    one = {"chat_id": WANG, "message_id": message["message_id"]}
    assert (await call("stopPoll", **one))["is_closed"] is True
    assert await refused("stopPoll", **one) == "Bad Request: poll has already been closed"
    (update,) = await call("getUpdates")
    assert update["poll"]["is_closed"] is True
    text = await call("sendMessage", chat_id=WANG, text="x")
    assert await refused("stopPoll", chat_id=WANG, message_id=text["message_id"]) == (
        "Bad Request: message is not a poll"
    )
    assert await refused("stopPoll", chat_id=WANG, message_id=999) == (
        "Bad Request: message with poll to stop not found"
    )
    assert "at least 1 option" in await refused("sendPoll", options=[], **ask)
    assert "more than 12 options" in await refused("sendPoll", options=["x"] * 13, **ask)
    assert "unsupported poll type" in await refused("sendPoll", options=["x"], type="odd", **ask)
    quiz = {"type": "quiz", "options": ["一", "二"], **ask}
    assert "invalid correct option" in await refused("sendPoll", correct_option_id=2, **quiz)
    assert "invalid correct option" in await refused("sendPoll", **quiz)
    sent = await call("sendPoll", correct_option_id="1", **quiz)
    assert sent["poll"]["correct_option_id"] == 1


async def test_a_die_shows_one_of_its_faces(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    thrown = await call("sendDice", chat_id=WANG, emoji="🏀")
    assert thrown["dice"]["emoji"] == "🏀"
    assert 1 <= thrown["dice"]["value"] <= 5
    assert await refused("sendDice", chat_id=WANG, emoji="🧾")
