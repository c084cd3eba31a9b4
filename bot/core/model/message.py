"""A message and its author, as the channel knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

What = Literal[
    "photo", "document", "voice", "video", "audio", "sticker", "location", "contact", "other"
]


@dataclass(frozen=True, slots=True)
class Ref:
    """One message: the chat's id and the message's id in it."""

    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the channel, taxpayer or agent.

    Who writes with another `face`, as an anonymous administrator or as a channel, is that chat as
    far as the desk can see: nobody knows which person it is.
    """

    id: int
    name: str
    username: str = ""
    face: Literal["own", "group", "channel"] = "own"


@dataclass(frozen=True, slots=True)
class Item:
    """A message's content as far as relaying needs it: its kind, its file, its words as HTML.

    `html` is the text or the caption, `lead` the HTML that is said above it: whose words it repeats
    or quotes. `unique` is the same for the same file, under whatever id `file` the channel names
    it, `native` what the channel itself calls this kind. `album` is the same for all that were sent
    as one.
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


def albums(items: Iterable[Item]) -> list[tuple[Item, ...]]:
    """Items as they were sent: those of one album together, every other by itself."""
    return [
        group
        for album, same in groupby(items, key=lambda item: item.album)
        for group in ([tuple(same)] if album else [(item,) for item in same])
    ]
