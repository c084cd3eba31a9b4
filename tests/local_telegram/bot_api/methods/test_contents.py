"""Media edits, polls, dice, pins, reactions, files by URL, and how much a message may hold."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram
from bot.local_telegram.world import files

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
FORUM, PLAIN = -1001000000001, -1001000000002


async def test_a_text_becomes_a_picture_and_the_picture_a_file(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo", caption="原图")
    (paper,) = await started.person(WANG).sends(Attachment("票.pdf", b"%PDF-1.7"))
    message = await call("sendMessage", chat_id=WANG, text="等图")
    one = {"chat_id": WANG, "message_id": message["message_id"]}
    picture = {"type": "photo", "media": sent.raw["photo"][-1]["file_id"], "caption": "*图*"}
    edited = await call("editMessageMedia", media=picture | {"parse_mode": "Markdown"}, **one)
    assert "text" not in edited
    assert edited["photo"] == sent.raw["photo"]
    assert edited["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    same = picture | {"parse_mode": "Markdown"}
    assert "message is not modified" in await refused("editMessageMedia", media=same, **one)
    file = {"type": "document", "media": paper.raw["document"]["file_id"]}
    edited = await call("editMessageMedia", media=file, **one)
    assert "photo" not in edited
    assert "caption" not in edited
    assert (await started.person(WANG).history())[-1].raw["document"]["file_name"] == "票.pdf"
    assert 'type "voice" is unsupported' in await refused(
        "editMessageMedia", media=file | {"type": "voice"}, **one
    )
    album = await call("sendMediaGroup", chat_id=WANG, media=[picture, picture])
    piece = {"chat_id": WANG, "message_id": album[0]["message_id"]}
    assert "can't change media type in the album" in await refused(
        "editMessageMedia", media=file, **piece
    )
    dice = await call("sendDice", chat_id=WANG)
    assert "message media can't be edited" in await refused(
        "editMessageMedia", chat_id=WANG, message_id=dice["message_id"], media=picture
    )


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


async def test_a_file_comes_by_url_from_this_telegram_alone(
    started: LocalTelegram,
    call: Call,
    refused: Call,
    photo: Attachment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo")
    (note,) = await started.person(WANG).sends(Attachment("a.txt", b"text", "text/plain"))

    async def url(file_id: str) -> str:
        path = (await call("getFile", file_id=file_id))["file_path"]
        return f"{started.url}/file/bot{started.token}/{path}"

    picture = await url(sent.raw["photo"][-1]["file_id"])
    again = await call("sendPhoto", chat_id=WANG, photo=picture)
    assert again["photo"][-1]["width"] == sent.raw["photo"][-1]["width"]
    text = await url(note.raw["document"]["file_id"])
    for method, kind, given, reason in (
        ("sendPhoto", "photo", text, "wrong type of the web page content"),
        ("sendDocument", "document", text, "wrong type of the web page content"),
        ("sendPhoto", "photo", "https://a.cn/x.png", "failed to get HTTP URL content"),
        ("sendPhoto", "photo", f"{started.url}/file/botx/none", "failed to get HTTP URL content"),
        ("sendPhoto", "photo", "ftp://a.cn/x", "wrong HTTP URL specified"),
        ("sendPhoto", "photo", "x.png", "wrong file identifier/HTTP URL specified"),
    ):
        assert await refused(method, chat_id=WANG, **{kind: given}) == f"Bad Request: {reason}"
    monkeypatch.setitem(files.FETCH_LIMITS, "photo", 10)
    assert "failed to get" in await refused("sendPhoto", chat_id=WANG, photo=picture)


async def test_of_many_entities_a_message_keeps_a_hundred(
    started: LocalTelegram, call: Call
) -> None:
    bold = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(120)]
    links = [
        {"type": "text_link", "offset": 240 + 2 * n, "length": 1, "url": "https://a.cn"}
        for n in range(60)
    ]
    message = await call("sendMessage", chat_id=WANG, text="a " * 360, entities=[*bold, *links])
    kinds = [entity["type"] for entity in message["entities"]]
    assert (kinds.count("text_link"), kinds.count("bold")) == (60, 40)
    html = "<b>x</b> " * 150
    message = await call("sendMessage", chat_id=WANG, text=html, parse_mode="HTML")
    assert len(message["entities"]) == 100


async def test_control_characters_become_spaces_and_hidden_ones_go(
    started: LocalTelegram, call: Call
) -> None:
    text = "a\tb\r\nc\u202ed"
    bold = [{"type": "bold", "offset": 4, "length": 3}]
    message = await call("sendMessage", chat_id=WANG, text=text, entities=bold)
    assert message["text"] == "a b\ncd"
    assert message["entities"] == [{"type": "bold", "offset": 3, "length": 2}]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[{"text": "好", "callback_data": "x"}] * 101], "reply markup is too long"),
        ([[{"text": "好" * 1000, "callback_data": "x"}] * 4], "reply markup is too long"),
        ([[{"text": "好", "callback_data": "票" * 21 + "xx"}]], "BUTTON_DATA_INVALID"),
        (
            [[{"text": "好", "callback_data": "x", "style": "loud"}]],
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            ["好"],
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
    ],
)
async def test_a_keyboard_that_telegram_refuses(
    started: LocalTelegram, refused: Call, rows: Any, reason: str
) -> None:
    markup = {"inline_keyboard": rows}
    said = await refused("sendMessage", chat_id=WANG, text="x", reply_markup=markup)
    assert said == f"Bad Request: {reason}"


async def test_names_and_menu_buttons_are_kept(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    assert await call("getMyName") == {"name": "小票"}
    await call("setMyName", name="大票")
    assert await call("getMyName", language_code="zh") == {"name": "大票"}
    assert "too long" in await refused("setMyName", name="长" * 65)
    assert await call("getChatMenuButton") == {"type": "default"}
    await call("setChatMenuButton", chat_id=WANG, menu_button={"type": "commands"})
    assert await call("getChatMenuButton", chat_id=WANG) == {"type": "commands"}
    assert await call("getChatMenuButton", chat_id=LI) == {"type": "default"}
    assert "unsupported type" in await refused("setChatMenuButton", menu_button={"type": "x"})
    assert "user not found" in await refused("getChatMenuButton", chat_id=77)
    assert await call("getUserProfilePhotos", user_id=WANG) == {"total_count": 0, "photos": []}
    assert "query is too old" in await refused("answerInlineQuery", inline_query_id="1", results=[])
