"""What the desk needs of a channel, and what may go wrong there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.model.effects import Buttons
from bot.core.model.events import Attached, Blocked, Edited, Pressed, Said
from bot.core.model.message import Item, What
from bot.core.model.snippet import Snippet


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """The group with the address `old` became a supergroup, whose address is `new`."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TopicClosed:
    """Somebody closed a topic by hand."""

    chat: str
    thread: int


@dataclass(frozen=True, slots=True)
class BotBack:
    """The bot was let into a group."""

    chat: str


Change = GroupMoved | TopicClosed | BotBack
Heard = Said | Attached | Edited | Pressed | Blocked
Read = Heard | Change


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person with this address asks while they write, in whatever chat, and from which
    `offset` on; `query` names the question.
    """

    who: str
    query: str
    text: str
    offset: str


@dataclass(frozen=True, slots=True)
class Update:
    """An update as it came. `key` is the channel's own number for it; `chat` is the address of the
    chat whose order it belongs to ("" for none), and `private` whether that is a person's own.
    With `asked` it is a question to be answered at once, and no event.
    """

    key: str
    chat: str
    payload: str
    private: bool = False
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: the chat's address, its topic, and what it replies to.

    `private`: it is a person's own chat, and not a group.
    """

    chat: str
    private: bool = False
    thread: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a channel can do.

    `edit`: what was sent can be changed, `delete`: taken back, `topics`: a group can have some,
    `buttons`: a message can, `pictures`: what is drawn is seen among what is said.
    `whispers`: one member of a group can be told something alone, `marks`: a message can be pinned
    and reacted to. `largest` is how many bytes a file of a kind may have that is sent there; of a
    kind that is not named none can be.
    """

    edit: bool
    delete: bool
    topics: bool
    buttons: bool
    whispers: bool
    marks: bool
    pictures: bool
    largest: Mapping[What, int]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many messages may still be sent to a chat, and until when."""

    left: int
    until: datetime


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

    def __init__(self, chat: str) -> None:
        self.chat = chat
        super().__init__("no_group", f"it is now {chat}")


class Channel(Protocol):
    """One way to people. Every method that sends raises `Later` or `Refused`."""

    name: str
    secret_header: str
    """The header in which whoever posts an update tells the secret, if updates may be posted."""
    abilities: Abilities

    async def introduce(self, private: Mapping[str, str], group: Mapping[str, str]) -> None:
        """Tell people which commands there are, and what each does, where each may be used."""

    async def fetch(self) -> Sequence[Update]:
        """Wait for updates. Those fetched before count as received from now on."""

    def posted(self, body: bytes) -> Update:
        """An update that came by itself (webhook). Raises `ValueError` for what is none."""

    def read(self, payload: str, seq: int, at: datetime) -> Read | None:
        """The event that an update is, or None for one that says nothing to the desk."""

    def allowance(self, chat: str) -> Allowance | None:
        """What may be sent to this chat before its person writes again; None: any number."""

    async def send(self, to: Target, text: str, buttons: Buttons) -> int: ...

    async def whisper(self, to: Target, person: str, text: str, buttons: Buttons) -> None:
        """Say it in a group so that this member alone sees it; whether it arrives nobody knows."""

    async def edit(self, to: Target, message: int, text: str, buttons: Buttons) -> None:
        """Change one of the desk's messages; without `text` its buttons only."""

    async def copy(self, to: Target, items: Sequence[Item]) -> list[int]:
        """Let them have the items too, several as one album."""

    async def amend(self, to: Target, message: int, item: Item, *, media: bool = False) -> None:
        """Change a copy to what its source is now; `media`: its file has changed as well."""

    async def delete(self, to: Target, message: int) -> None:
        """Take back one of the desk's messages. One that is gone already is no failure."""

    async def upload(self, to: Target, data: bytes, name: str, text: str = "") -> int:
        """Send a file of our own, called `name`, with this text (HTML) under it."""

    async def show(self, to: Target, picture: bytes, text: str) -> tuple[int, ...]:
        """Send a PNG of our own with this text (HTML): one message, or two with the text last."""

    async def respond(self, query: str, text: str, alert: bool) -> None: ...

    async def offer(self, query: str, found: Sequence[Snippet], following: str) -> None:
        """Answer what is `Asked`; with the offset `following`, if any, there is more."""

    async def download(self, file: str) -> bytes:
        """The file that an item names."""

    async def has_topics(self, chat: str) -> bool: ...

    async def open_topic(self, chat: str, title: str, icon: str = "") -> int:
        """Open a topic; `icon` is an emoji, which it has if there is such an icon."""

    async def change_topic(
        self, to: Target, title: str | None, closed: bool | None, icon: str = ""
    ) -> None:
        """Rename, close or open the topic, or give it an icon; None and "" leave that as it is."""

    async def pin(self, to: Target, message: int) -> None:
        """Keep a message in sight, without a sound."""

    async def react(self, to: Target, message: int, sign: str) -> None:
        """Let the emoji be the desk's reaction to a message; "" takes it away."""

    async def member(self, chat: str, person: str) -> bool:
        """Whether the person belongs to the group. Raises where that cannot be told now."""

    def link(self, chat: str, message: int) -> str:
        """The address of a group's message or topic, or "" where it has none."""

    async def typing(self, to: Target) -> None: ...
