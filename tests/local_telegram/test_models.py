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
from bot.local_telegram.methods import METHODS
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


async def set_up(call: Any) -> None:
    await call("getMe")
    await call("setMyCommands", commands=[{"command": "start", "description": "开始"}])
    await call("getMyCommands")
    await call("deleteMyCommands")
    for name in ("Description", "ShortDescription"):
        key = "description" if name == "Description" else "short_description"
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
    await talk_in_groups(telegram, checked)
    updates = await checked("getUpdates")
    kinds = {kind for update in updates for kind in update} - {"update_id"}
    assert kinds == {"message", "edited_message", "my_chat_member", "chat_member"}
    assert set(METHODS) - checked.tried == {"answerCallbackQuery"}


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
