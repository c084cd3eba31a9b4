"""Values of a type that nobody expects: each is refused in words or taken, and breaks nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram
from bot.local_telegram.bot_api.methods.table import METHODS
from bot.local_telegram.client_api.acts import ACTS
from bot.local_telegram.client_api.routes import drawn
from bot.local_telegram.client_api.shapes import CONTENT_SHAPES
from bot.local_telegram.examples.contents import PICTURE
from bot.local_telegram.examples.service_messages import EXAMPLES
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Parameters, Upload
from bot.local_telegram.world.chats import TOPIC_COLOR, Chat
from bot.local_telegram.world.rights import ADMIN_RIGHTS
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM = -1001000000001

ODD: list[Any] = [
    2**63,
    -1,
    1.5,
    True,
    "x",
    "[",
    "9" * 5000,
    "&#" + "9" * 5000 + ";",
    "http://[",
    "http://127.0.0.1:x/",
    [],
    ["x"],
    [{}],
    [2**63],
    [{"type": []}, {"type": {}}],
    [{"type": "emoji", "emoji": []}],
    [{"type": "bold"}],
    [{"type": "text_link", "offset": 0, "length": 1, "url": {}}],
    [{"text": {}, "text_entities": "x"}] * 2,
    [{"command": {}, "description": []}],
    [{"type": "photo", "media": {}}] * 2,
    {"a": 1},
    {"type": []},
    {"type": "chat", "chat_id": []},
    {"type": "photo", "media": []},
    {"type": "web_app", "text": {}, "web_app": "x"},
    {"message_id": []},
    {"message_id": 1, "chat_id": {}, "quote": []},
    {"latitude": "nan", "longitude": "inf"},
    {"can_send_polls": []},
    {"inline_keyboard": [[{"text": {}, "url": []}]]},
    {"inline_keyboard": [[{"text": "x", "url": {}}]]},
    {"inline_keyboard": [[{"text": "x", "callback_data": 0, "style": []}]]},
]
CALL: Json = {
    "text": "x", "parse_mode": "HTML", "name": "x", "latitude": 1, "longitude": 2, "title": "x",
    "address": "x", "phone_number": "1", "first_name": "x", "action": "typing", "question": "x",
    "url": "http://127.0.0.1/", "options": ["x", "y"], "permissions": {}, "user_id": ZHAO,
    "commands": [{"command": "a", "description": "b"}], "icon_color": TOPIC_COLOR,
}  # fmt: skip
PICTURES = {"media": {"type": "photo", "media": "attach://photo"}}
MORE: dict[str, Json] = {
    "sendMediaGroup": {"media": [PICTURES["media"]] * 2},
    "editMessageMedia": PICTURES,
    "sendPoll": {"type": "quiz", "correct_option_ids": [0]},
}
UPLOADS = {
    name: Upload("1.png", "image/png", PICTURE)
    for name in ("photo", "document", "voice", "video", "audio", "sticker", "animation")
} | {"video_note": Upload("1.mp4", "video/mp4", b"\0\0\0\x18ftypmp42")}
EDITED = {"stopPoll": "poll", "editMessageCaption": "document", "copyMessage": "poll"}


class Noted(Json):
    """Values that note the names of all that was asked for."""

    def __init__(self, values: Json) -> None:
        super().__init__(values)
        self.asked: dict[str, None] = {}

    def get(self, name: str, otherwise: Any = None) -> Any:
        self.asked[name] = None
        return super().get(name, otherwise)


def prepared(world: World, chat: Chat, kind: str) -> Json:
    """The bot may all in the chat, where a topic and a message of the bot's are to be worked on."""
    bot, person = world.bot, world.users[WANG]
    chat.members[bot.id], chat.rights[bot.id] = "administrator", ADMIN_RIGHTS
    chat.members[ZHAO] = "member"
    if chat.is_forum and not chat.topics:
        world.open_topic(chat, bot, "T-1", TOPIC_COLOR)
    world.updates.allow([])
    world.post(world.chats[WANG], person, {"text": "x"})
    poll = {"type": "regular", "options": [{"text": "x", "voter_count": 0}], "is_closed": False}
    of: Json = {"text": "x", "document": {"file_id": "x"}, "poll": poll}
    message = world.post(chat, bot, {kind: of[kind]})
    where: Json = {"chat_id": chat.id, "from_chat_id": chat.id}
    where |= {"message_thread_id": next(iter(chat.topics), None)}
    return where | {"message_id": message.id, "message_ids": [message.id]}


@pytest.mark.parametrize("chat", [WANG, FORUM])
@pytest.mark.parametrize("method", METHODS)
async def test_no_value_of_a_wrong_type_breaks_a_method(
    started: LocalTelegram, method: str, chat: int
) -> None:
    async def answered(**changed: Any) -> Iterable[str]:
        place = prepared(started.world, started.world.chats[chat], EDITED.get(method, "text"))
        values = Noted(CALL | place | MORE.get(method, {}) | changed)
        answer = await started.api.answer(method, Parameters(values, UPLOADS))
        assert answer.status in {200, 400, 403, 404, 409}, (changed, answer)
        json.dumps(answer.body, allow_nan=False, ensure_ascii=False).encode()
        return values.asked

    for name in [*await answered()]:
        for value in ODD:
            await answered(**{name: value})


ACT: Json = {"kind": "photo", "text": "x", "messages": [2], "action": "close", "data": "x"}
NESTED: dict[str, list[Json]] = {
    "content": [{kind: value} for kind in (*CONTENT_SHAPES, *EXAMPLES) for value in ODD],
    "about": [{name: value} for name in ("type", "options", "emoji") for value in ODD],
    "sender_chat": [{"id": 5, "title": value} for value in ODD],
    "forward_origin": [
        {"type": kind, "date": 1, name: value}
        for kind, name in (("user", "sender_user"), ("chat", "sender_chat"), ("channel", "chat"))
        for value in ODD
    ],
}
SENT = ("kind", "content", "sticker", "location", "contact", "text")
"""What is sent is the first of these, so each is tried without those before it."""


def made(
    world: World, user: User, chat: Chat, act: str, values: Json, files: Mapping[str, Upload] = {}
) -> None:
    """Do it, and draw what came of it as an app does."""
    result: Any = []
    with suppress(ApiError):
        result = ACTS[act](world, user, chat, Parameters(values, dict(files)))
    if isinstance(result, asyncio.Future):
        result.cancel()
        result = []
    for message in result:
        json.dumps(drawn(message, user.id), allow_nan=False, ensure_ascii=False).encode()


@pytest.mark.parametrize("act", ACTS)
async def test_no_value_of_a_wrong_type_breaks_an_act(started: LocalTelegram, act: str) -> None:
    world = started.world
    user, chat = world.users[LI], world.chats[FORUM]

    def tried(values: Json) -> Iterable[str]:
        chat.members[LI] = "creator"
        if act == "delete" or not chat.messages:
            world.post(chat, user, {"text": "x"})
        noted = Noted({"message": next(reversed(chat.messages))} | values)
        made(world, user, chat, act, noted, {"file": UPLOADS["photo"]})
        made(world, user, chat, act, noted)
        return noted.asked

    for first in range(len(SENT)):
        usual = {name: value for name, value in ACT.items() if name not in SENT[:first]}
        for name in {*tried(usual), *SENT[first:]}:
            for value in [*ODD, *NESTED.get(name, [])]:
                tried(usual | {name: value})


@pytest.mark.parametrize("kind", EXAMPLES)
async def test_whatever_people_sent_can_be_copied_forwarded_answered_and_edited(
    started: LocalTelegram, kind: str
) -> None:
    world = started.world
    user, chat = world.users[LI], world.chats[FORUM]
    sent: list[Json] = [{"content": {kind: value}} for value in ODD]
    sent += [{"kind": kind, "about": {name: v}} for name in ("type", "emoji") for v in ODD]
    sent += [{"kind": kind, "content": None, "media_group_id": value} for value in ODD]
    for values in sent:
        made(world, user, chat, "send", values)
        last = next(reversed(chat.messages), 0)
        there = {"chat_id": WANG, "from_chat_id": FORUM, "message_id": last, "message_ids": [last]}
        answer = {"message_id": last, "chat_id": FORUM, "quote": "x"}
        for method, more in (
            ("copyMessage", {"caption": "x"}),
            ("copyMessages", {}),
            ("forwardMessage", {}),
            ("forwardMessages", {}),
            ("sendMessage", {"text": "x", "reply_parameters": answer}),
        ):
            told = await started.api.answer(method, Parameters(there | more))
            assert told.status in {200, 400}, (values, method, told)
        made(world, user, chat, "send", {"text": "x", "reply_to": last, "quote": "x"})
        made(world, user, chat, "edit", {"message": last, "text": "x"})
        made(world, user, chat, "edit", {"message": last, "location": {"a": []}})
