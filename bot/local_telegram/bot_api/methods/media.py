"""Bot API methods that send files, and getFile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.bot_api.destinations import destination_of
from bot.local_telegram.bot_api.ephemeral import send_anyhow
from bot.local_telegram.bot_api.sending import protection
from bot.local_telegram.bot_api.targets import writable_chat
from bot.local_telegram.text.formatting import caption_content
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.files import DOWNLOAD_LIMIT
from bot.local_telegram.world.kinds import ALBUM_KINDS, CAPTIONED, album_id
from bot.local_telegram.world.rights import check_may_send
from bot.local_telegram.world.world import World

Json = dict[str, Any]

ALBUM_SIZE = range(2, 11)


def media_content(world: World, kind: str, parameters: Parameters, given: object) -> Json:
    """The content of one file: uploaded with the call, named by its id, or by a URL."""
    caption = caption_content(parameters) if kind in CAPTIONED else {}
    upload = parameters.upload(kind, given)
    if upload is None and isinstance(given, str) and "://" in given:
        upload = world.files.fetched(kind, given)
    if upload is not None:
        described = world.files.add(kind, upload, parameters.values)
    elif not isinstance(given, str) or not given:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    else:
        described = world.files.known(kind, given)
    return _whole(kind, described) | caption


def _whole(kind: str, described: Any) -> Json:
    """The content with that file; an animation comes as a document too, for older clients."""
    if kind != "animation":
        return {kind: described}
    shape = {"width", "height", "duration"}
    return {kind: described, "document": {k: v for k, v in described.items() if k not in shape}}


def media_sender(kind: str) -> Callable[[World, Parameters], Json]:
    """The method that sends one file of `kind`: sendPhoto, sendDocument and the like."""

    def method(world: World, parameters: Parameters) -> Json:
        writable_chat(world, parameters)
        content = media_content(world, kind, parameters, parameters.values.get(kind))
        return send_anyhow(world, parameters, content)

    return method


def send_media_group(world: World, parameters: Parameters) -> list[Json]:
    """sendMediaGroup"""
    media = parameters.sequence("media") or []
    if len(media) not in ALBUM_SIZE:
        raise bad_request("there must be from 2 to 10 items in an album")
    to = destination_of(world, parameters)
    kinds = [str(item.get("type")) if isinstance(item, dict) else "" for item in media]
    mixed = {"photo", "video"}
    if not ALBUM_KINDS.issuperset(kinds) or (len(set(kinds)) > 1 and not mixed.issuperset(kinds)):
        raise bad_request("can't use the media of the specified type in the album")
    headers = {"media_group_id": album_id()} | to.headers | protection(parameters)
    contents = [
        media_content(world, kind, Parameters(item, parameters.uploads), item.get("media"))
        for kind, item in zip(kinds, media, strict=True)
    ]
    for content in contents:
        check_may_send(to.chat, world.bot, world.users.get(to.chat.id), content)
    return [
        world.post(
            to.chat,
            world.bot,
            content,
            topic=to.topic,
            reply_to=to.reply_to,
            headers=headers,
        ).json()
        for content in contents
    ]


def get_file(world: World, parameters: Parameters) -> Json:
    """getFile"""
    file = world.files.by_id.get(parameters.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.base | {"file_path": file.path}
