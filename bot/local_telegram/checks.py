"""What a call is checked for before it does anything, in Telegram's order and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.local_telegram.entities import found, in_order, utf16
from bot.local_telegram.errors import ApiError, bad_request, forbidden, migrated
from bot.local_telegram.markup import parse_html
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.world import PRESENT, Chat, Message, Topic, World

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTON_DATA_BYTES = 64
BUTTON_LIMIT = 100
KEPT_ENTITIES = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "blockquote",
        "expandable_blockquote",
    ]
)
ENTITY_FIELDS: dict[str, type] = {
    "type": str,
    "offset": int,
    "length": int,
    "url": str,
    "user": dict,
    "language": str,
    "custom_emoji_id": str,
}
BUTTON_ACTIONS = frozenset(
    [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ]
)
BUTTON_KEYS = BUTTON_ACTIONS | {"text", "style", "icon_custom_emoji_id"}


def chat_of(world: World, parameters: Parameters, name: str = "chat_id") -> Chat:
    """The chat that `chat_id` names.

    Raises 400 when there is none or it has become a supergroup, 403 when the bot is not in.
    """
    value = parameters.text(name)
    if not value:
        raise bad_request(f"{name} is empty")
    try:
        chat = world.chats.get(int(value))
    except ValueError:
        chat = None
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to is not None:
        raise migrated(chat.moved_to)
    if chat.members.get(world.bot.id) not in PRESENT:
        kicked = chat.members.get(world.bot.id) == "kicked"
        reason = "bot was kicked from the" if kicked else "bot is not a member of the"
        raise forbidden(f"{reason} {chat.type} chat")
    return chat


def writable_chat(world: World, parameters: Parameters) -> Chat:
    """The chat to write to. Raises 403 when its person never started, or blocked, the bot."""
    chat = chat_of(world, parameters)
    if chat.type == "private":
        person = world.users[chat.id]
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
    return chat


def topic_of(chat: Chat, parameters: Parameters, reply_to: Message | None = None) -> Topic | None:
    """The topic to write to: the one named, else that of the message answered.

    Raises 400 when it does not exist, or is closed and the bot may not manage topics.
    """
    thread = parameters.integer("message_thread_id")
    topic = reply_to.topic if thread is None and reply_to is not None else None
    if thread:
        topic = chat.topics.get(thread)
        if topic is None:
            raise bad_request("message thread not found")
    if topic is not None and topic.closed and not chat.can_manage_topics:
        raise bad_request("TOPIC_CLOSED")
    return topic


def reply_of(chat: Chat, parameters: Parameters) -> Message | None:
    """The message to answer. Raises 400 when it is gone and nothing allows to send without."""
    asked = parameters.mapping("reply_parameters")
    if asked is None:
        asked = {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
    options = Parameters(asked)
    wanted = options.integer("message_id")
    if not wanted or (options.integer("chat_id") or chat.id) != chat.id:
        return None
    message = chat.find(wanted)
    if message is None and not options.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def formatted(
    parameters: Parameters, name: str, mode: str = "parse_mode", entities: str = "entities"
) -> tuple[str, list[Json]]:
    """Text and entities as they will be shown: parsed, stripped, with links and commands found.

    Raises 400 when the mark-up or the entities cannot be read.
    """
    text = parameters.text(name).replace("\r", "")
    marked = parameters.sequence(entities)
    how = parameters.text(mode).lower()
    if how == "html":
        text, kept = parse_html(text)
    elif how in {"markdown", "markdownv2"}:
        raise bad_request("can't parse entities: this Telegram reads parse_mode HTML alone")
    elif how:
        raise bad_request("unsupported parse_mode")
    else:
        kept = checked(marked or (), text)
    return stripped(text, kept)


def stripped(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, as Telegram sends it; entities move along."""
    shown = text.strip()
    cut = utf16(text[: len(text) - len(text.lstrip())])
    size = utf16(shown)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(size, entity["offset"] - cut + entity["length"])
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    # a text over the limit will be refused; looking through all of it would only take time
    return shown, found(shown, in_order(kept)) if size <= TEXT_LIMIT else kept


def checked(entities: Iterable[object], text: str) -> list[Json]:
    """Those of `entities` that a message keeps. Raises 400 for one that does not fit `text`."""
    return [_entity(entity, text) for entity in map(_object, entities) if _is_kept(entity)]


def _object(entity: object) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse entities: expected an Object")
    return entity


def _is_kept(entity: Json) -> bool:
    kind = entity.get("type")
    return isinstance(kind, str) and kind in KEPT_ENTITIES


def _entity(entity: Json, text: str) -> Json:
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 0:
        raise bad_request('can\'t parse entities: field "offset" or "length" is invalid')
    if offset + length > (size := utf16(text)):
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 "
            f"offset {size}"
        )
    kept = {key: entity[key] for key in ENTITY_FIELDS if entity.get(key) is not None}
    for key, value in kept.items():
        if not isinstance(value, ENTITY_FIELDS[key]):
            raise bad_request(f'can\'t parse entities: field "{key}" is invalid')
    return kept


def text_content(parameters: Parameters) -> Json:
    """The content of a text message. Raises 400 when it is empty or over 4,096 UTF-16 units."""
    text, entities = formatted(parameters, "text")
    if not text:
        raise bad_request("message text is empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if options := parameters.mapping("link_preview_options"):
        content["link_preview_options"] = options
    return content


def caption_content(parameters: Parameters) -> Json:
    """What a caption adds to a content. Raises 400 when it is over 1,024 UTF-16 units."""
    caption, entities = formatted(parameters, "caption", entities="caption_entities")
    if utf16(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: Json = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    return content


def inline_keyboard(parameters: Parameters) -> Json | None:
    """The inline keyboard of a message, None when it has none (other keyboards show no buttons).

    Raises 400 for a button without text or action, or with data that is not 1 to 64 bytes.
    """
    markup = parameters.mapping("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: array of arrays expected")
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: object expected")
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    actions = BUTTON_ACTIONS.intersection(button)
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 0 < len(data.encode()) <= BUTTON_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: wrong HTTP URL")
    return {key: value for key, value in button.items() if key in BUTTON_KEYS}


def message_of(chat: Chat, parameters: Parameters, doing: str, name: str = "message_id") -> Message:
    """The message that `message_id` names. Raises 400 "message to DOING not found"."""
    message = chat.find(parameters.integer(name))
    if message is None:
        raise missing(doing)
    return message


def missing(doing: str) -> ApiError:
    """The refusal for a message that is not there to edit, copy or delete."""
    return bad_request(f"message to {doing} not found")
