"""What people send: contents of every kind, albums, answers and forwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.checks import CAPTION_LIMIT, KEPT_ENTITIES, TEXT_LIMIT, stripped
from bot.local_telegram.contents import CAPTIONED, Scene
from bot.local_telegram.entities import utf16
from bot.local_telegram.errors import bad_request
from bot.local_telegram.forwarding import forwarded, origin_of
from bot.local_telegram.manners import content_marks, manner
from bot.local_telegram.methods_messages import ALBUM_KINDS, album_id
from bot.local_telegram.parameters import Parameters, Upload
from bot.local_telegram.replying import answering, is_elsewhere
from bot.local_telegram.service_messages import KINDS, SERVICE
from bot.local_telegram.world import ADMINS, PRESENT, Chat, Message, Topic, User, World

Json = dict[str, Any]

ALBUM_LIMIT = 10
GENERAL = 0
# What people's apps mark; the rest is found by Telegram.
MARKED_ENTITIES = KEPT_ENTITIES | {"date_time"}


def send(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Send one content, or several files as an album.

    What is sent is the first of these that is given: `content` (a content of the Bot API as it
    stands), `uploads` of a `kind`, `kind` alone (an example, changed by `about`), `sticker`,
    `location`, `contact`, `text`. `reply_to` is a message of `reply_chat`, which is this chat if
    none is named; `quote` a part of it. `date` is in Unix seconds.
    """
    target = _answered(world, user, chat, parameters)
    topic = place(user, chat, parameters, target)
    around = manner(user, chat, parameters)
    if target is not None:
        around |= answering(target, chat, topic, parameters.text("quote"))
    contents = contents_of(world, user, chat, parameters)
    if chat.type == "private":
        user.started = True
    inside = target if target and not is_elsewhere(target, chat, topic) else None
    return [
        world.post(
            chat,
            user,
            content,
            topic=topic,
            reply_to=inside,
            date=parameters.integer("date"),
            around=around,
        )
        for content in contents
    ]


def forward(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Forward a message that the person can see: `message` of `from_chat`."""
    source = _visible(world, user, parameters.integer("from_chat") or chat.id)
    original = source.find(parameters.integer("message"))
    if original is None:
        raise bad_request("there is no such message")
    around = original.around or {}
    if SERVICE.keys() & original.content.keys() or "has_protected_content" in around:
        raise bad_request("the message can't be forwarded")
    topic = place(user, chat, parameters, None)
    origin = around.get("forward_origin") or origin_of(original)
    content = {k: v for k, v in original.content.items() if k != "media_group_id"}
    if chat.type == "private":
        user.started = True
    marks = manner(user, chat, parameters) | forwarded(origin)
    date = parameters.integer("date")
    return [world.post(chat, user, content, topic=topic, date=date, around=marks)]


def _visible(world: World, user: User, chat_id: int) -> Chat:
    """A chat of the person. Raises a 400 when there is none, or it is another's."""
    chat = world.chats.get(chat_id)
    foreign = chat is not None and chat.type == "private" and chat.id != user.id
    if chat is None or foreign or chat.members.get(user.id) not in PRESENT:
        raise bad_request("the person is in no such chat")
    return chat


def _answered(world: World, user: User, chat: Chat, parameters: Parameters) -> Message | None:
    wanted = parameters.integer("reply_to")
    if not wanted:
        return None
    elsewhere = parameters.integer("reply_chat")
    source = _visible(world, user, elsewhere) if elsewhere else chat
    target = source.find(wanted)
    if target is None:
        raise bad_request("there is no such message to answer")
    return target


def place(user: User, chat: Chat, parameters: Parameters, target: Message | None) -> Topic | None:
    """The topic to write to: `thread`, else that of the message answered; 0 is General."""
    if user.blocked and chat.type == "private":
        raise bad_request("unblock the bot first")
    thread = parameters.integer("thread")
    if thread == GENERAL:
        return None
    topic = target.topic if thread is None and target and target.chat is chat else None
    if thread is not None:
        topic = chat.topics.get(thread)
        if topic is None:
            raise bad_request("there is no such topic")
    if topic is not None and topic.closed and chat.members[user.id] not in ADMINS:
        raise bad_request("the topic is closed")
    return topic


def contents_of(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Json]:
    """What is to be sent, one content a message; told in `send`."""
    marks = content_marks(parameters)
    if raw := parameters.mapping("content"):
        return [raw | marks]
    if parameters.uploads:
        return [content | marks for content in _files(world, user, chat, parameters)]
    if parameters.text("kind"):
        return [_example(world, user, chat, parameters) | marks]
    return [_content(world, parameters) | marks]


def _example(world: World, user: User, chat: Chat, parameters: Parameters) -> Json:
    """An example of a kind; `about` changes what stands under the kind's own name."""
    kind = parameters.text("kind")
    if kind not in KINDS:
        raise bad_request(f"kind is one of {', '.join(KINDS)}")
    content = KINDS[kind](Scene(world, user, chat))
    if about := parameters.mapping("about"):
        name = next(iter(content))
        content[name] |= about
    if kind == "text":
        return _content(world, Parameters(content | parameters.values))
    return content | (caption(parameters) if kind in CAPTIONED else {})


def _content(world: World, parameters: Parameters) -> Json:
    for kind, read in _CONTENTS.items():
        if parameters.values.get(kind):
            return {kind: read(world, parameters)}
    text, entities = written(parameters, "text", TEXT_LIMIT)
    if not text:
        raise bad_request("there is nothing to send")
    return {"text": text, "entities": entities} if entities else {"text": text}


def written(parameters: Parameters, name: str, limit: int) -> tuple[str, list[Json]]:
    """What a person wrote, with the entities marked and those that Telegram finds in it."""
    marked = [
        entity
        for entity in parameters.sequence("entities") or []
        if isinstance(entity, dict) and entity.get("type") in MARKED_ENTITIES
    ]
    if not all(isinstance(e.get(n), int) for e in marked for n in ("offset", "length")):
        raise bad_request("an entity needs offset and length")
    text, entities = stripped(parameters.text(name), marked)
    if utf16(text) > limit:
        raise bad_request(f"the text is over {limit} characters")
    return text, entities


def caption(parameters: Parameters) -> Json:
    """What a caption adds to a content."""
    text, entities = written(parameters, "caption", CAPTION_LIMIT)
    content: Json = {"caption": text} if text else {}
    return content | {"caption_entities": entities} if entities else content


def _sticker(world: World, parameters: Parameters) -> Json:
    emoji = parameters.text("sticker")
    upload = Upload("sticker.webp", "image/webp", emoji.encode())
    sticker: Json = world.files.add("sticker", upload, {"emoji": emoji})
    return sticker


def _location(world: World, parameters: Parameters) -> Json:
    return location(Parameters(parameters.mapping("location") or {}))


def location(point: Parameters) -> Json:
    """Latitude and longitude in degrees. Raises a 400 when they are not numbers."""
    try:
        return {name: float(point.text(name)) for name in ("latitude", "longitude")}
    except ValueError:
        raise bad_request("a location needs latitude and longitude") from None


def _contact(world: World, parameters: Parameters) -> Json:
    contact = Parameters(parameters.mapping("contact") or {})
    known = ("phone_number", "first_name", "last_name")
    given = {name: contact.text(name) for name in known if contact.text(name)}
    if not {"phone_number", "first_name"} <= given.keys():
        raise bad_request("a contact needs phone_number and first_name")
    return given


_CONTENTS: dict[str, Callable[[World, Parameters], Json]] = {
    "sticker": _sticker,
    "location": _location,
    "contact": _contact,
}


def _files(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Json]:
    """Files of one kind; two or more, or those sent `into` an album, are an album."""
    kind = parameters.text("kind") or "document"
    if kind not in FILE_KINDS:
        raise bad_request(f"kind is one of {', '.join(sorted(FILE_KINDS))}")
    uploads = list(parameters.uploads.values())
    album = parameters.text("media_group_id")
    if len(uploads) > ALBUM_LIMIT or ((len(uploads) > 1 or album) and kind not in ALBUM_KINDS):
        raise bad_request("an album holds 2 to 10 photos, documents, videos or audio files")
    contents = [KINDS[kind](Scene(world, user, chat, upload)) for upload in uploads]
    if album or len(contents) > 1:
        group = album or album_id()
        contents = [content | {"media_group_id": group} for content in contents]
    contents[0] |= caption(parameters) if kind in CAPTIONED else {}
    return contents


FILE_KINDS = (CAPTIONED - {"paid_media"}) | {"video_note", "sticker"}
