"""A message and its author, as the channel knows them."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Somebody on the channel, taxpayer or agent."""

    id: int
    name: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A message's content as far as relaying needs it: its kind, its file, its caption as HTML."""

    ref: Ref
    what: What | Literal["text"]
    file: str = ""
    name: str = ""
    html: str = ""
