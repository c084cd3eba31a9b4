"""Every answer and every update fits the Bot API models of aiogram, with nothing left over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiogram.methods
import aiohttp
import pytest
from aiogram.types import Update
from pydantic import TypeAdapter

from bot.local_telegram import Attachment, LocalTelegram
from bot.local_telegram.bot_api.methods.table import METHODS
from tests.local_telegram.models import check

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "好", "callback_data": "ok"}, {"text": "网", "url": "https://a.cn", "odd": 1}]
    ]
}


@pytest.fixture
async def checked(telegram: LocalTelegram) -> Any:
    """Calls a method, checks its answer, and remembers which methods were tried."""
    tried: set[str] = set()
    async with aiohttp.ClientSession() as session:

        async def call(name: str, /, **parameters: Any) -> Any:
            files = {k: parameters.pop(k) for k, v in list(parameters.items()) if is_file(v)}
            form = aiohttp.FormData(default_to_multipart=True)
            adapter = TypeAdapter[Any](Any)
            for key, value in parameters.items():
                plain = value if isinstance(value, str) else adapter.dump_json(value).decode()
                form.add_field(key, plain)
            for key, file in files.items():
                form.add_field(key, file.data, filename=file.name, content_type=file.mime)
            url = f"{telegram.url}/bot{telegram.token}/{name}"
            async with session.post(url, data=form) as response:
                answer = await response.json()
            assert answer["ok"], (name, answer)
            tried.add(name)
            method = getattr(aiogram.methods, name[0].upper() + name[1:])
            check(method.__returning__, answer["result"], name)
            if name == "getUpdates":
                check(list[Update], answer["result"], name)
            return answer["result"]

        call.tried = tried  # type: ignore[attr-defined]
        yield call


def is_file(value: object) -> bool:
    return isinstance(value, Attachment)


async def talk_in_private(telegram: LocalTelegram, call: Any, photo: Attachment) -> None:
    person = telegram.person(WANG)
    said = await person.says("/start https://a.cn wang@a.cn @some_one +8613800138000 #票")
    await person.edits(said, "改")
    await person.sends_sticker("👍")
    await person.sends_location(39.9, 116.4)
    await person.sends_contact("12366", "热线")
    for kind in ("document", "voice", "video", "audio"):
        await person.sends(Attachment("x.bin", b"data"), kind=kind, caption="<b>")
    album = await person.sends(photo, photo, kind="photo")
    to = {"chat_id": WANG}
    html = '<b>粗</b> <a href="https://a.cn">链</a> <pre><code class="language-c">x</code></pre>'
    sent = await call(
        "sendMessage", text=html, parse_mode="HTML", reply_markup=KEYBOARD,
        reply_parameters={"message_id": album[0].id}, link_preview_options={"is_disabled": True},
        **to,
    )  # fmt: skip
    one = to | {"message_id": sent["message_id"]}
    await call("editMessageReplyMarkup", **one)
    await call("editMessageText", text="新", reply_markup=KEYBOARD, **one)
    for kind in ("Photo", "Document", "Voice", "Video", "Audio", "Sticker"):
        file = photo if kind == "Photo" else Attachment("x.bin", b"data")
        shape = {"duration": 3, "title": "歌", "emoji": "👍"}
        sent = await call(f"send{kind}", **{kind.lower(): file}, **shape, **to)
    await call("sendLocation", latitude=39.9, longitude=116.4, **to)
    await call("sendContact", phone_number="12366", first_name="热线", **to)
    media = [{"type": "photo", "media": f"attach://p{n}", "caption": "图"} for n in (1, 2)]
    pair = await call("sendMediaGroup", media=media, p1=photo, p2=photo, **to)
    await call("editMessageCaption", message_id=pair[0]["message_id"], caption="换", **to)
    await call("copyMessage", from_chat_id=WANG, message_id=album[0].id, **to)
    await call("copyMessages", from_chat_id=WANG, message_ids=[m.id for m in album], **to)
    await call("getFile", file_id=album[0].raw["photo"][0]["file_id"])
    await call("sendChatAction", action="typing", **to)
    await call("deleteMessage", **one)
    await call("deleteMessages", message_ids=[album[1].id], **to)
    await person.does("block")
    await person.does("unblock")


async def talk_in_groups(telegram: LocalTelegram, call: Any) -> None:
    person = telegram.person(LI)
    topic = await call("createForumTopic", chat_id=FORUM, name="T-1")
    place = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    card = await call("sendMessage", text="卡片", reply_markup=KEYBOARD, **place)
    where = {"chat": FORUM, "thread": topic["message_thread_id"]}
    await person.says("收到", reply_to=card["message_id"], **where)
    for name in ("closeForumTopic", "reopenForumTopic"):
        await call(name, **place)
    await call("editForumTopic", name="T-1 已解决", **place)
    await person.does("topic", action="close", **where)
    plain = await call("sendMessage", chat_id=PLAIN, text="卡片")
    await person.says("收到", chat=PLAIN, reply_to=plain["message_id"])
    await telegram.person(ZHAO).does("leave", chat=FORUM)
    for user in (LI, ZHAO, telegram.world.bot.id):
        await call("getChatMember", chat_id=FORUM, user_id=user)
    await telegram.person(ZHAO).does("join", chat=FORUM)
    await call("getChatMember", chat_id=FORUM, user_id=ZHAO)
    for name in ("getChat", "getChatAdministrators", "getChatMemberCount"):
        await call(name, chat_id=FORUM)
    await call("getChat", chat_id=WANG)
    await call("deleteForumTopic", **place)
    telegram.remove_bot(PLAIN, by=LI)
    telegram.add_bot(PLAIN, by=LI)


async def send_every_other_kind(telegram: LocalTelegram, call: Any, photo: Attachment) -> None:
    to = {"chat_id": WANG}
    for kind, name in (("animation", "Animation"), ("video_note", "VideoNote")):
        await call(f"send{name}", **{kind: Attachment("x.gif", b"GIF89a")}, length=9, **to)
    await call("sendVenue", latitude=1, longitude=1, title="厅", address="路", **to)
    await call("sendDice", emoji="🎯", **to)
    quiz = {"type": "quiz", "correct_option_id": 1, "explanation": "<b>二</b>"}
    await call(
        "sendPoll", question="*?*", question_parse_mode="Markdown", options=["一", {"text": "二"}],
        explanation_parse_mode="HTML", **quiz, **to,
    )  # fmt: skip
    poll = await call("sendPoll", question="?", options=["一", "二"], **to)
    await call("stopPoll", message_id=poll["message_id"], **to)
    text = await call("sendMessage", text="x", protect_content=True, **to)
    one = to | {"message_id": text["message_id"]}
    media = {"type": "photo", "media": "attach://new", "caption": "换"}
    await call("editMessageMedia", media=media, new=photo, **one)
    await call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **one)
    await call("pinChatMessage", **one)
    await call("getChat", **to)
    await call("unpinChatMessage", **one)
    said = await telegram.person(WANG).says("原话")
    copy = {"from_chat_id": WANG, "message_id": said.id}
    await call("forwardMessage", chat_id=PLAIN, **copy)
    await call("forwardMessages", chat_id=PLAIN, from_chat_id=WANG, message_ids=[said.id])
    reply = {"chat_id": WANG, "message_id": said.id, "quote": "原"}
    await call("sendMessage", chat_id=PLAIN, text="x", reply_parameters=reply)
    await call("sendMessage", text="x", reply_parameters=reply, **to)


async def whisper(telegram: LocalTelegram, call: Any, photo: Attachment) -> None:
    to = {"chat_id": PLAIN, "ephemeral_message_parameters": {"receiver_user_id": LI}}
    text = await call("sendMessage", text="只给你看", reply_markup=KEYBOARD, **to)
    file = await call("sendPhoto", photo=photo, caption="图", **to)
    first, second = (
        {"chat_id": PLAIN, "receiver_user_id": LI} | {"ephemeral_message_id": number}
        for number in (text["ephemeral_message_id"], file["ephemeral_message_id"])
    )
    await call("editEphemeralMessageText", text="换", **first)
    await call("editEphemeralMessageReplyMarkup", reply_markup=KEYBOARD, **first)
    await call("editEphemeralMessageCaption", caption="换", **second)
    media = {"type": "photo", "media": "attach://new"}
    await call("editEphemeralMessageMedia", media=media, new=photo, **second)
    await call("deleteEphemeralMessage", **first)
    command = {"command": "mine", "description": "我的", "is_ephemeral": True}
    await call("setMyCommands", commands=[command], scope={"type": "all_group_chats"})
    await call("getMyCommands", scope={"type": "all_group_chats"})
    await telegram.person(LI).says("/mine", chat=PLAIN)


async def administer(telegram: LocalTelegram, call: Any) -> None:
    forum = {"chat_id": FORUM}
    icon = (await call("getForumTopicIconStickers"))[0]["custom_emoji_id"]
    topic = await call("createForumTopic", name="T-2", icon_custom_emoji_id=icon, **forum)
    await call("unpinAllForumTopicMessages", message_thread_id=topic["message_thread_id"], **forum)
    await call("editGeneralForumTopic", name="大厅", **forum)
    for name in ("close", "reopen", "hide", "unhide"):
        await call(f"{name}GeneralForumTopic", **forum)
    await call("unpinAllGeneralForumTopicMessages", **forum)
    await call("unpinAllChatMessages", **forum)
    telegram.promote_bot(FORUM, by=LI, can_promote_members=True)
    member = forum | {"user_id": ZHAO}
    await call("restrictChatMember", permissions={"can_send_polls": True}, **member)
    await call("getChatMember", **member)
    await call("promoteChatMember", can_pin_messages=True, **member)
    await call("getChatMember", **member)
    await call("promoteChatMember", **member)
    await call("banChatMember", **member)
    await call("unbanChatMember", **member)
    await call("setChatPermissions", permissions={"can_send_messages": True}, **forum)
    telegram.restrict_bot(FORUM, by=LI, may=["can_send_messages"])
    await call("leaveChat", **forum)


async def set_up(call: Any) -> None:
    await call("getMe")
    await call("setMyCommands", commands=[{"command": "start", "description": "开始"}])
    await call("getMyCommands")
    await call("deleteMyCommands")
    await call("setChatMenuButton", menu_button={"type": "commands"})
    await call("getChatMenuButton", chat_id=WANG)
    await call("getUserProfilePhotos", user_id=WANG)
    for name in ("Name", "Description", "ShortDescription"):
        key = "short_description" if name == "ShortDescription" else name.lower()
        await call(f"setMy{name}", **{key: "查票"})
        await call(f"getMy{name}")
    await call("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])
    await call("getWebhookInfo")
    await call("deleteWebhook")
    await call("getWebhookInfo")
    every = [name for name in Update.model_fields if name != "update_id"]
    await call("getUpdates", allowed_updates=every)


async def test_every_method_and_every_update_fits_the_models(
    telegram: LocalTelegram, checked: Any, photo: Attachment
) -> None:
    await set_up(checked)
    await talk_in_private(telegram, checked, photo)
    await send_every_other_kind(telegram, checked, photo)
    await talk_in_groups(telegram, checked)
    await whisper(telegram, checked, photo)
    await administer(telegram, checked)
    updates = await checked("getUpdates")
    kinds = {kind for update in updates for kind in update} - {"update_id"}
    assert kinds == {"message", "edited_message", "my_chat_member", "chat_member", "poll"}
    assert set(METHODS) - checked.tried == {"answerCallbackQuery", "answerInlineQuery"}


async def test_a_press_fits_the_models_too(started: LocalTelegram, checked: Any) -> None:
    await checked("sendMessage", chat_id=WANG, text="?", reply_markup=KEYBOARD)
    pressing = asyncio.create_task(started.person(WANG).presses("好"))
    (update,) = await checked("getUpdates", timeout=5)
    await checked("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    assert (await pressing).answered


def test_the_check_finds_what_does_not_belong() -> None:
    odd = {"id": 1, "is_bot": False, "first_name": "x", "shoe_size": 43}
    with pytest.raises(AssertionError, match="shoe_size"):
        check(aiogram.types.User, odd, "user")
