"""The terminal: who sits there types lines, and is shown what the desk says."""

from __future__ import annotations

import asyncio
import re
import shlex
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels import Abilities, Allowance, Read, Refused, Target, Update
from bot.channels.console import updates
from bot.channels.console.board import Board, Post, Thread
from bot.core.model.address import address
from bot.core.model.effects import Buttons
from bot.core.model.message import Item, Person, Ref, What
from bot.core.model.snippet import Snippet
from bot.core.text.render import legible

NAME = "console"
"""Begins the addresses of this channel."""
KINDS: tuple[What, ...] = ("photo", "document", "voice", "video", "audio")
ABILITIES = Abilities(
    edit=False,
    delete=False,
    topics=False,
    buttons=True,
    whispers=False,
    marks=False,
    pictures=False,
    largest=dict.fromkeys(KINDS, sys.maxsize),
)
_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_IN_ROOM = re.compile(r"@(\S+)\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Group:
    """A room with a title, and the addresses of who belongs to it."""

    title: str
    members: Collection[str]


class Nowhere(LookupError):
    """No group and no thread is called so."""


class Console:
    """The channel. `groups` are by address; `show` is called with all that the desk says.

    Files that are sent go into the folder `files`. The numbers of messages go on from `first`, so
    that they are new to a database that knows some already.
    """

    name = NAME
    secret_header = ""
    abilities = ABILITIES

    def __init__(
        self,
        groups: Mapping[str, Group],
        show: Callable[[Post], None],
        files: Path,
        first: int = 1,
    ) -> None:
        self._groups = groups
        self._show = show
        self._files = files
        self._board = Board(first)
        self._typed: asyncio.Queue[Update] = asyncio.Queue()
        self._fetched = 0

    async def type(self, who: Person, line: str) -> Ref:
        """Send what this line means; gives the message that it became, or whose button it pressed,
        when the desk has received it.

        `@` and the title of a group sends the rest there. `@` and the number of a ticket, or any
        other part of a message in a group, answers that. A number presses a button; a file's path,
        with words behind it or none, sends the file. Raises `Nowhere`.
        """
        found = _IN_ROOM.fullmatch(line)
        thread, reply_to = self._place(found[1]) if found else ((who.address, 0), None)
        words = found[2] if found else line
        ref, update = self._update(who, thread, reply_to, words)
        self._typed.put_nowait(update)
        await self._typed.join()
        return ref

    def _place(self, called: str) -> tuple[Thread, int | None]:
        """Where `@called` is, and the message that is answered."""
        for chat, group in self._groups.items():
            if group.title == called:
                return (chat, 0), None
        if (place := self._board.place(called)) is None:
            raise Nowhere(called)
        return place

    def _update(
        self, who: Person, thread: Thread, reply_to: int | None, line: str
    ) -> tuple[Ref, Update]:
        chat, _ = thread
        group, number = chat in self._groups, _NUMBER.fullmatch(line)
        key = self._board.key(thread, int(number[1])) if number else None
        if not group:
            self._board.answered(thread)
        if key is not None:
            ref = Ref(chat, key.message)
            what: dict[str, Any] = {"data": key.data, "query": _query(thread)}
        else:
            ref, _ = self._board.put(chat, private=not group, reply_to=reply_to)
            what = _content(line)
        if key is None and reply_to is not None:
            ours = self._board.is_ours(Ref(chat, reply_to))
            what |= {"reply_to": reply_to, "reply_to_desk": ours}
        payload = updates.written(who, ref, group=group, **what)
        return ref, Update(str(self._board.number()), chat, payload, private=not group)

    async def fetch(self) -> Sequence[Update]:
        for _ in range(self._fetched):
            self._typed.task_done()
        self._fetched = 0
        update = await self._typed.get()
        self._fetched = 1
        return [update]

    def posted(self, body: bytes) -> Update:
        raise ValueError("nothing is posted to a terminal")

    def read(self, payload: str, seq: int, at: datetime) -> Read | None:
        return updates.read(payload, seq, at)

    async def introduce(self, private: Mapping[str, str], group: Mapping[str, str]) -> None:
        """A terminal has no menu."""

    def allowance(self, chat: str) -> Allowance | None:
        return None

    def _said(
        self, to: Target, text: str, buttons: Buttons = (), kind: str = "text", file: str = ""
    ) -> int:
        post = self._board.say(
            to.chat, legible(text), buttons, private=to.private, reply_to=to.reply_to
        )
        self._show(replace(post, kind=kind, file=file))
        return post.ref.message

    async def send(self, to: Target, text: str, buttons: Buttons) -> int:
        return self._said(to, text, buttons)

    async def whisper(self, to: Target, person: str, text: str, buttons: Buttons) -> None:
        raise Refused("refused", "everybody at a terminal reads it")

    async def edit(self, to: Target, message: int, text: str, buttons: Buttons) -> None:
        raise Refused("uneditable", "what a terminal shows stays as it is")

    async def copy(self, to: Target, items: Sequence[Item]) -> list[int]:
        return [self._said(to, item.whole, kind=item.what, file=item.file) for item in items]

    async def amend(self, to: Target, message: int, item: Item, *, media: bool = False) -> None:
        raise Refused("uneditable", "what a terminal shows stays as it is")

    async def delete(self, to: Target, message: int) -> None:
        raise Refused("undeletable", "what a terminal shows stays there")

    async def upload(self, to: Target, data: bytes, name: str, text: str = "") -> int:
        path = self._files / f"{self._board.number()}-{Path(name).name}"
        await asyncio.to_thread(path.write_bytes, data)
        return self._said(to, text, kind=updates.kind(name), file=str(path))

    async def show(self, to: Target, picture: bytes, text: str) -> tuple[int, ...]:
        raise Refused("kind_forbidden", "a terminal shows no pictures")

    async def respond(self, query: str, text: str, alert: bool) -> None:
        chat, _, root = query.rpartition("/")
        if text:
            self._show(Post(ref=Ref(chat, 0), root=int(root), text=text, note=True))

    async def offer(self, query: str, found: Sequence[Snippet], following: str) -> None:
        raise Refused("refused", "nobody asks while typing a line")

    async def download(self, file: str) -> bytes:
        try:
            return await asyncio.to_thread(Path(file).read_bytes)
        except OSError as error:
            raise Refused("no_message", f"{file}: {error.strerror}") from None

    async def has_topics(self, chat: str) -> bool:
        return False

    async def open_topic(self, chat: str, title: str, icon: str = "") -> int:
        raise Refused("refused", "a terminal has no topics")

    async def change_topic(
        self, to: Target, title: str | None, closed: bool | None, icon: str = ""
    ) -> None:
        raise Refused("refused", "a terminal has no topics")

    async def pin(self, to: Target, message: int) -> None:
        raise Refused("refused", "what a terminal shows moves on")

    async def react(self, to: Target, message: int, sign: str) -> None:
        raise Refused("refused", "a terminal shows no reactions")

    async def member(self, chat: str, person: str) -> bool:
        return person in self._groups[chat].members

    def link(self, chat: str, message: int) -> str:
        return ""

    async def typing(self, to: Target) -> None:
        """Nothing shows it."""


def person(name: str, local: str) -> Person:
    """Somebody at the terminal."""
    return Person(address(NAME, local), name)


def _query(thread: Thread) -> str:
    """The press, as far as its answer needs to know it: where it was."""
    chat, root = thread
    return f"{chat}/{root}"


def _content(line: str) -> dict[str, Any]:
    """The words of a line, and its file."""
    try:
        first, *words = shlex.split(line)
        if "/" in first:
            return {"text": " ".join(words), "file": updates.file(Path(first))}
    except (ValueError, OSError):
        pass
    return {"text": line}
