"""People and agents who do all that one can do in a chat, at random from a seed."""

from __future__ import annotations

import asyncio
import base64
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from random import Random
from time import perf_counter
from typing import Any

from bot.local_telegram import LocalTelegram, User
from bot.local_telegram.client_api import acts, editing, sending
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Parameters, Upload
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.message import Message
from tests.benchmarks.contenders import GROUPS

AGENT = User(2001, "小李", "xiaoli")
AGENT_SAYS = ("您好，请把发票号码发给我", "/claim", "// 等开票方回复", "/resolve")
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
"""One pixel."""
FIRST = 5_000_001
HERE = 150
"""People who take part at the same time."""
STAYS = 12
"""What each does before somebody else comes in their place."""


class Guests:
    """`done` counts what they did, `refused` what their Telegram did not let them do."""

    def __init__(self, telegram: LocalTelegram, texts: Iterator[str], seed: int) -> None:
        self.done = Counter[str]()
        self.refused = Counter[str]()
        self._world = telegram.world
        self._texts = texts
        self._chance = Random(seed)
        self._ids = count(FIRST)
        self._here: deque[tuple[int, int]] = deque()

    async def busy(self, rate: float, seconds: float) -> None:
        """Do something `rate` times a second."""
        began = perf_counter()
        names, weights = zip(*((name, often) for name, (often, _) in _DOES.items()), strict=True)
        for n in range(round(rate * seconds)):
            await asyncio.sleep(max(began + n / rate - perf_counter(), 0))
            (name,) = self._chance.choices(names, weights)
            try:
                if _DOES[name][1](self) is not False:
                    self.done[name] += 1
            except ApiError:  # a closed topic, a deleted message
                self.refused[name] += 1

    @property
    def missed(self) -> list[str]:
        """What nobody managed to do even once."""
        return [name for name in _DOES if not self.done[name]]

    def _anybody(self) -> User:
        """Who was here first is next; after `STAYS` times somebody new."""
        if len(self._here) < HERE:
            user = User(next(self._ids), "来访者", started=True)
            self._world.add_person(user)
            times = 0
        else:
            number, times = self._here.popleft()
            user = self._world.users[number]
        if times < STAYS:
            self._here.append((user.id, times + 1))
        return user

    def _send(self, user: User, chat: Chat, uploads: Mapping[str, Upload], **what: Any) -> None:
        sending.send(self._world, user, chat, Parameters(what, dict(uploads)))

    def says(self, text: str = "") -> None:
        user = self._anybody()
        chat = self._world.chats[user.id]
        self._send(user, chat, {}, text=text or next(self._texts))

    def shows(self) -> None:
        user = self._anybody()
        file = Upload("发票.png", "image/png", PICTURE)
        self._send(user, self._world.chats[user.id], {"file": file}, kind="photo", caption="截图")

    def edits(self) -> bool:
        user = self._anybody()
        chat = self._world.chats[user.id]
        mine = _latest(chat, lambda m: m.sender is user and "text" in m.content)
        if mine is None:
            return False
        about = {"message": mine.id, "text": next(self._texts)}
        editing.edit(self._world, user, chat, Parameters(about))
        return True

    def presses(self) -> bool:
        user = self._anybody()
        return self._press(user, self._world.chats[user.id], None)

    def _press(self, user: User, chat: Chat, thread: int | None) -> bool:
        message = _latest(chat, lambda m: m.markup is not None and thread in (None, m.thread))
        if message is None or message.markup is None:
            return False
        buttons = [b for row in message.markup["inline_keyboard"] for b in row]
        data = self._chance.choice(buttons)["callback_data"]
        acts.press(self._world, user, chat, Parameters({"message": message.id, "data": data}))
        return True

    def helps(self) -> bool:
        """An agent writes or presses in one of the newest topics."""
        chat = self._world.chats[GROUPS["frontline"]]
        if not chat.topics:
            return False
        topic = self._chance.choice(list(chat.topics)[-30:])
        if self._chance.random() < 0.5:
            return self._press(self._world.users[AGENT.id], chat, topic)
        text = self._chance.choice(AGENT_SAYS)
        self._send(self._world.users[AGENT.id], chat, {}, text=text, thread=topic)
        return True


def _latest(chat: Chat, wanted: Callable[[Message], bool]) -> Message | None:
    return next((m for m in reversed(chat.messages.values()) if wanted(m)), None)


# How often each is done, in all 100.
_DOES: Mapping[str, tuple[int, Callable[[Guests], object]]] = {
    "asks": (40, Guests.says),
    "presses": (25, Guests.presses),
    "helps": (13, Guests.helps),
    "human": (6, lambda guests: guests.says("转人工")),
    "diagnose": (4, lambda guests: guests.says("/diagnose")),
    "edits": (5, Guests.edits),
    "shows": (5, Guests.shows),
    "leaves": (2, lambda guests: guests.says("/delete")),
}
