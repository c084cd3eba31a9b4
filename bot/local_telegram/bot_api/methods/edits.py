"""Bot API methods that change what a bot wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.bot_api.keyboards import inline_keyboard
from bot.local_telegram.bot_api.methods.media import media_content
from bot.local_telegram.bot_api.targets import chat_of, message_of
from bot.local_telegram.text.formatting import caption_content, text_content
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.kinds import ALBUM_KINDS, CAPTIONED, kind_of
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.world import World

Json = dict[str, Any]
NewContent = Callable[[World, Message, Parameters], Json]
"""What a message says after an edit. Raises 400 where it cannot say that."""

MEDIA_KINDS = ALBUM_KINDS | {"animation"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _own(world: World, parameters: Parameters) -> Message:
    """The message to edit: the bot's own, not forwarded, and in a chat that the bot may edit in."""
    chat = chat_of(world, parameters)
    message = message_of(chat, parameters, "edit")
    is_own = message.sender is world.bot and "forward_origin" not in message.headers
    if not is_own or kind_of(message.content) is None:
        raise bad_request("message can't be edited")
    return message


def check_modified(message: Message, content: Json, markup: Json | None) -> None:
    """Raise 400 where the message says this already."""
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)


def editor(new_content: NewContent) -> Callable[[World, Parameters], Json]:
    """The method that gives a message other content: editMessageText and the like.

    How it was sent stays; a call without a keyboard takes the old one away.
    """

    def method(world: World, parameters: Parameters) -> Json:
        markup = inline_keyboard(parameters)
        message = _own(world, parameters)
        content = new_content(world, message, parameters)
        check_modified(message, content, markup)
        world.edit(message, content, markup)
        return message.json()

    return method


def new_text(world: World, message: Message, parameters: Parameters) -> Json:
    """For editMessageText."""
    content = text_content(parameters)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return content


def new_caption(world: World, message: Message, parameters: Parameters) -> Json:
    """For editMessageCaption."""
    caption = caption_content(parameters)
    if not CAPTIONED.intersection(message.content):
        raise bad_request("there is no caption in the message to edit")
    old = {k: v for k, v in message.content.items() if not k.startswith("caption")}
    return old | caption


def new_media(world: World, message: Message, parameters: Parameters) -> Json:
    """For editMessageMedia: a text may become media; without `caption` the old caption goes."""
    media = Parameters(parameters.mapping("media") or {}, parameters.uploads)
    kind, given = media.text("type"), media.values.get("media")
    if kind not in MEDIA_KINDS:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    was = kind_of(message.content)
    if was not in MEDIA_KINDS | {"text"}:
        raise bad_request("message media can't be edited")
    if "media_group_id" in message.headers:
        _check_album(str(was), kind)
    return media_content(world, kind, media, given)


def _check_album(was: str, kind: str) -> None:
    if kind not in ALBUM_KINDS:
        raise bad_request("message content type can't be used in an album")
    if was != kind and not {was, kind} <= {"photo", "video"}:
        raise bad_request("can't change media type in the album")


def same_content(world: World, message: Message, parameters: Parameters) -> Json:
    """For editMessageReplyMarkup."""
    return message.content
