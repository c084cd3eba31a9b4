"""What a bot changes of what it wrote."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import Attachment, LocalTelegram
from tests.local_telegram.conftest import button

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001


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
