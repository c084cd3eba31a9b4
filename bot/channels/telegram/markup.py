"""Text and its entities to HTML: the one way in which anything that people write becomes HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from telegram import Chat, Message, MessageEntity

from bot.core.text.render import escaped, units

_CHAT = Chat(0, Chat.PRIVATE)
_LONG_AGO = datetime.fromtimestamp(0, UTC)


def html(text: str, entities: object) -> str:
    """`text` with its `entities` (Bot API objects) as HTML that the Bot API reads back.

    An entity that makes no sense marks nothing; the text is whole in any case.
    """
    marks = list(_readable(entities, units(text)))
    if not marks:
        return escaped(text)
    try:
        whole = Message(0, _LONG_AGO, _CHAT, text=text, entities=marks).text_html
    except (ValueError, TypeError, AttributeError, IndexError):  # a mention of nobody
        return escaped(text)
    return whole or escaped(text)


def _readable(entities: object, length: int) -> Iterable[MessageEntity]:
    for each in entities if isinstance(entities, list) else ():
        if not isinstance(each, Mapping) or not _lies_within(each, length):
            continue
        try:
            yield MessageEntity.de_json(dict(each), None)
        except (TypeError, ValueError, KeyError, AttributeError):
            continue


def _lies_within(entity: Mapping[str, Any], length: int) -> bool:
    start, size = entity.get("offset"), entity.get("length")
    if not isinstance(start, int) or not isinstance(size, int):
        return False
    return start >= 0 and size > 0 and start + size <= length
