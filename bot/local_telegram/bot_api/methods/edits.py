"""Bot API methods that change what a bot wrote."""

from __future__ import annotations

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


def _change(world: World, message: Message, content: Json, markup: Json | None) -> Json:
    """Give the message other content; how it was sent stays."""
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    world.edit(message, content, markup)
    return message.json()


def edit_message_text(world: World, parameters: Parameters) -> Json:
    """editMessageText: a call without a keyboard takes the old one away."""
    content, markup = text_content(parameters), inline_keyboard(parameters)
    message = _own(world, parameters)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, content, markup)


def edit_message_caption(world: World, parameters: Parameters) -> Json:
    """editMessageCaption"""
    caption, markup = caption_content(parameters), inline_keyboard(parameters)
    message = _own(world, parameters)
    if not CAPTIONED.intersection(message.content):
        raise bad_request("there is no caption in the message to edit")
    old = {k: v for k, v in message.content.items() if not k.startswith("caption")}
    return _change(world, message, old | caption, markup)


def edit_message_media(world: World, parameters: Parameters) -> Json:
    """editMessageMedia: a text may become media; without `caption` the old caption goes."""
    media = Parameters(parameters.mapping("media") or {}, parameters.uploads)
    markup = inline_keyboard(parameters)
    kind, given = media.text("type"), media.values.get("media")
    if kind not in MEDIA_KINDS:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    message = _own(world, parameters)
    was = kind_of(message.content)
    if was not in MEDIA_KINDS | {"text"}:
        raise bad_request("message media can't be edited")
    if "media_group_id" in message.headers:
        _check_album(str(was), kind)
    return _change(world, message, media_content(world, kind, media, given), markup)


def _check_album(was: str, kind: str) -> None:
    if kind not in ALBUM_KINDS:
        raise bad_request("message content type can't be used in an album")
    if was != kind and not {was, kind} <= {"photo", "video"}:
        raise bad_request("can't change media type in the album")


def edit_message_reply_markup(world: World, parameters: Parameters) -> Json:
    """editMessageReplyMarkup"""
    markup = inline_keyboard(parameters)
    message = _own(world, parameters)
    return _change(world, message, message.content, markup)
