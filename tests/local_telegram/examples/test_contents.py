"""Every kind of content that people send, in every way and place, as the Bot API tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from aiogram.enums import ContentType
from aiogram.types import Message, Update

from bot.local_telegram import Group, User
from bot.local_telegram.client_api.composing import FILE_KINDS
from bot.local_telegram.client_api.editing import edit
from bot.local_telegram.client_api.sending import forward, send
from bot.local_telegram.examples.contents import CONTENTS, PICTURE
from bot.local_telegram.examples.service_messages import EXAMPLES, SERVICE
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Parameters, Upload
from bot.local_telegram.world.kinds import CAPTIONED
from bot.local_telegram.world.world import World
from tests.local_telegram.models import check

Json = dict[str, Any]

BOT, WANG, LI = 7, 1001, 2001
FORUM, FLAT = -1001000000001, -1001000000002
# Under which name the Bot API tells kinds that are one to it; the rest have their own.
TOLD_AS = {"quiz": "poll", "live_location": "location"}


class Stage:
    """王芳 in private, and 小李 in two groups, one with a topic."""

    def __init__(self) -> None:
        people = [User(WANG, "王芳", last_name="Wang"), User(LI, "小李")]
        groups = [Group(FORUM, "一线", (LI,)), Group(FLAT, "二线", (LI,), is_forum=False)]
        self.world = World(User(BOT, "小票", is_bot=True), people, groups, keep=1000)
        forum, bot = self.world.chats[FORUM], self.world.users[BOT]
        self.topic = self.world.open_topic(forum, bot, "T-1", 0x6FB9F0)
        self.other = self.world.open_topic(forum, bot, "T-2", 0x6FB9F0)
        self.places: Mapping[str, tuple[int, int, int | None]] = {
            "private": (WANG, WANG, None),
            "topic": (LI, FORUM, self.topic.id),
            "flat": (LI, FLAT, None),
        }

    def act(self, act: Any, where: str, uploads: Mapping[str, Upload] = {}, **what: Any) -> Json:
        """Do it, and return the one update that the bot gets of it."""
        person, chat, thread = self.places[where]
        self.world.updates.clear()
        parameters = Parameters({"thread": thread} | what, dict(uploads))
        act(self.world, self.world.users[person], self.world.chats[chat], parameters)
        (update,) = self.world.updates.pending.values()
        told: Json = json.loads(json.dumps(update.json))
        return told


def judged(update: Json) -> Message:
    """The message of an update that fits the models of aiogram."""
    read = check(Update, update, "update")
    message = read.message or read.edited_message
    assert isinstance(message, Message)
    return message


def _plain(stage: Stage, where: str, kind: str) -> Json:
    return stage.act(send, where, kind=kind)


def _reply(stage: Stage, where: str, kind: str) -> Json:
    before = stage.act(send, where, text="先说一句")["message"]
    update = stage.act(send, where, kind=kind, reply_to=before["message_id"])
    assert update["message"]["reply_to_message"]["text"] == "先说一句"
    return update


def _quote(stage: Stage, where: str, kind: str) -> Json:
    bold = [{"type": "bold", "offset": 5, "length": 2}]
    before = stage.act(send, where, text="😀先说一句话", entities=bold)["message"]
    update = stage.act(send, where, kind=kind, reply_to=before["message_id"], quote="一句")
    quote = {"text": "一句", "position": 4, "is_manual": True}
    assert update["message"]["quote"].items() >= quote.items()
    assert update["message"]["quote"]["entities"] == [{"type": "bold", "offset": 1, "length": 1}]
    return update


def _external(stage: Stage, where: str, kind: str) -> Json:
    """It answers a message of its kind that stands in another chat, or in another topic."""
    person, _, thread = stage.places[where]
    if where == "private":
        stage.world.chats[FLAT].members[WANG] = "member"
    elsewhere, source = (stage.other.id, FORUM) if where == "topic" else (None, FORUM)
    stage.world.chats[FORUM].members[person] = "administrator"
    world, user = stage.world, stage.world.users[person]
    parameters = Parameters({"kind": kind, "thread": elsewhere})
    (target,) = send(world, user, world.chats[source], parameters)
    update = stage.act(send, where, text="看这个", reply_to=target.id, reply_chat=source)
    reply = update["message"]["external_reply"]
    assert reply["message_id"] == target.id
    assert reply["origin"]["sender_user"]["id"] == person
    parent = update["message"].get("reply_to_message", {})
    assert parent.get("message_id") == thread
    return update


def _forward(stage: Stage, where: str, kind: str) -> Json:
    update = stage.act(send, where, kind=kind, forward_origin="channel")
    assert update["message"]["forward_from_message_id"] == 12
    return update


def _edited(stage: Stage, where: str, kind: str) -> Json:
    before = stage.act(send, where, text="先说一句")["message"]
    update = stage.act(edit, where, kind=kind, message=before["message_id"], date=2_000_000_000)
    assert update["edited_message"]["edit_date"] == 2_000_000_000 or kind == "text"
    return update


WAYS = {
    "plain": _plain,
    "reply": _reply,
    "quote": _quote,
    "forward": _forward,
    "edited": _edited,
}
PLACES = ("private", "topic", "flat")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("where", PLACES)
def test_every_kind_fits_the_models_however_and_wherever_it_is_sent(where: str, way: str) -> None:
    for kind in CONTENTS:
        message = judged(WAYS[way](Stage(), where, kind))
        assert message.content_type == TOLD_AS.get(kind, kind), kind
        assert message.is_topic_message == (True if where == "topic" else None)


@pytest.mark.parametrize("where", PLACES)
def test_a_message_of_every_kind_can_be_answered_from_elsewhere(where: str) -> None:
    for kind in CONTENTS:
        message = judged(_external(Stage(), where, kind))
        assert message.external_reply is not None
        told = TOLD_AS.get(kind, kind)
        if told in type(message.external_reply).model_fields:
            assert getattr(message.external_reply, told) is not None, kind


@pytest.mark.parametrize("where", PLACES)
def test_every_service_message_fits_the_models(where: str) -> None:
    for kind in SERVICE:
        stage = Stage()
        stage.act(send, where, text="先说一句")
        assert judged(stage.act(send, where, kind=kind)).content_type == kind


def test_there_is_an_example_of_every_kind_that_the_models_know() -> None:
    known = {kind.value for kind in ContentType} - {"any", "unknown", "user_shared"}
    assert {TOLD_AS.get(kind, kind) for kind in EXAMPLES} == known


def test_what_comes_next_year_comes_as_it_is() -> None:
    strange = {"hologram": {"depth": 3}}
    stage = Stage()
    message = stage.act(send, "private", content=strange)["message"]
    assert message["hologram"] == {"depth": 3}
    known = {name: value for name, value in message.items() if name not in strange}
    assert judged({"update_id": 1, "message": known}).content_type == ContentType.UNKNOWN


@pytest.mark.parametrize("kind", sorted(CAPTIONED))
def test_links_and_commands_are_found_in_captions(kind: str) -> None:
    said = "步骤见 https://etax.example.cn #发票 @some_one /help a@b.cn $CNY"
    bold = {"type": "bold", "offset": 0, "length": 2}
    message = judged(Stage().act(send, "topic", kind=kind, caption=said, entities=[bold]))
    assert message.caption == said
    assert [entity.type for entity in message.caption_entities or ()] == [
        "bold", "url", "hashtag", "mention", "bot_command", "email", "cashtag",
    ]  # fmt: skip


ENTITIES: list[Json] = [
    {"type": "bold"},
    {"type": "italic"},
    {"type": "underline"},
    {"type": "strikethrough"},
    {"type": "spoiler"},
    {"type": "blockquote"},
    {"type": "expandable_blockquote"},
    {"type": "code"},
    {"type": "pre", "language": "python"},
    {"type": "text_link", "url": "https://example.cn/"},
    {"type": "text_mention", "user": {"id": LI, "is_bot": False, "first_name": "小李"}},
    {"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"},
    {"type": "date_time", "unix_time": 1_790_000_000, "date_time_format": "wd"},
]


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity["type"])
def test_every_mark_that_a_person_can_set_arrives(entity: Json) -> None:
    marked = entity | {"offset": 3, "length": 2}
    message = Stage().act(send, "private", text="看😀这里", entities=[marked])["message"]
    judged({"update_id": 1, "message": message})
    assert message["entities"] == [marked]


@pytest.mark.parametrize("kind", sorted(FILE_KINDS))
def test_a_file_of_every_kind_can_be_fetched(kind: str) -> None:
    stage = Stage()
    file = Upload("a.png", "image/png", PICTURE)
    message = stage.act(send, "private", {"file": file}, kind=kind)["message"]
    shown = message[kind][-1] if kind == "photo" else message[kind]
    if kind == "live_photo":
        shown = shown["photo"][-1]
    assert stage.world.files.by_id[shown["file_id"]].data == PICTURE
    judged({"update_id": 1, "message": message})


def test_an_example_can_be_changed() -> None:
    update = Stage().act(send, "private", kind="poll", about={"question": "几点？"})
    assert update["message"]["poll"]["question"] == "几点？"
    assert CONTENTS["poll"] is EXAMPLES["poll"]
    again = Stage().act(send, "private", kind="poll")
    assert again["message"]["poll"]["question"] != "几点？"
    with pytest.raises(ApiError, match="of a photo nothing can be changed"):
        Stage().act(send, "private", kind="photo", about={"width": 3})


def test_a_kind_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ApiError, match="kind is one of text, photo"):
        Stage().act(send, "private", kind="hologram")


def test_what_is_protected_and_what_was_done_cannot_be_forwarded() -> None:
    stage = Stage()
    sent = stage.act(send, "private", text="秘密", has_protected_content=True)["message"]
    assert sent["has_protected_content"] is True
    done = stage.act(send, "private", kind="boost_added")["message"]
    for message in (sent, done):
        with pytest.raises(ApiError, match="can't be forwarded"):
            stage.act(forward, "private", messages=[message["message_id"]])
