"""What a person's app sees and does over /client/."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import Attachment, LocalTelegram, Refused
from bot.local_telegram.client_api import acts
from tests.patience import PATIENCE

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002


@pytest.fixture
async def get(telegram: LocalTelegram) -> AsyncIterator[Call]:
    async with aiohttp.ClientSession(telegram.url) as session:

        async def ask(what: str, **asked: Any) -> Any:
            async with session.get(f"/client/{what}", params=asked) as response:
                return await response.json()

        yield ask


async def test_an_app_lists_people_and_the_chats_of_each(started: LocalTelegram, get: Call) -> None:
    people = {person["first_name"]: person for person in await get("people")}
    assert people["小李"]["groups"] == [FORUM, PLAIN]
    assert people["王芳"]["groups"] == []
    assert people["王芳"]["username"] == "wangfang"
    assert people["王芳"]["blocked"] is False
    (chat,) = await get("chats", user=WANG)
    assert (chat["id"], chat["type"], chat["title"]) == (WANG, "private", "小票")
    assert chat["last"]["text"] == "/start"
    assert [chat["title"] for chat in await get("chats", user=LI)] == ["小票", "一线客服", "二线"]


async def test_topics_are_listed_with_their_state_and_read_apart(
    telegram: LocalTelegram, call: Call, get: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    thread = topic["message_thread_id"]
    await call("sendMessage", chat_id=FORUM, text="在话题里", message_thread_id=thread)
    await call("sendMessage", chat_id=FORUM, text="在外面")
    await telegram.person(LI).does("topic", chat=FORUM, thread=thread, action="close")
    forum = (await get("chats", user=LI))[1]
    assert forum["topics"] == [{"id": thread, "name": "甲", "closed": True, "icon": ""}]
    inside = await get("messages", user=LI, chat=FORUM, thread=thread)
    assert [m.get("text") for m in inside] == [None, "在话题里", None]


async def test_a_closed_topic_takes_words_of_administrators_only(
    telegram: LocalTelegram, call: Call
) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    place = {"chat": FORUM, "thread": topic["message_thread_id"]}
    with pytest.raises(Refused, match="only an administrator"):
        await telegram.person(ZHAO).does("topic", action="close", **place)
    await telegram.person(LI).does("topic", action="close", **place)
    with pytest.raises(Refused, match="the topic is closed"):
        await telegram.person(ZHAO).says("x", **place)
    await telegram.person(LI).says("我可以", **place)
    await telegram.person(LI).does("topic", action="reopen", **place)
    await telegram.person(ZHAO).says("我也可以", **place)
    await telegram.person(LI).does("topic", action="delete", **place)
    with pytest.raises(Refused, match="no such topic"):
        await telegram.person(LI).says("x", **place)


async def test_what_a_person_sends_reaches_the_bot_as_telegram_would_tell_it(
    telegram: LocalTelegram, call: Call, photo: Attachment
) -> None:
    person = telegram.person(WANG)
    await person.says("看 😀 粗", entities=[{"type": "bold", "offset": 5, "length": 1}])
    await person.sends_sticker("👍")
    await person.sends_location(39.9, 116.4)
    await person.sends_contact("12366", "热线")
    for kind in ("document", "voice", "video", "audio"):
        await person.sends(Attachment("x.bin", b"data"), kind=kind)
    await person.sends(photo, photo, kind="photo", caption="两张")
    text, sticker, place, contact, *files, first, second = [
        update["message"] for update in await call("getUpdates")
    ]
    assert text["entities"] == [{"type": "bold", "offset": 5, "length": 1}]
    assert sticker["sticker"]["emoji"] == "👍"
    assert place["location"] == {"latitude": 39.9, "longitude": 116.4}
    assert contact["contact"]["phone_number"] == "12366"
    assert [next(iter(m.keys() & {"document", "voice", "video", "audio"})) for m in files] == [
        "document", "voice", "video", "audio",
    ]  # fmt: skip
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "两张"
    assert "caption" not in second


@pytest.mark.parametrize(
    ("act", "body", "reason"),
    [
        ("send", {"text": " "}, "there is nothing to send"),
        ("send", {"text": "长" * 4097}, "the text is over 4096 characters"),
        ("send", {"text": "x", "reply_to": 99}, "there is no such message to answer"),
        ("send", {"text": "x", "chat": FORUM}, "the person is not in this chat any more"),
        ("send", {"text": "x", "chat": LI}, "there is no such chat"),
        ("send", {"text": "x", "user": 5}, "there is no such person"),
        ("send", {"location": {"latitude": 1}}, "a location needs latitude and longitude"),
        ("send", {"contact": {"first_name": "x"}}, "a contact needs phone_number and first_name"),
        (
            "send",
            {"text": "x", "entities": [{"type": "bold"}]},
            'can\'t parse entities: field "offset" or "length" is invalid',
        ),
        ("send", {"content": {"text": 5}}, "text of a content is not as the Bot API has it"),
        ("send", {"content": {"poll": {}}}, "poll of a content is not as the Bot API has it"),
        (
            "send",
            {"content": {"dice": {"emoji": "x"}}},
            "the emoji of a dice is one of 🎲, 🎯, 🎳, 🏀, ⚽, 🎰",
        ),
        (
            "send",
            {"kind": "location", "about": {"latitude": True}},
            "location of a content is not as the Bot API has it",
        ),
        ("send", {"text": "x", "forward_origin": {}}, "forward_origin is no MessageOrigin"),
        (
            "send",
            {"text": "x", "forward_origin": {"type": "user", "date": 1}},
            "forward_origin is no MessageOrigin",
        ),
        (
            "send",
            {"text": "x", "sender_chat": {"id": 5}},
            "sender_chat is no Chat with an id and a title",
        ),
        ("edit", {"message": 99, "text": "x"}, "there is no such message"),
        ("topic", {"thread": 9}, "there is no such topic"),
        ("leave", {}, "one does not leave a private chat"),
        ("fly", {}, "there is no /client/fly"),
    ],
)
async def test_what_cannot_be_done_is_refused_in_one_sentence(
    started: LocalTelegram, act: str, body: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        await started.person(WANG).does(act, **body)
    assert str(caught.value) == reason


async def test_an_edit_reaches_the_bot_and_a_deletion_does_not(
    telegram: LocalTelegram, call: Call, photo: Attachment
) -> None:
    person = telegram.person(WANG)
    said = await person.says("错字")
    (sent,) = await person.sends(photo, kind="photo", caption="旧")
    await person.edits(said, "对的 /help")
    await person.edits(sent, "新")
    await person.deletes(said)
    *_, text, caption = await call("getUpdates")
    assert text["edited_message"]["text"] == "对的 /help"
    assert text["edited_message"]["entities"][0]["type"] == "bot_command"
    assert caption["edited_message"]["caption"] == "新"
    assert caption["edited_message"]["photo"] == sent.raw["photo"]


async def test_one_edits_and_deletes_only_what_is_ones_own(
    started: LocalTelegram, call: Call
) -> None:
    await call("sendMessage", chat_id=WANG, text="机器人的")
    seen = await started.person(WANG).sees("机器人的")
    with pytest.raises(Refused, match="not the person's own"):
        await started.person(WANG).edits(seen, "x")
    with pytest.raises(Refused, match="not the person's own"):
        await started.person(WANG).deletes(seen)


async def test_who_blocked_the_bot_must_unblock_before_writing(
    started: LocalTelegram, call: Call
) -> None:
    person = started.person(WANG)
    await person.does("block")
    await person.does("block")
    with pytest.raises(Refused, match="unblock the bot first"):
        await person.says("x")
    await person.does("unblock")
    blocked, unblocked = [u["my_chat_member"] for u in await call("getUpdates")]
    assert blocked["new_chat_member"]["status"] == "kicked"
    assert unblocked["new_chat_member"]["status"] == "member"


async def test_who_left_a_group_reads_no_more_of_it(telegram: LocalTelegram, get: Call) -> None:
    await telegram.person(ZHAO).does("leave", chat=FORUM)
    assert "error" in await get("messages", user=ZHAO, chat=FORUM)
    assert FORUM not in [chat["id"] for chat in await get("chats", user=ZHAO)]
    await telegram.person(ZHAO).does("join", chat=FORUM)
    assert len(await get("messages", user=ZHAO, chat=FORUM)) == 2


async def test_a_press_that_the_bot_never_answers_ends(
    started: LocalTelegram, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "PRESS_SECONDS", 0.01)
    keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    await call("sendMessage", chat_id=WANG, text="?", reply_markup=keyboard)
    answered = await started.person(WANG).presses("ok")
    assert (answered.answered, answered.text) == (False, None)


async def test_a_file_is_shown_only_as_what_its_bytes_prove(
    telegram: LocalTelegram, photo: Attachment
) -> None:
    person = telegram.person(WANG)
    (image,) = await person.sends(photo, kind="photo")
    (page,) = await person.sends(Attachment("x.png", b"<script>alert(1)</script>", "image/png"))
    async with aiohttp.ClientSession(telegram.url) as session:
        file_id = image.raw["photo"][0]["file_id"]
        async with session.get(f"/client/file/{file_id}") as response:
            assert response.content_type == "image/png"
            assert response.headers["Content-Disposition"] == "inline"
            assert await response.read() == photo.data
        async with session.get(f"/client/file/{page.raw['document']['file_id']}") as response:
            assert response.content_type == "application/octet-stream"
            assert response.headers["Content-Disposition"] == "attachment"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
        async with session.get("/client/file/none") as response:
            assert response.status == 404


async def test_an_open_app_is_told_of_everything_the_person_may_see(
    started: LocalTelegram, call: Call
) -> None:
    expected = ["typing", "message", "edited", "deleted", "commands", "chat"]
    async with (
        aiohttp.ClientSession(started.url) as session,
        session.get("/client/events", params={"user": WANG}) as events,
    ):
        assert await events.content.readline() == b": open\n"
        await call("sendChatAction", chat_id=WANG, action="typing")
        sent = await call("sendMessage", chat_id=WANG, text="一")
        one = {"chat_id": WANG, "message_id": sent["message_id"]}
        await call("editMessageText", text="二", **one)
        await call("sendMessage", chat_id=FORUM, text="与我无关")
        await call("deleteMessage", **one)
        await call("setMyCommands", commands=[{"command": "a", "description": "b"}])
        await started.person(WANG).does("block")
        got: list[dict[str, Any]] = []
        async with asyncio.timeout(PATIENCE):
            while len(got) < len(expected):
                line = await events.content.readline()
                if line.startswith(b"data: "):
                    got.append(json.loads(line[6:]))
    assert [event["type"] for event in got] == expected
    assert got[1]["message"]["html"] == "一"
    assert got[1]["message"]["out"] is False
    assert got[3]["message"] == {"message_id": sent["message_id"]}
    assert {event["chat"] for event in got} == {WANG, None}


async def test_example_texts_are_offered(telegram: LocalTelegram, get: Call) -> None:
    telegram.world.examples.append("发票查不到")
    assert await get("examples") == ["发票查不到"]
