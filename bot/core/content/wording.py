"""What an author may write: texts, ids and numbers with their bounds, as types.

    class Tier(Authored):
        id: Id
        name: Label

`bot.app.load` reads the tables by these types and tells every value that is out of bounds. To
anybody else they are `str` and `int`. The limits are Telegram's where it has one
(core.telegram.org/bots/api), and otherwise what a phone shows well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any

from bot.core.content.findings import finding
from bot.core.text.render import pairs_bold

ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINK = re.compile(r"https?(?=[:：/])\S*", re.IGNORECASE)
_URL = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?(?=[/?#]|[^\w.:@-]|$)", re.IGNORECASE
)


def _schema(check: Callable[[Any], Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Pydantic's schema of a value that is checked after its type.

    The core does not import pydantic, which takes the plain form of its schemas as well:
    docs.pydantic.dev/latest/internals/architecture.
    """
    function = {"type": "no-info", "function": check}
    return {"type": "function-after", "function": function, "schema": schema}


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of at most `most` characters.

    `lines`: it may have line breaks; `bold`: `**words**` are shown bold, elsewhere as they stand;
    `blank`: it may be empty; `id`: it is a name for the desk alone; `spoken`: it is compared with
    what people write, so it needs a letter or a digit.
    """

    most: int
    lines: bool = False
    bold: bool = False
    blank: bool = False
    id: bool = False
    spoken: bool = False

    def faults(self, text: str) -> Iterator[str]:
        """What is wrong with it, and what would be right."""
        if self.id:
            yield from _bad_id(self, text)
        elif text.strip():
            for rule in RULES:
                yield from rule(self, text)
        elif not self.blank:
            yield finding("empty")

    def check(self, text: str) -> str:
        if wrong := list(self.faults(text)):
            raise ValueError("；".join(wrong))
        return text

    def __get_pydantic_core_schema__(
        self, source: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        return _schema(self.check, handler(source))


def _bad_id(must: Wording, text: str) -> Iterator[str]:
    if len(text) > must.most or not ID.fullmatch(text):
        yield finding("id", name=text, most=must.most)


def _length(must: Wording, text: str) -> Iterator[str]:
    if len(text) > must.most:
        yield finding("too_long", count=len(text), most=must.most)
    if not must.lines and "\n" in text.strip("\n"):
        yield finding("one_line")


def _letters(must: Wording, text: str) -> Iterator[str]:
    if strange := _CONTROL.search(text):
        yield finding("control", found=f"U+{ord(strange[0]):04X}")
    if must.spoken and not any(letter.isalnum() for letter in text):
        yield finding("no_word", text=text)


def _bold(must: Wording, text: str) -> Iterator[str]:
    if "**" in text and not must.bold:
        yield finding("not_bold")
    elif not pairs_bold(text):
        yield finding("bold")


def _links(must: Wording, text: str) -> Iterator[str]:
    for link in _LINK.finditer(text):
        if not _URL.match(link[0]):
            yield finding("url", found=link[0][:60])


RULES = (_length, _letters, _bold, _links)
"""What is asked of a text that is not blank."""


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def check(self, value: int) -> int:
        if not self.least <= value <= self.most:
            raise ValueError(finding("between", value=value, least=self.least, most=self.most))
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        return _schema(self.check, {"type": "int", "strict": True})


@dataclass(frozen=True, slots=True)
class AsTyped:
    """A value of its own type in TOML: what only reads like one, as a text in quotes, is none."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        return {**handler(source), "strict": True}


LABEL = Wording(24)
"""What a button shows on a phone without cutting it off."""
SIGN = Wording(8)
"""A picture that stands for a word."""
LINE = Wording(200)
"""Telegram's limit for the answer to a press; a topic's title is cut to its own."""
TEXT = Wording(1000, lines=True, bold=True)
"""Telegram takes 4,096: one message must also hold what is told before it and filled in."""
COMMAND = Wording(256)
"""Telegram's limit for what a menu tells of a command."""

Address = Annotated[str, Wording(64)]
Id = Annotated[str, Wording(20, id=True)]
"""Ids travel in a button's data, of which Telegram takes 64 bytes, several together."""
EntryId = Annotated[str, Wording(60, id=True)]
"""Alone in a button's data (`faq:ID`) and in a deep link (`faq-ID`), of 64 bytes each."""
Label = Annotated[str, LABEL]
OptionalLabel = Annotated[str, Wording(LABEL.most, blank=True)]
Icon = Annotated[str, SIGN]
Title = Annotated[str, Wording(60)]
OneLine = Annotated[str, LINE]
Explained = Annotated[str, Wording(120)]
"""Shown on a phone above the question that follows it."""
OptionalLine = Annotated[str, Wording(LINE.most, blank=True)]
Lines = Annotated[str, Wording(LINE.most, lines=True)]
Example = Annotated[str, Wording(100, blank=True)]
Phrase = Annotated[str, Wording(200, spoken=True)]
Text = Annotated[str, TEXT]
OptionalText = Annotated[str, Wording(TEXT.most, lines=True, bold=True, blank=True)]
PASSAGE = Wording(TEXT.most, lines=True, blank=True)
"""As long as a text, to be copied: nothing in it is bold."""
Passage = Annotated[str, PASSAGE]
AnswerText = Annotated[str, Wording(1200, lines=True, bold=True)]
"""What a phone shows without much scrolling."""
Days = Annotated[int, Between(1, 365)]
Month = Annotated[int, Between(1, 12)]
YearNumber = Annotated[int, Between(2000, 2099)]
DayOfMonth = Annotated[int, Between(1, 31)]
Hour = Annotated[int, Between(0, 23)]
Hours = Annotated[int, Between(1, 8760)]
TimeOfDay = Annotated[time, AsTyped()]
Minutes = Annotated[int, Between(1, 100_000)]
