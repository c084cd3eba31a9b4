"""Sending, editing, copying and deleting, with Telegram's own refusals."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
FORUM, PLAIN = -1001000000001, -1001000000002


def button(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "好", "callback_data": data}]]}


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


async def test_an_edit_changes_text_and_takes_the_keyboard_away(
    started: LocalTelegram, call: Call
) -> None:
    message = await call("sendMessage", chat_id=WANG, text="选", reply_markup=button("a"))
    edited = await call(
        "editMessageText", chat_id=WANG, message_id=message["message_id"], text="选好了"
    )
    assert edited["text"] == "选好了"
    assert "edit_date" in edited
    assert "reply_markup" not in edited


async def test_an_edit_that_changes_nothing_is_refused(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    message = await call("sendMessage", chat_id=WANG, text="一样", reply_markup=button("a"))
    same = {"chat_id": WANG, "message_id": message["message_id"], "reply_markup": button("a")}
    assert "message is not modified" in await refused("editMessageText", text="一样", **same)
    assert "message is not modified" in await refused("editMessageReplyMarkup", **same)


async def test_only_the_bots_own_messages_can_be_edited(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    said = await started.person(WANG).says("我的")
    edit = {"chat_id": WANG, "text": "x"}
    assert "message can't be edited" in await refused("editMessageText", message_id=said.id, **edit)
    assert "message to edit not found" in await refused("editMessageText", message_id=999, **edit)


async def test_only_what_has_a_caption_gets_a_new_one(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo", caption="旧")
    copy = await call("copyMessage", chat_id=WANG, from_chat_id=WANG, message_id=sent.id)
    edited = await call(
        "editMessageCaption", chat_id=WANG, message_id=copy["message_id"], caption="新"
    )
    assert edited["caption"] == "新"
    text = await call("sendMessage", chat_id=WANG, text="x")
    reason = await refused(
        "editMessageCaption", chat_id=WANG, message_id=text["message_id"], caption="新"
    )
    assert "there is no caption in the message to edit" in reason


async def test_a_caption_has_its_own_limit(
    started: LocalTelegram, refused: Call, photo: Attachment
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo")
    file_id = sent.raw["photo"][-1]["file_id"]
    reason = await refused("sendPhoto", chat_id=WANG, photo=file_id, caption="票" * 1025)
    assert reason == "Bad Request: message caption is too long"


async def test_a_copy_carries_the_content_but_neither_keyboard_nor_album(
    started: LocalTelegram, call: Call, photo: Attachment
) -> None:
    first, _ = await started.person(WANG).sends(photo, photo, kind="photo", caption="两张")
    await call(
        "copyMessage", chat_id=FORUM, from_chat_id=WANG, message_id=first.id, caption="<i>一</i>",
        parse_mode="HTML",
    )  # fmt: skip
    copy = (await started.person(LI).history(chat=FORUM))[-1]
    assert copy.text == "一"
    assert copy.html == "<i>一</i>"
    assert copy.raw["photo"] == first.raw["photo"]
    assert "media_group_id" not in copy.raw


async def test_an_album_copied_whole_stays_an_album(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    album = await started.person(WANG).sends(photo, photo, kind="photo")
    ids = [message.id for message in album]
    copies = await call("copyMessages", chat_id=FORUM, from_chat_id=WANG, message_ids=[*ids, 999])
    assert len(copies) == 2
    groups = {m.raw["media_group_id"] for m in await started.person(LI).history(chat=FORUM)}
    assert len(groups) == 1
    assert groups != {album[0].raw["media_group_id"]}
    gone = {"chat_id": FORUM, "from_chat_id": WANG}
    assert "message to copy not found" in await refused("copyMessage", message_id=999, **gone)
    assert "no messages to forward" in await refused("copyMessages", message_ids=[999], **gone)


async def test_an_album_has_two_to_ten_items_of_kinds_that_go_together(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo")
    item = {"type": "photo", "media": sent.raw["photo"][-1]["file_id"]}
    for count in (1, 11):
        reason = await refused("sendMediaGroup", chat_id=WANG, media=[item] * count)
        assert reason == "Bad Request: there must be from 2 to 10 items in an album"
    mixed = [item, item | {"type": "document"}]
    assert "specified type in the album" in await refused(
        "sendMediaGroup", chat_id=WANG, media=mixed
    )
    album = await call("sendMediaGroup", chat_id=WANG, media=[item | {"caption": "甲"}, item])
    assert album[0]["caption"] == "甲"
    assert album[0]["media_group_id"] == album[1]["media_group_id"]


async def test_a_file_is_sent_again_by_its_id_as_the_kind_it_is(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo")
    file_id = sent.raw["photo"][-1]["file_id"]
    again = await call("sendPhoto", chat_id=WANG, photo=file_id)
    assert again["photo"] == sent.raw["photo"]
    wrong = await refused("sendDocument", chat_id=WANG, document=file_id)
    assert wrong == "Bad Request: can't use file of type Photo as Document"
    unknown = await refused("sendPhoto", chat_id=WANG, photo="AgACnothing")
    assert unknown == "Bad Request: wrong file identifier/HTTP URL specified"
    assert "no voice in the request" in await refused("sendVoice", chat_id=WANG)


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


async def test_places_and_contacts_are_sent_too(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    place = await call("sendLocation", chat_id=WANG, latitude=39.9, longitude="116.4")
    assert place["location"] == {"latitude": 39.9, "longitude": 116.4}
    contact = await call("sendContact", chat_id=WANG, phone_number="12366", first_name="热线")
    assert contact["contact"] == {"phone_number": "12366", "first_name": "热线"}
    assert "wrong location" in await refused("sendLocation", chat_id=WANG, latitude="北")
    assert "is required" in await refused("sendContact", chat_id=WANG, phone_number="1")
