"""parse_mode MarkdownV2: marked-up text to plain text and entities.

It is read as TDLib's `parse_markdown_v2` does, with its errors. Offsets in an error are in bytes of
UTF-8, those of entities in UTF-16 code units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.local_telegram.text.entities import byte_offset, cannot_parse, in_order, utf16
from bot.local_telegram.text.markdown import CODE_HEAD, entity_of
from bot.local_telegram.wire.errors import ApiError

Json = dict[str, Any]

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_OPENING = {
    "__": "underline",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "||": "spoiler",
    "[": "text_link",
    "![": "custom_emoji",
    "```": "pre",
    "`": "code",
}
_CLOSING = {entity: mark for mark, entity in _OPENING.items()}
_CLOSING |= {"text_link": "]", "custom_emoji": "]"}
_NAMES = {"text_link": "TextUrl", "custom_emoji": "CustomEmoji", "blockquote": "BlockQuote"}
_MARK = re.compile(r"```|__|\|\||!\[|.", re.DOTALL)
_TARGET = re.compile(r"\((?P<url>(?:\\[\x01-\x7e]|[^)\\]|\\)*)")
_EMOJI = re.compile(r"tg://emoji\?id=(\d+)")
_TIME = re.compile(r"tg://time\?unix=(\d+)(?:&format=(\w+))?")


@dataclass(slots=True)
class _Open:
    """An entity without its end yet: its beginning in the source, in the text and in the pieces."""

    type: str
    at: int
    offset: int
    piece: int
    language: str | None = None

    @property
    def name(self) -> str:
        """What TDLib calls this type."""
        return "PreCode" if self.language else _NAMES.get(self.type, self.type.title())


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """Read MarkdownV2, whose entities nest.

    Raises `ApiError` 400 for an entity without an end, a reserved character that is not escaped,
    and a link that is not closed.
    """
    return _Parser(source).parse()


class _Parser:
    """The parser of a MarkdownV2 text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.size = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []
        self.in_quote = False
        self.may_quote = True

    def parse(self) -> tuple[str, list[Json]]:
        """The text and its entities."""
        while self.at < len(self.source):
            character = self.source[self.at]
            after = self.source[self.at + 1 : self.at + 2]
            if character == "\\" and "\x01" <= after <= "\x7e":
                self.at += 1
                self._keep(after)
            elif character not in self._reserved():
                self._keep(character)
            else:
                self._mark(character)
        if self.in_quote:
            self._end_quote(len(self.source))
        if self.open:
            raise self._unclosed(self.open[-1])
        return "".join(self.pieces), in_order(self.entities)

    def _reserved(self) -> frozenset[str]:
        inner = self.open[-1].type if self.open else ""
        return frozenset("`") if inner in {"code", "pre"} else _RESERVED

    def _keep(self, character: str) -> None:
        self.pieces.append(character)
        self.size += utf16(character)
        self.at += 1
        if character != "\r":
            self.may_quote = character == "\n"

    def _mark(self, character: str) -> None:
        if character == "\n":
            if self.in_quote and self.source[self.at + 1 : self.at + 2] != ">":
                self._end_quote(self.at)
            self._keep(character)
            return
        if self.open and self._closes(self.open[-1].type):
            self._close(self.open.pop())
            return
        if character == ">":
            self._quote()
            return
        found = _MARK.match(self.source, self.at)
        mark = found[0] if found else character
        if mark not in _OPENING:
            raise self._must_be_escaped()
        begun = _Open(_OPENING[mark], self.at, self.size, len(self.pieces))
        self.at += len(mark)
        if mark == "```" and (head := CODE_HEAD.match(self.source, self.at)):
            begun.language = head["language"]
            self.at = head.end()
        self.open.append(begun)

    def _closes(self, entity_type: str) -> bool:
        mark = _CLOSING.get(entity_type)
        if mark is None or not self.source.startswith(mark, self.at):
            return False
        return entity_type != "italic" or not self.source.startswith("__", self.at)

    def _quote(self) -> None:
        if not self.may_quote:
            raise self._must_be_escaped()
        if not self.in_quote:
            self.in_quote = True
            self.open.append(_Open("blockquote", self.at, self.size, len(self.pieces)))
        self.at += 1
        self.may_quote = False

    def _end_quote(self, at: int) -> None:
        """End the quotation at `at`; one whose last mark is "||" is an expandable one."""
        entity_type, inner = "blockquote", self.open.pop()
        if inner.type == "spoiler" and self.source[inner.at : at].rstrip("\r") == "||":
            entity_type, inner = "expandable_blockquote", self.open.pop()
        if inner.type != "blockquote":
            raise self._unclosed(inner)
        self.in_quote = False
        if self.size > inner.offset:
            length = self.size - inner.offset
            self.entities.append({"type": entity_type, "offset": inner.offset, "length": length})

    def _close(self, begun: _Open) -> None:
        self.at += len(_CLOSING[begun.type])
        given: Json = {"language": begun.language}
        text = "".join(self.pieces[begun.piece :])
        if begun.type in {"text_link", "custom_emoji"}:
            given["url"] = self._target()
        if begun.type == "custom_emoji":
            entity: Json | None = _custom(given["url"], begun.offset, self.size)
        else:
            entity = entity_of(begun.type, begun.offset, self.size, given, text)
        self.entities += [entity] if entity is not None else []

    def _target(self) -> str | None:
        """The URL in round brackets, None when no bracket follows."""
        found = _TARGET.match(self.source, self.at)
        if found is None:
            return None
        begin, self.at = self.at + 1, found.end() + 1
        if not self.source.startswith(")", found.end()):
            raise cannot_parse(
                f"Can't find end of a URL at byte offset {byte_offset(self.source, begin)}"
            )
        return re.sub(r"\\([\x01-\x7e])", r"\1", found["url"])

    def _must_be_escaped(self) -> ApiError:
        character = self.source[self.at]
        return cannot_parse(
            f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
        )

    def _unclosed(self, begun: _Open) -> ApiError:
        at = byte_offset(self.source, begun.at)
        return cannot_parse(f"Can't find end of {begun.name} entity at byte offset {at}")


def _custom(url: str | None, start: int, end: int) -> Json:
    if url is None:
        raise cannot_parse("The entity must contain a tg://emoji or tg://time URL")
    entity: Json = {"offset": start, "length": end - start}
    if emoji := _EMOJI.fullmatch(url):
        return entity | {"type": "custom_emoji", "custom_emoji_id": emoji[1]}
    if moment := _TIME.fullmatch(url):
        how = {"date_time_format": moment[2]} if moment[2] else {}
        return entity | {"type": "date_time", "unix_time": int(moment[1])} | how
    raise cannot_parse("Invalid tg://emoji or tg://time URL specified")
