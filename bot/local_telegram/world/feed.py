"""Changes told to the apps of people as they happen: one bounded queue for each open app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
ChangeType = Literal[
    "message", "edited", "reacted", "deleted", "pins", "topic", "chat", "typing", "commands"
]

BACKLOG = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """A change that an app shows.

    `message` is the `Message` it is about, or None.
    """

    type: ChangeType
    chat: int | None
    thread: int | None = None
    message: Any = None


class Feed:
    """Hands each change to the apps of those who may see it."""

    def __init__(self) -> None:
        self._apps: dict[int, set[asyncio.Queue[Change | None]]] = {}
        self._overseers: list[Callable[[Change], None]] = []

    @property
    def is_watched(self) -> bool:
        """Whether any app is open or anybody oversees."""
        return bool(self._apps or self._overseers)

    def close(self) -> None:
        """Tell every app that this Telegram closes."""
        for queues in self._apps.values():
            for queue in queues:
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(None)

    def show(self, users: Iterable[int], change: Change) -> None:
        """Tell the apps of `users`. An app that stopped reading loses its oldest changes."""
        for tell in self._overseers:
            tell(change)
        for user in users:
            for queue in self._apps.get(user, ()):
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(change)

    @contextmanager
    def overseen(self, tell: Callable[[Change], None]) -> Iterator[None]:
        """Call `tell` with each change in any chat, once, in order, until the block ends."""
        self._overseers.append(tell)
        try:
            yield
        finally:
            self._overseers.remove(tell)

    @contextmanager
    def watched_by(self, user: int) -> Iterator[asyncio.Queue[Change | None]]:
        """Open an app of `user`; its queue gets changes until the block ends.

        None in it means that this Telegram closes.
        """
        queue: asyncio.Queue[Change | None] = asyncio.Queue(BACKLOG)
        self._apps.setdefault(user, set()).add(queue)
        try:
            yield queue
        finally:
            self._apps[user].discard(queue)
            if not self._apps[user]:
                del self._apps[user]
