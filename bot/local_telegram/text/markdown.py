"""parse_mode Markdown, the legacy one: marked-up text to plain text and entities.

It is read as TDLib's `parse_markdown` does, with its errors. Offsets in an error are in bytes of
UTF-8, those of entities in UTF-16 code units.
"""

from __future__ import annotations

import re
from typing import Any

from bot.local_telegram.text.entities import byte_offset, cannot_parse, in_order, utf16

Json = dict[str, Any]

_PRE = r"(?:(?P<language>[^\s`]+)(?=\s))?(?:\r\n|\n\r|\r|\n)?"
CODE_HEAD = re.compile(_PRE)
"""What may stand before the text of preformatted text: its language and an end of line."""
_OLD = re.compile(r"\\(?P<escaped>[_*`\[])|(?P<mark>```|[_*`\[])")
_OLD_BODIES = {
    "*": ("bold", re.compile(r"(?P<text>[^*]*)\*")),
    "_": ("italic", re.compile(r"(?P<text>[^_]*)_")),
    "`": ("code", re.compile(r"(?P<text>[^`]*)`")),
    "```": ("pre", re.compile(_PRE + r"(?P<text>.*?)```", re.DOTALL)),
    "[": ("text_link", re.compile(r"(?P<text>[^\]]*)\](?:\((?P<url>[^)]*)\)?)?")),
}
_URL = re.compile(r"(?:https?|tg|ton|tonsite)://[^\s]+", re.IGNORECASE)
_DOMAIN = re.compile(r"[^\s/:@]+\.[^\s/:@.]{2,}(?::\d+)?(?:/\S*)?")


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Read legacy Markdown, whose entities do not nest.

    Raises `ApiError` 400 for an entity without an end.
    """
    pieces: list[str] = []
    entities: list[Json] = []
    size = position = 0

    def keep(text: str) -> None:
        nonlocal size
        pieces.append(text)
        size += utf16(text)

    while found := _OLD.search(source, position):
        keep(source[position : found.start()] + (found["escaped"] or ""))
        position = found.end()
        if found["mark"] is None:
            continue
        entity_type, body = _OLD_BODIES[found["mark"]]
        match = body.match(source, position)
        if match is None:
            at = byte_offset(source, found.start())
            raise cannot_parse(f"Can't find end of the entity starting at byte offset {at}")
        position, offset = match.end(), size
        keep(match["text"])
        entity = entity_of(entity_type, offset, size, match.groupdict(), match["text"])
        entities += [entity] if entity is not None else []
    keep(source[position:])
    return "".join(pieces), in_order(entities)


def entity_of(entity_type: str, start: int, end: int, given: Json, text: str) -> Json | None:
    """An entity, None when it is empty or its link is no URL."""
    entity: Json = {"type": entity_type, "offset": start, "length": end - start}
    if entity_type == "text_link":
        url = link(text if given.get("url") is None else given["url"])
        return entity | {"url": url} if url and end > start else None
    if given.get("language"):
        entity["language"] = given["language"]
    return entity if end > start else None


def link(url: str) -> str | None:
    """The URL as Telegram keeps it, None when it is none."""
    if _URL.fullmatch(url):
        return url
    return f"http://{url}" if _DOMAIN.fullmatch(url) else None
