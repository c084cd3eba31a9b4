"""From what a person's app sends to the content of a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.client_api.headers import content_marks
from bot.local_telegram.client_api.shapes import checked_content
from bot.local_telegram.examples.contents import Scene
from bot.local_telegram.examples.service_messages import EXAMPLES
from bot.local_telegram.text.entities import utf16
from bot.local_telegram.text.formatting import CAPTION_LIMIT, TEXT_LIMIT, checked, stripped
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters, Upload
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.kinds import ALBUM_KINDS, CAPTIONED
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

ALBUM_LIMIT = 10
FILE_KINDS = (CAPTIONED - {"paid_media"}) | {"video_note", "sticker"}


def contents_of(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Json]:
    """The contents to send, one for each message.

    They come from the first of these that is given: `content` (a content of the Bot API as it
    stands), `uploads` of a `kind`, `kind` alone (an example, changed by `about`), `sticker`,
    `location`, `contact`, `text`.
    """
    marks = content_marks(parameters)
    if raw := parameters.mapping("content"):
        return [checked_content(raw) | marks]
    if parameters.uploads:
        return [content | marks for content in _files(world, user, chat, parameters)]
    if parameters.text("kind"):
        return [_example(world, user, chat, parameters) | marks]
    return [_content(world, parameters) | marks]


def _example(world: World, user: User, chat: Chat, parameters: Parameters) -> Json:
    """An example of a kind; `about` changes fields of the object under the kind's name."""
    kind = parameters.text("kind")
    if kind not in EXAMPLES:
        raise bad_request(f"kind is one of {', '.join(EXAMPLES)}")
    content = EXAMPLES[kind](Scene(world, user, chat))
    if about := parameters.mapping("about"):
        name = next(iter(content))
        if not isinstance(content[name], dict):
            raise bad_request(f"of a {name} nothing can be changed by its fields")
        content = checked_content(content | {name: content[name] | about})
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
    said = parameters.text(name)
    text, entities = stripped(said, checked(parameters.sequence("entities") or (), said))
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
    where = {name: point.number(name) for name in ("latitude", "longitude")}
    if None in where.values():
        raise bad_request("a location needs latitude and longitude")
    return where


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
    """One content for each upload, all of one kind; the first has the caption."""
    kind = parameters.text("kind") or "document"
    if kind not in FILE_KINDS:
        raise bad_request(f"kind is one of {', '.join(sorted(FILE_KINDS))}")
    uploads = list(parameters.uploads.values())
    album = parameters.text("media_group_id")
    if len(uploads) > ALBUM_LIMIT or ((len(uploads) > 1 or album) and kind not in ALBUM_KINDS):
        raise bad_request("an album holds 2 to 10 photos, documents, videos or audio files")
    contents = [EXAMPLES[kind](Scene(world, user, chat, upload)) for upload in uploads]
    contents[0] |= caption(parameters) if kind in CAPTIONED else {}
    return contents
