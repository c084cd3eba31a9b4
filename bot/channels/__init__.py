"""What the desk needs of a channel, and what may go wrong there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.core.model.effects import Buttons
from bot.core.model.events import Attached, Blocked, Edited, Pressed, Said
from bot.core.model.message import Item


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """Group `old` became a supergroup, which is chat `new`."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class TopicClosed:
    """Somebody closed a topic by hand."""

    chat: int
    thread: int


@dataclass(frozen=True, slots=True)
class BotBack:
    """The bot was let into a group."""

    chat: int


Change = GroupMoved | TopicClosed | BotBack
Heard = Said | Attached | Edited | Pressed | Blocked
Read = Heard | Change


@dataclass(frozen=True, slots=True)
class Update:
    """An update as it came. `key` is the channel's own number for it; `lane` keeps its order."""

    key: str
    lane: str
    payload: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: chat, its topic, and what it replies to."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


class Later(Exception):
    """It did not work now and may in `seconds`; whether the channel did it is not known.

    `limited`: it was refused because too much is sent.
    """

    def __init__(self, seconds: float, detail: str, *, limited: bool = False) -> None:
        self.seconds = seconds
        self.limited = limited
        super().__init__(detail)


class Refused(Exception):
    """It cannot work; `reason` is one of `bot.core.model.effects.REASONS`."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        super().__init__(detail)


class Moved(Refused):
    """The group became a supergroup, which is `chat`."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        super().__init__("no_group", f"it is now {chat}")


class Channel(Protocol):
    """One way to people. Every method that sends raises `Later` or `Refused`."""

    name: str

    async def fetch(self) -> Sequence[Update]:
        """Wait for updates. Those fetched before count as received from now on."""

    def update(self, raw: dict[str, Any]) -> Update:
        """An update that came by itself (webhook)."""

    def read(self, payload: str, seq: int, at: datetime) -> Read | None:
        """The event that an update is, or None for one that says nothing to the desk."""

    async def send(self, to: Target, text: str, buttons: Buttons) -> int: ...

    async def edit(self, to: Target, message: int, text: str, buttons: Buttons) -> None:
        """Change one of the desk's messages; without `text` its buttons only."""

    async def copy(self, to: Target, items: Sequence[Item]) -> list[int]:
        """Let them have the items too, several as one album."""

    async def amend(self, to: Target, message: int, item: Item, *, media: bool = False) -> None:
        """Change a copy to what its source is now; `media`: its file has changed as well."""

    async def upload(self, to: Target, data: bytes, name: str) -> int:
        """Send a file of our own, called `name`."""

    async def respond(self, query: str, text: str, alert: bool) -> None: ...

    async def download(self, file: str) -> bytes:
        """The file that an item names."""

    async def has_topics(self, chat: int) -> bool: ...

    async def open_topic(self, chat: int, title: str) -> int: ...

    async def change_topic(self, to: Target, title: str | None, closed: bool | None) -> None:
        """Rename, close or open the topic; None leaves that as it is."""

    async def member(self, chat: int, person: int) -> bool:
        """Whether the person belongs to the group. Raises where that cannot be told now."""

    def link(self, chat: int, message: int) -> str:
        """The address of a group's message or topic, or "" where it has none."""

    async def typing(self, to: Target) -> None: ...
