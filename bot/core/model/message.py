"""A message and its author, as the channel knows them, and as a line of the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

What = Literal[
    "photo", "document", "voice", "video", "audio", "sticker", "location", "contact", "other"
]

Who = Literal["person", "desk", "agent", "note"]


@dataclass(frozen=True, slots=True)
class Ref:
    """One message: the address of its chat and the message's id in it."""

    chat: str
    message: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the channel, taxpayer or agent.

    `address` is the one under which they write. Who writes with another `face`, as an anonymous
    administrator or as a channel, is that chat as far as the desk can see: nobody knows which
    person it is.
    """

    address: str
    name: str
    username: str = ""
    face: Literal["own", "group", "channel"] = "own"

    @property
    def alone(self) -> str:
        """The address at which they can be told something alone; "" for a chat, which is nobody."""
        return self.address if self.face == "own" else ""


@dataclass(frozen=True, slots=True)
class Item:
    """A message's content as far as relaying needs it: its kind, its file, its words as HTML.

    `html` is the text or the caption, `lead` the HTML that is said above it: whose words it is,
    repeats or quotes; one that ends with a space is a mere mark before the first word. `unique` is
    the same for the same file, under whatever id `file` the channel names it, `native` what the
    channel itself calls this kind. `album` is the same for all that were sent as one. `offered`:
    the message is a text that the desk offered its writer, whose variables the desk fills.
    """

    ref: Ref
    what: What | Literal["text"]
    file: str = ""
    name: str = ""
    html: str = ""
    album: str = ""
    unique: str = ""
    native: str = ""
    lead: str = ""
    offered: bool = False

    @property
    def whole(self) -> str:
        """Its words under what is said above them."""
        if self.is_marked:
            return f"{self.lead}{self.html}".strip()
        return "\n".join(filter(None, (self.lead, self.html)))

    @property
    def is_marked(self) -> bool:
        """Whether its lead is a mark, which says nothing alone."""
        return self.lead.endswith(" ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of what was said, by event `seq`. `who` is person, desk, agent or note (which stays
    inside); `ticket` is the one that was open then.

    An `edit` tells what the message of its item says now; the line that it was stays where it is.
    `taken_back` names who took it back from the person.
    """

    seq: int
    at: datetime
    who: Who
    name: str
    text: str
    item: Item | None = None
    ticket: str = ""
    edit: bool = False
    taken_back: str = ""

    @property
    def ref(self) -> Ref | None:
        """The message that it was, of a line that came as one."""
        return self.item.ref if self.item else None


def albums(items: Iterable[Item]) -> list[tuple[Item, ...]]:
    """Items as they were sent: those of one album together, every other by itself."""
    return [
        group
        for album, same in groupby(items, key=lambda item: item.album)
        for group in ([tuple(same)] if album else [(item,) for item in same])
    ]
