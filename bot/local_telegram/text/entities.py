"""Message entities: what Telegram finds in a text by itself, and their order.

Offsets and lengths are in UTF-16 code units, as everywhere in the Bot API (one character outside
the Basic Multilingual Plane, such as an emoji, counts two).
"""

from __future__ import annotations

import re
from typing import Any

from bot.local_telegram.wire.errors import ApiError, bad_request

Json = dict[str, Any]

_TRIGGER = re.compile(r"[/@#:.+$]|\d{7}")
_FOUND = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"'，。！？；、（）《》【】“”]+"
    r"|\b(?<![a-z0-9-]\.)(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|me|io)\b(?:/[^\s<>\"'，。！？；、（）《》【】“”]*)?)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
    r"|(?P<cashtag>(?<![\w$])\$(?-i:[A-Z]{1,8})(?![\w$]))"
    r"|(?P<phone_number>(?<![\w.-])\+\d{7,15}\b)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_OPAQUE = {"code", "pre", "text_link", "text_mention", "url", "email"}

_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


def utf16(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def byte_offset(text: str, at: int) -> int:
    """How many bytes of UTF-8 stand in `text` before character `at`."""
    return len(text[:at].encode())


def cannot_parse(reason: str) -> ApiError:
    """400, for mark-up or entities that cannot be read."""
    return bad_request(f"can't parse entities: {reason}")


def found(text: str, marked: list[Json]) -> list[Json]:
    """`marked`, and the links, commands, mentions and the like that stand in `text`.

    Nothing is looked for inside code, preformatted text and links.
    """
    if not _TRIGGER.search(text):
        return marked
    opaque = [e for e in marked if e["type"] in _OPAQUE]
    result = list(marked)
    emails = {m.start(): m.end() for m in _EMAIL.finditer(text)} if "@" in text else {}
    position = 0
    while match := _FOUND.search(text, position):
        start, end, entity_type = match.start(), match.end(), str(match.lastgroup)
        if start in emails:
            end, entity_type = emails[start], "email"
        elif entity_type == "url":
            end = start + len(match[0].rstrip(".,;:!?)"))
        position = max(end, start + 1)
        entity = {
            "type": entity_type,
            "offset": utf16(text[:start]),
            "length": utf16(text[start:end]),
        }
        if not any(_overlap(entity, other) for other in opaque):
            result.append(entity)
    return in_order(result)


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def in_order(entities: list[Json]) -> list[Json]:
    """By offset, an enclosing entity before what it encloses, as TDLib's `sort_entities` has it."""

    def position(entity: Json) -> tuple[int, int, int]:
        return entity["offset"], -entity["length"], _PRIORITY.get(entity["type"], 50)

    return sorted(entities, key=position)
