"""What a bot writes and deletes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram
from tests.local_telegram.conftest import button

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
FORUM = -1001000000001


async def test_a_sent_message_comes_back_as_the_person_will_see_it(
    started: LocalTelegram, call: Call
) -> None:
    message = await call(
        "sendMessage", chat_id=WANG, text="  <b>您好</b> 1 &lt; 2 ", parse_mode="HTML"
    )
    assert message["text"] == "您好 1 < 2"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert message["chat"]["id"] == WANG
    assert message["from"]["is_bot"] is True
    seen = await started.person(WANG).sees("您好")
    assert seen.html == "<b>您好</b> 1 &lt; 2"


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": WANG, "text": ""}, "message text is empty"),
        ({"chat_id": WANG, "text": "  \n"}, "text must be non-empty"),
        ({"chat_id": WANG, "text": "\u200b\u200d \u00a0"}, "text must be non-empty"),
        ({"chat_id": WANG, "text": "\ufeff\u3000\u2800"}, "text must be non-empty"),
        ({"chat_id": WANG, "text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"chat_id": WANG, "text": "x" * 32769}, "text is too long"),
        ({"chat_id": WANG, "text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ({"chat_id": WANG, "text": "票" * 4097}, "message is too long"),
        ({"chat_id": WANG, "text": "😀" * 2049}, "message is too long"),
        (
            {"chat_id": WANG, "text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"chat_id": WANG, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {
                "chat_id": WANG,
                "text": "ab",
                "entities": [{"type": "bold", "offset": 1, "length": 5}],
            },
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 2",
        ),
        (
            {"chat_id": WANG, "text": "x", "reply_markup": button("")},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"chat_id": WANG, "text": "x", "reply_markup": button("票" * 22)}, "BUTTON_DATA_INVALID"),
        (
            {"chat_id": WANG, "text": "x", "reply_markup": "[]"},
            "object expected as reply markup",
        ),
        (
            {"chat_id": WANG, "text": "x", "reply_parameters": {"message_id": 999}},
            "message to be replied not found",
        ),
        ({"chat_id": FORUM, "text": "x", "message_thread_id": 99}, "message thread not found"),
        ({"chat_id": FORUM, "text": "x", "message_thread_id": 1}, "message thread not found"),
        ({"chat_id": WANG, "text": "x", "message_thread_id": 2}, "message thread not found"),
    ],
)
async def test_what_telegram_refuses_is_refused_in_its_words(
    started: LocalTelegram, refused: Call, parameters: dict[str, Any], reason: str
) -> None:
    assert await refused("sendMessage", **parameters) == f"Bad Request: {reason}"


async def test_text_and_button_data_may_be_as_long_as_telegram_allows(
    started: LocalTelegram, call: Call
) -> None:
    message = await call(
        "sendMessage", chat_id=WANG, text="😀" * 2048, reply_markup=button("x" * 64)
    )
    assert message["reply_markup"] == button("x" * 64)


async def test_a_bot_cannot_write_first(telegram: LocalTelegram, refused: Call) -> None:
    reason = await refused("sendMessage", chat_id=WANG, text="x")
    assert reason == "Forbidden: bot can't initiate conversation with a user"


async def test_a_bot_cannot_write_to_one_who_blocked_it(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    await started.person(WANG).does("block")
    reason = await refused("sendMessage", chat_id=WANG, text="x")
    assert reason == "Forbidden: bot was blocked by the user"
    await started.person(WANG).does("unblock")
    await call("sendMessage", chat_id=WANG, text="x")


async def test_a_bot_that_was_put_out_cannot_write_to_the_group(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    telegram.remove_bot(FORUM, by=LI)
    reason = await refused("sendMessage", chat_id=FORUM, text="x")
    assert reason == "Forbidden: bot was kicked from the supergroup chat"
    (update,) = await call("getUpdates")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_deleted_message_is_gone_for_everyone(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    message = await call("sendMessage", chat_id=WANG, text="错了")
    one = {"chat_id": WANG, "message_id": message["message_id"]}
    assert await call("deleteMessage", **one) is True
    assert [seen.text for seen in await started.person(WANG).history()] == ["/start"]
    assert await refused("deleteMessage", **one) == "Bad Request: message to delete not found"
    said = await started.person(WANG).says("也删")
    assert await call("deleteMessages", chat_id=WANG, message_ids=[said.id, 999]) is True
    assert len(await started.person(WANG).history()) == 1


async def test_what_is_older_than_two_days_and_a_dice_of_today_stay(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    old, dice = (
        await call("sendMessage", chat_id=WANG, text="旧"),
        await call("sendDice", chat_id=WANG),
    )
    started.world.chats[WANG].messages[old["message_id"]].date -= 48 * 3600 + 60
    for message in (old, dice):
        one = {"chat_id": WANG, "message_id": message["message_id"]}
        assert await refused("deleteMessage", **one) == (
            "Bad Request: message can't be deleted for everyone"
        )
    started.world.chats[WANG].messages[dice["message_id"]].date -= 24 * 3600
    assert await call("deleteMessage", chat_id=WANG, message_id=dice["message_id"]) is True
