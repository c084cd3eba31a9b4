"""An app in Python, over HTTP: the history of its chats, and the messages not read yet."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.local_telegram.people.seen import Seen

Json = dict[str, Any]
Conversation = tuple[int, int | None]
UNREAD = 2_000
"""How many messages of one conversation wait to be read; the oldest go first."""

Wanted = str | Callable[[Seen], bool]


class Refused(Exception):
    """The client API refused; the message says why."""


class App:
    """The app of the person with that id.

    It opens at the first use and then also knows the messages from before.
    """

    def __init__(self, url: str, user_id: int) -> None:
        self.id = user_id
        self._url = url
        self._session: aiohttp.ClientSession | None = None
        self._events: aiohttp.ClientResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()
        self._opening = asyncio.Lock()
        self._unread: dict[Conversation, deque[Seen]] = {}
        self._earlier: set[tuple[int, int]] = set()

    async def history(self, *, chat: int | None = None, thread: int | None = None) -> list[Seen]:
        """All messages of a chat or topic as they stand now, oldest first."""
        asked = {"user": self.id, "chat": chat or self.id}
        if thread:
            asked["thread"] = thread
        return [Seen.read(message) for message in await self._get("messages", **asked)]

    async def sees(
        self,
        wanted: Wanted = "",
        timeout: float = 20.0,  # noqa: ASYNC109
        *,
        chat: int | None = None,
        thread: int | None = None,
    ) -> Seen:
        """Wait for a message of somebody else (new or edited) and return it.

        `wanted` is a part of its text, or a test of the message. Messages are read in order, each
        once, per chat and topic; in a group without `thread`, those of all topics. `timeout` is in
        seconds. Raises `TimeoutError` with the messages that came instead.
        """
        await self._open()
        conversation = (chat or self.id, thread)
        matches = _matcher(wanted)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout), self._news:
                while True:
                    if (seen := self._read_on(conversation, matches)) is not None:
                        return seen
                    await self._news.wait()
        unread = self._unread.get(conversation, ())
        said = "\n".join(f"  {seen.sender}: {seen.text}" for seen in unread) or "  nothing"
        raise TimeoutError(
            f"person {self.id} did not see {wanted!r} in {conversation}; unread:\n{said}"
        )

    def _read_on(self, conversation: Conversation, matches: Callable[[Seen], bool]) -> Seen | None:
        """The next message of somebody else that matches; it and all before it are then read."""
        unread = self._unread.get(conversation, deque())
        for number, seen in enumerate(unread):
            if not seen.is_mine and matches(seen):
                for _ in range(number + 1):
                    unread.popleft()
                return seen
        return None

    async def close(self) -> None:
        """Close the app."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        if self._events is not None:
            self._events.close()
        if self._session is not None:
            await self._session.close()

    async def _post(self, act: str, **body: Any) -> Json:
        async with (await self._open()).post(f"{self._url}/client/{act}", **body) as response:
            answer: Json = await response.json()
        if not response.ok:
            raise Refused(answer["error"])
        return answer

    async def _get(self, what: str, **asked: Any) -> Any:
        session = await self._open()
        async with session.get(f"{self._url}/client/{what}", params=asked) as response:
            answer = await response.json()
        if not response.ok:
            raise Refused(answer["error"])
        return answer

    async def _open(self) -> aiohttp.ClientSession:
        async with self._opening:
            if self._session is None:
                self._session = aiohttp.ClientSession()
                await self._start(self._session)
            return self._session

    async def _start(self, session: aiohttp.ClientSession) -> None:
        """Open the stream of events, then read the history, so that no message is lost between."""
        events = await session.get(
            f"{self._url}/client/events",
            params={"user": self.id},
            timeout=aiohttp.ClientTimeout(total=None),
        )
        if not events.ok:
            answer = await events.json()
            await session.close()
            self._session = None
            raise Refused(answer["error"])
        async with session.get(f"{self._url}/client/chats", params={"user": self.id}) as response:
            chats = await response.json()
        for chat in chats:
            asked = {"user": self.id, "chat": chat["id"]}
            async with session.get(f"{self._url}/client/messages", params=asked) as response:
                for message in await response.json():
                    self._earlier.add((chat["id"], message["message_id"]))
                    self._note(Seen.read(message))
        self._events = events
        self._reading = asyncio.create_task(self._read(events))

    async def _read(self, events: aiohttp.ClientResponse) -> None:
        async for raw in events.content:
            if raw.startswith(b"data: "):
                await self._happened(json.loads(raw[6:]))

    async def _happened(self, event: Json) -> None:
        if event["type"] == "deleted":
            # the next message that only this person sees may have the same id
            self._earlier.discard((event["chat"], event["message"]["message_id"]))
        if event["type"] not in {"message", "edited"}:
            return
        seen = Seen.read(event["message"])
        if event["type"] == "message" and (seen.chat, seen.id) in self._earlier:
            return
        async with self._news:
            self._note(seen)
            self._news.notify_all()

    def _note(self, seen: Seen) -> None:
        for conversation in {(seen.chat, None), (seen.chat, seen.thread)}:
            self._unread.setdefault(conversation, deque(maxlen=UNREAD)).append(seen)


def _matcher(wanted: Wanted) -> Callable[[Seen], bool]:
    if isinstance(wanted, str):
        return lambda seen: wanted in seen.text
    return wanted
