"""People who write to whatever bot is on a local Telegram, and how long each waits for a reply."""

from __future__ import annotations

import asyncio
import math
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from random import Random
from time import perf_counter

from bot.app.load import folder, read
from bot.local_telegram import LocalTelegram, User
from bot.local_telegram.bot_api.api import BotApi
from bot.local_telegram.wire.answers import Answer
from bot.local_telegram.wire.parameters import Parameters
from tests.benchmarks.phrasings import corpus, questions

WORDS = 3
"""Messages that each person writes."""
RESTING = 200
"""People who have got a reply and do not write yet."""
STRANGE = 0.15
BEFORE = ("", "请问", "老师，", "你好，", "您好，想问一下", "麻烦问下")
AFTER = ("", "？", "，谢谢", "，急", "，怎么办", "，在线等")
PATIENCE = 60.0
"""Seconds without a reply after which a crowd gives up."""


class Listening(BotApi):
    """A Bot API that tells of each message the bot sends."""

    def __init__(self, real: BotApi, heard: Callable[[int], None]) -> None:
        super().__init__(real.world, real.limits, real.faults)
        self._tell = heard
        self.asked: list[float] = []
        """When updates were asked for: at the first time a bot is ready."""

    async def answer(self, name: str, parameters: Parameters) -> Answer:
        if name.lower() == "getupdates":
            self.asked.append(perf_counter())
        answer = await super().answer(name, parameters)
        if name.lower() == "sendmessage" and answer.status == 200:
            self._tell(int(parameters.text("chat_id")))
        return answer


class Crowd:
    """The people of one Telegram. Each has at most one message that waits for its reply, and rests
    after it while others write, so that a bot's second message is not taken for the next reply.
    """

    def __init__(self, telegram: LocalTelegram, ids: Iterator[int], texts: Iterator[str]) -> None:
        self._world = telegram.world
        self._api = telegram.api = Listening(telegram.api, self._heard)
        self._ids = ids
        self._texts = texts
        self._since: dict[int, float] = {}
        self._said = Counter[int]()
        self._rested: deque[int] = deque()
        self._took: asyncio.Queue[float] = asyncio.Queue()

    def _heard(self, chat: int) -> None:
        since = self._since.pop(chat, None)
        if since is not None:
            self._took.put_nowait(perf_counter() - since)
            if self._said[chat] < WORDS:
                self._rested.append(chat)

    def _say(self) -> None:
        """Who has rested longest writes, or else somebody new."""
        chat = self._rested.popleft() if len(self._rested) > RESTING else next(self._ids)
        world = self._world
        if chat not in world.chats:
            world.add_person(User(chat, f"纳税人{chat % 1000}", started=True))
        self._said[chat] += 1
        self._since[chat] = perf_counter()
        world.post(world.chats[chat], world.users[chat], {"text": next(self._texts)})

    async def _reply(self) -> float:
        """Seconds that the next reply took."""
        async with asyncio.timeout(PATIENCE):
            return await self._took.get()

    async def first(self) -> tuple[float, float]:
        """When a bot just started was ready and its first reply came, by `perf_counter`."""
        self._api.asked.clear()
        self._say()
        await self._reply()
        return self._api.asked[0], perf_counter()

    async def all_at_once(self, count: int, together: int) -> float:
        """Replies a second, over `count` messages of which `together` always wait."""
        began = perf_counter()
        for _ in range(min(together, count)):
            self._say()
        for n in range(count):
            await self._reply()
            if n + together < count:
                self._say()
        return count / (perf_counter() - began)

    async def steadily(self, rate: float, seconds: float) -> list[float]:
        """Seconds that each message waited, sent at `rate` a second whether replies come or not."""
        began, count = perf_counter(), round(rate * seconds)
        for n in range(count):
            await asyncio.sleep(max(began + n / rate - perf_counter(), 0))
            self._say()
        return [await self._reply() for _ in range(count)]


def sentences(seed: int) -> Iterator[str]:
    """Questions that people ask of the shipped FAQ and, of seven one, of something else."""
    chance = Random(seed)
    asked = [said for entry in read(folder()).entries.values() for said in entry.phrasings]
    strange = [question.text for question in questions(corpus(1000), 500)]
    while True:
        chosen = strange if chance.random() < STRANGE else asked
        yield chance.choice(BEFORE) + chance.choice(chosen) + chance.choice(AFTER)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
