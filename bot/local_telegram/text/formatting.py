"""Texts and captions as Telegram takes them: mark-up, entities, white space, length."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.local_telegram.text.entities import cannot_parse, found, in_order, utf16
from bot.local_telegram.text.html import parse_html
from bot.local_telegram.text.markdown import parse_markdown
from bot.local_telegram.text.markdown_v2 import parse_markdown_v2
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 1 << 15
"""How many bytes a text may have before its mark-up is read."""
ENTITY_LIMIT = 100
"""How many entities a bot may give; those beyond are dropped without a word."""
SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
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
        "date_time",
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
    "unix_time": int,
    "date_time_format": str,
}
PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}
_BLANK = re.compile(r"[\x00-\x09\x0b-\x20]")
_REMOVED = re.compile("[\u2028-\u202e\u0333\u033f\u030a]")
_NOTHING = re.compile(
    "[\\s\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0\U000e0000-\U000e007f]*"
)
"""What TDLib's `is_empty_string` takes for no text."""


def formatted(
    parameters: Parameters, name: str, mode: str = "parse_mode", entities: str = "entities"
) -> tuple[str, list[Json]]:
    """Text and entities as they will be shown: parsed, stripped, with links and commands found.

    Raises 400 when the mark-up or the entities cannot be read.
    """
    text = parameters.text(name)
    if len(text.encode()) > RAW_LIMIT:
        raise bad_request("text is too long")
    parse_mode = parameters.text(mode).lower()
    if text and parse_mode not in {"", "none"}:
        if parse_mode not in PARSERS:
            raise bad_request("unsupported parse_mode")
        text, kept = PARSERS[parse_mode](text)
    else:
        kept = checked(parameters.sequence(entities) or (), text)
    return stripped(*cleaned(text, _first(kept)))


def _first(entities: list[Json]) -> list[Json]:
    """The entities that Telegram keeps of too many, those that it cannot split first."""
    if len(entities) <= ENTITY_LIMIT:
        return entities
    counted = [entity for entity in entities if entity["type"] != "custom_emoji"]
    counted.sort(key=lambda entity: entity["type"] in SPLITTABLE)
    dropped = {id(entity) for entity in counted[ENTITY_LIMIT:]}
    return [entity for entity in entities if id(entity) not in dropped]


def cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Text and entities without removed characters; control characters become spaces."""
    text = _BLANK.sub(lambda blank: blank[0] if blank[0] == "\r" else " ", text)
    pieces: list[str] = []
    gone: list[int] = []
    size = 0
    for piece in re.split(f"({_REMOVED.pattern}|\r)", text):
        if piece == "\r" or _REMOVED.fullmatch(piece):
            gone.append(size + len(gone))
        else:
            pieces.append(piece)
            size += utf16(piece)
    if not gone:
        return text, entities

    def at(offset: int) -> int:
        return offset - sum(position < offset for position in gone)

    moved = []
    for entity in entities:
        start, end = at(entity["offset"]), at(entity["offset"] + entity["length"])
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return "".join(pieces), moved


def stripped(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Text and entities without white space at both ends, as Telegram sends it."""
    shown = text.strip()
    cut = utf16(text[: len(text) - len(text.lstrip())])
    size = utf16(shown)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(size, entity["offset"] - cut + entity["length"])
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    # a text over the limit gets an error anyway, and a long one takes time to look through
    return shown, found(shown, in_order(kept)) if size <= TEXT_LIMIT else kept


def checked(entities: Iterable[object], text: str) -> list[Json]:
    """The `entities` that a message keeps. Raises 400 for one that does not fit `text`."""
    return [_entity(entity, text) for entity in map(_object, entities) if _is_kept(entity)]


def _object(entity: object) -> Json:
    if not isinstance(entity, dict):
        raise cannot_parse("expected an Object")
    return entity


def _is_kept(entity: Json) -> bool:
    entity_type = entity.get("type")
    return isinstance(entity_type, str) and entity_type in KEPT_ENTITIES


def _entity(entity: Json, text: str) -> Json:
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 0:
        raise cannot_parse('field "offset" or "length" is invalid')
    if offset + length > (size := utf16(text)):
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 "
            f"offset {size}"
        )
    kept = {key: entity[key] for key in ENTITY_FIELDS if entity.get(key) is not None}
    for key, value in kept.items():
        if not isinstance(value, ENTITY_FIELDS[key]):
            raise cannot_parse(f'field "{key}" is invalid')
    return kept


def text_content(parameters: Parameters) -> Json:
    """The content of a text message. Raises 400 when it is empty or over 4,096 UTF-16 units."""
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(parameters, "text")
    if _NOTHING.fullmatch(text):
        raise bad_request("text must be non-empty")
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
