"""Ephemeral messages: in a group, for one person alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Refused
from bot.local_telegram.bot_api import ephemeral as sending
from bot.local_telegram.world import ephemeral
from tests.local_telegram.conftest import button

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002
TO_LI = {"chat_id": PLAIN, "ephemeral_message_parameters": {"receiver_user_id": LI}}


def named(message: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What names an ephemeral message to 小李."""
    number = message["ephemeral_message_id"]
    return {"chat_id": PLAIN, "receiver_user_id": LI, "ephemeral_message_id": number} | more


async def texts(telegram: LocalTelegram, person: int, chat: int = PLAIN) -> list[str]:
    return [seen.text for seen in await telegram.person(person).history(chat=chat)]


async def test_one_person_sees_it_and_nobody_else(telegram: LocalTelegram, call: Call) -> None:
    li, zhao = telegram.person(LI), telegram.person(ZHAO)
    assert await li.history(chat=PLAIN) == await zhao.history(chat=PLAIN) == []
    await call("sendMessage", chat_id=PLAIN, text="大家好")
    message = await call("sendMessage", text="只给你看", **TO_LI)
    await call("sendMessage", chat_id=PLAIN, text="再见")
    assert (message["message_id"], message["ephemeral_message_id"]) == (0, 1)
    assert message["receiver_user"]["id"] == LI
    await li.sees("只给你看", chat=PLAIN)
    await zhao.sees(lambda seen: seen.text == "再见", chat=PLAIN)
    assert await texts(telegram, LI) == ["大家好", "只给你看", "再见"]
    assert await texts(telegram, ZHAO) == ["大家好", "再见"]
    assert await call("getUpdates") == []


async def test_it_stands_in_the_topic_that_is_named(telegram: LocalTelegram, call: Call) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    thread = topic["message_thread_id"]
    to = {"chat_id": FORUM, "message_thread_id": thread, "receiver_user_id": LI}
    message = await call("sendMessage", text="只给你看", **to)
    assert (message["message_thread_id"], message["is_topic_message"]) == (thread, True)
    (seen,) = (m for m in await telegram.person(LI).history(chat=FORUM, thread=thread) if m.text)
    assert seen.text == "只给你看"


async def test_it_is_edited_and_deleted_and_its_number_given_again(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    li = telegram.person(LI)
    message = await call("sendMessage", text="一", **TO_LI)
    await li.sees("一", chat=PLAIN)
    assert await call("editEphemeralMessageText", text="二", **named(message)) is True
    assert "not modified" in await refused("editEphemeralMessageText", text="二", **named(message))
    assert "there is no caption" in await refused(
        "editEphemeralMessageCaption", caption="x", **named(message)
    )
    await li.sees("二", chat=PLAIN)
    assert await call("deleteEphemeralMessage", **named(message)) is True
    assert await texts(telegram, LI) == []
    gone = await refused("deleteEphemeralMessage", **named(message))
    assert gone == "Bad Request: message to delete not found"
    assert "message to edit not found" in await refused(
        "editEphemeralMessageText", text="三", **named(message)
    )
    again = await call("sendMessage", text="四", **TO_LI)
    assert again["ephemeral_message_id"] == message["ephemeral_message_id"]
    await li.sees("四", chat=PLAIN)


async def test_it_expires(
    telegram: LocalTelegram, call: Call, refused: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await call("sendMessage", text="一", **TO_LI)
    monkeypatch.setattr(ephemeral, "KEPT_SECONDS", -1)
    assert await texts(telegram, LI) == []
    assert "message to delete not found" in await refused(
        "deleteEphemeralMessage", **named(message)
    )


@pytest.mark.parametrize(
    ("chat", "receiver", "reason"),
    [
        (WANG, WANG, "ephemeral messages can be sent only to groups and supergroups"),
        (PLAIN, WANG, "USER_NOT_PARTICIPANT"),
        (PLAIN, 7000000001, "user not found"),
        (PLAIN, 5, "user not found"),
    ],
)
async def test_who_is_no_person_of_the_group_gets_none(
    started: LocalTelegram, refused: Call, chat: int, receiver: int, reason: str
) -> None:
    to = {"chat_id": chat, "ephemeral_message_parameters": {"receiver_user_id": receiver}}
    assert await refused("sendMessage", text="x", **to) == f"Bad Request: {reason}"
    assert await texts(started, LI) == []


async def test_who_left_the_group_gets_no_edit(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    message = await call("sendMessage", text="一", **TO_LI)
    await telegram.person(LI).does("leave", chat=PLAIN)
    assert "USER_NOT_PARTICIPANT" in await refused(
        "editEphemeralMessageText", text="二", **named(message)
    )


async def test_a_lost_one_is_answered_as_if_it_were_shown(
    telegram: LocalTelegram, call: Call
) -> None:
    telegram.faults.on("sendMessage", "ephemeral lost", chat=PLAIN)
    lost = await call("sendMessage", text="丢了", **TO_LI)
    assert await texts(telegram, LI) == []
    assert await call("editEphemeralMessageText", text="又来", **named(lost)) is True
    assert await texts(telegram, LI) == ["又来"]
    telegram.faults.on("editEphemeralMessageText", "ephemeral lost")
    telegram.faults.on("deleteEphemeralMessage", "ephemeral lost")
    await call("editEphemeralMessageText", text="没人看见", **named(lost))
    await call("deleteEphemeralMessage", **named(lost))
    assert await texts(telegram, LI) == ["又来"]
    telegram.faults.on("sendMessage", "ephemeral lost", chat=PLAIN)
    await call("sendMessage", chat_id=PLAIN, text="不是悄悄话")
    assert await texts(telegram, ZHAO) == ["不是悄悄话"]


async def press(telegram: LocalTelegram, call: Call, who: int) -> tuple[str, asyncio.Task[Any]]:
    """Somebody presses 好; the id of that press."""
    telegram.world.updates.clear()
    pressing = asyncio.create_task(telegram.person(who).presses("好", chat=PLAIN))
    update = (await call("getUpdates", timeout=5))[-1]
    return update["callback_query"]["id"], pressing


async def test_a_bot_that_is_no_administrator_answers_a_press_alone(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    await call("sendMessage", chat_id=PLAIN, text="?", reply_markup=button("ok"))
    telegram.demote_bot(PLAIN, by=LI)
    assert "not enough rights" in await refused("sendMessage", text="x", **TO_LI)
    query, pressing = await press(telegram, call, LI)
    answer = {"receiver_user_id": LI, "callback_query_id": query}
    await call("sendMessage", text="您的", chat_id=PLAIN, ephemeral_message_parameters=answer)
    other = answer | {"receiver_user_id": ZHAO}
    assert "of another user or chat" in await refused(
        "sendMessage", text="x", chat_id=PLAIN, **other
    )
    unknown = answer | {"callback_query_id": "5"}
    assert "query is too old" in await refused("sendMessage", text="x", chat_id=PLAIN, **unknown)
    await call("answerCallbackQuery", callback_query_id=query)
    await pressing
    assert await texts(telegram, LI) == ["?", "您的"]


async def test_it_stands_in_the_place_of_the_message_that_was_pressed(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    await call("sendMessage", chat_id=PLAIN, text="?", reply_markup=button("ok"))
    await call("sendMessage", chat_id=PLAIN, text="末")
    query, pressing = await press(telegram, call, LI)
    given: dict[str, Any] = {"receiver_user_id": LI, "replace_callback_query_message": True}
    assert "no callback query" in await refused(
        "sendMessage", text="x", chat_id=PLAIN, ephemeral_message_parameters=given
    )
    given["callback_query_id"] = query
    message = await call(
        "sendMessage",
        text="您的",
        chat_id=PLAIN,
        ephemeral_message_parameters=given,
        reply_markup=button("mine"),
    )
    await call("answerCallbackQuery", callback_query_id=query)
    await pressing
    assert await texts(telegram, LI) == ["您的", "末"]
    assert await texts(telegram, ZHAO) == ["?", "末"]
    second, pressing = await press(telegram, call, LI)
    given["callback_query_id"] = second
    assert "can't be replaced" in await refused(
        "sendMessage", text="x", chat_id=PLAIN, ephemeral_message_parameters=given
    )
    await call("answerCallbackQuery", callback_query_id=second)
    await pressing
    await call("deleteEphemeralMessage", **named(message))
    assert await texts(telegram, LI) == ["?", "末"]


async def test_its_buttons_are_pressed_by_its_receiver_alone(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    message = await call("sendMessage", text="?", reply_markup=button("ok"), **TO_LI)
    query, pressing = await press(telegram, call, LI)
    (update,) = await call("getUpdates")
    assert update["callback_query"]["message"] == message
    await call("answerCallbackQuery", callback_query_id=query, text="好")
    assert (await pressing).text == "好"
    seen = (await telegram.person(LI).history(chat=PLAIN))[-1]
    with pytest.raises(Refused, match="no such message"):
        await telegram.person(ZHAO).presses("ok", seen)
    login = {"inline_keyboard": [[{"text": "进", "login_url": {"url": "https://a.cn"}}]]}
    said = await refused("sendMessage", text="?", reply_markup=login, **TO_LI)
    assert "unallowed in ephemeral messages" in said


async def test_an_ephemeral_command_goes_to_the_bot_alone_and_is_answered_in_time(
    telegram: LocalTelegram, call: Call, refused: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = telegram.another_bot("7000000002:x", "别的", "other_bot", [PLAIN])
    command = {"command": "mine", "description": "我的", "is_ephemeral": True}
    await call("setMyCommands", commands=[command], scope={"type": "all_group_chats"})
    li = telegram.person(LI)
    await li.says("/mine@other_bot", chat=PLAIN)
    await li.says("/mine 5", chat=PLAIN)
    open_one, whispered = [update["message"] for update in await call("getUpdates")]
    assert "ephemeral_message_id" not in open_one
    assert (whispered["message_id"], whispered["receiver_user"]["id"]) == (0, 7000000001)
    assert [u.body["text"] for u in another.world.updates.pending.values()] == ["/mine@other_bot"]
    assert await texts(telegram, ZHAO) == ["/mine@other_bot"]
    reply = {"ephemeral_message_id": whispered["ephemeral_message_id"]}
    telegram.demote_bot(PLAIN, by=LI)
    await call("sendMessage", text="答", reply_parameters=reply, **TO_LI)
    assert await texts(telegram, LI) == ["/mine@other_bot", "/mine 5", "答"]
    openly = {"chat_id": PLAIN, "text": "答", "reply_parameters": reply}
    assert "must be an ephemeral message" in await refused("sendMessage", **openly)
    to_another = {"receiver_user_id": ZHAO}
    assert "message to be replied not found" in await refused(
        "sendMessage", ephemeral_message_parameters=to_another, **openly
    )
    monkeypatch.setattr(sending, "REPLY_SECONDS", -1)
    late = await refused("sendMessage", text="晚", reply_parameters=reply, **TO_LI)
    assert "too old to be replied" in late
    elsewhere = {"message_id": 1, "chat_id": FORUM}
    said = await refused("sendMessage", text="x", reply_parameters=elsewhere, **TO_LI)
    assert "can't be a reply to another chat" in said


async def test_what_takes_no_receiver_is_said_to_everybody(
    telegram: LocalTelegram, call: Call
) -> None:
    message = await call("sendMessage", chat_id=PLAIN, text="一")
    source = {"from_chat_id": PLAIN, "message_id": message["message_id"]}
    await call("copyMessage", **source, **TO_LI)
    assert await texts(telegram, ZHAO) == ["一", "一"]
