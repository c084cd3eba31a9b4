"""parse_mode HTML: marked-up text to plain text and entities, as strict as Telegram.

The tags and the four named character entities are those of the Bot API's page on formatting.
"""

from __future__ import annotations

import re
from typing import Any

from bot.local_telegram.text.entities import cannot_parse, in_order, utf16
from bot.local_telegram.wire.errors import ApiError

Json = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_PIECE = re.compile(
    r"<(?P<tag>[^<>]*)>|&(?P<name>[a-zA-Z]+|#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8});|<(?P<lone>[^<>]*)"
)
_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s+([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def parse_html(html: str) -> tuple[str, list[Json]]:
    """Read `html`; return the text and its entities.

    Raises `ApiError` 400 "can't parse entities: ..." for a tag that Telegram does not know, or one
    that is not closed in order.
    """
    if "<" not in html and "&" not in html:
        return html, []
    text: list[str] = []
    size = 0
    entities: list[Json] = []
    opened: list[tuple[str, Json]] = []
    position = in_bytes = 0
    for piece in _PIECE.finditer(html):
        plain = html[position : piece.start()]
        at = in_bytes + len(plain.encode())
        position, in_bytes = piece.end(), at + len(piece[0].encode())
        if piece["tag"] is None:
            plain += _character(piece, at)
        text.append(plain)
        size += utf16(plain)
        if piece["tag"] is None:
            continue
        if piece["tag"].startswith("/"):
            entity = _close(opened, piece["tag"][1:].strip().lower(), at, size)
            if entity is not None:
                entities.append(entity)
        else:
            opened.append(_open(piece["tag"], at, size))
    text.append(html[position:])
    if opened:
        raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return "".join(text), in_order(entities)


def _character(piece: re.Match[str], at: int) -> str:
    """The text that a character entity stands for; an unknown one stands for itself."""
    if piece["lone"] is not None:
        raise _unclosed(piece["lone"], at)
    name = piece["name"]
    if not name.startswith("#"):
        return _NAMES.get(name, piece[0])
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    known = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if known else piece[0]


def _unclosed(rest: str, at: int) -> ApiError:
    """The error for a "<" without a ">": Telegram reads the name of the tag first."""
    name, *after = re.split(r"\s", rest, maxsplit=1)
    if after and name.lower() not in _TAGS:
        return cannot_parse(f'Unsupported start tag "{name.lower()}" at byte offset {at}')
    return cannot_parse(f"Unclosed start tag at byte offset {at}")


def _open(tag: str, at: int, offset: int) -> tuple[str, Json]:
    name = re.split(r"[\s/]", tag, maxsplit=1)[0].lower()
    attributes = {
        key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(tag[len(name) :])
    }
    if name not in _TAGS or (name == "span" and attributes.get("class") != "tg-spoiler"):
        raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {at}')
    entity: Json = {"type": _TAGS[name], "offset": offset, "length": 0}
    if name == "a":
        entity["url"] = _plain(attributes.get("href", ""))
    elif name == "code" and attributes.get("class", "").startswith("language-"):
        entity["language"] = attributes["class"].removeprefix("language-")
    elif name == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif name == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    return name, entity


def _close(opened: list[tuple[str, Json]], name: str, at: int, end: int) -> Json | None:
    """Close the innermost tag; None when it becomes no entity."""
    if not opened:
        raise cannot_parse(f"Unexpected end tag at byte offset {at}")
    expected, entity = opened.pop()
    if name not in {expected, ""}:
        raise cannot_parse(
            f'Unmatched end tag at byte offset {at}, expected "</{expected}>", found "</{name}>"'
        )
    entity["length"] = end - entity["offset"]
    if expected == "code" and opened and opened[-1][0] == "pre":
        # <pre><code class="language-x"> is one block of code in that language
        if "language" in entity:
            opened[-1][1]["language"] = entity["language"]
        return None
    if expected == "code":
        entity.pop("language", None)
    empty = entity["length"] == 0 or (expected == "a" and not entity["url"])
    return None if empty else entity


def _plain(value: str) -> str:
    return re.sub(r"&(lt|gt|amp|quot);", lambda match: _NAMES[match[1]], value)
