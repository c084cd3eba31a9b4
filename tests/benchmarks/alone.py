"""A whole desk on one thread and in a time of its own, cut off just before the network.

What the desk asks another thread for is done at once, and time passes only when nothing is left to
do. So the same messages take the same way each time, and what they cost is the desk's alone. The
store, its file, the loops and the reading of updates are those of `fapiao-desk run`; what is sent
is taken for delivered as soon as it would be posted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cache, partial
from itertools import count
from pathlib import Path
from selectors import SelectorKey, SelectSelector
from typing import Any, TypeVar, TypeVarTuple

from bot.app.load import folder, load
from bot.app.settings import Settings
from bot.channels import Target, Update
from bot.channels.telegram import Telegram
from bot.intake.workers import Workers
from bot.loops import Desk, Pace, poll, run
from bot.store import Store
from tests.addresses import on_telegram
from tests.benchmarks.contenders import GROUPS

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

BEGAN = 1767225600.0
"""When each desk is opened, in seconds since 1970."""
QUIET = 4.0
"""Seconds after which nothing of a message is left to be done, and the next one is not too many."""
TICK = 1e-6  # seconds
PERSON, AGENT, ROOM = 1001, 2001, GROUPS["frontline"]

shipped = cache(partial(load, folder()))
"""The whole faq/ folder, read once."""


class Idle(SelectSelector):
    """Waits for nothing: `now` is moved to when something is to be done next.

    Each turn of the loop takes a moment: the loop does what was due before now, and not what is
    due now.
    """

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("nothing is left to be done, and somebody waits")
        self.now += max(timeout, TICK)
        return []


class Loop(asyncio.SelectorEventLoop):
    """An event loop without threads, sockets and real time."""

    def __init__(self) -> None:
        self._idle = Idle()
        super().__init__(self._idle)

    def time(self) -> float:
        return self._idle.now

    def skip(self, seconds: float) -> None:
        """Let time pass in which nothing is done."""
        self._idle.now += seconds

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class Edge(Telegram):
    """The desk's own channel without its HTTP; the group has topics, and everybody belongs to it.

    A call that is not answered here fails, because nothing is connected.
    """

    def __init__(self) -> None:
        super().__init__("7000000001:edge", "http://edge.invalid")
        self.numbers = count(1)
        self.came = asyncio.Queue[dict[str, Any]]()
        self.thread: int | None = None
        """The topic that was opened last."""

    def received(self) -> None:
        """An update is there, as it came."""

    def sending(self) -> None:
        """A message has come as far as to be posted."""

    async def fetch(self) -> Sequence[Update]:
        raw = await self.came.get()
        self.received()
        return [self._update(raw)]

    async def send(self, to: Target, text: str, buttons: object) -> int:
        self.sending()
        return next(self.numbers)

    async def edit(self, to: Target, message: int, text: str, buttons: object) -> None: ...

    async def delete(self, to: Target, message: int) -> None: ...

    async def copy(self, to: Target, items: Sequence[object]) -> list[int]:
        return [next(self.numbers) for _ in items]

    async def respond(self, query: str, text: str, alert: bool) -> None: ...

    async def typing(self, to: Target) -> None: ...

    async def has_topics(self, chat: str) -> bool:
        return True

    async def whisper(self, to: Target, person: str, text: str, buttons: object) -> None: ...

    async def pin(self, to: Target, message: int) -> None: ...

    async def react(self, to: Target, message: int, sign: str) -> None: ...

    async def open_topic(self, chat: str, title: str, icon: str = "") -> int:
        self.thread = next(self.numbers)
        return self.thread

    async def change_topic(
        self, to: Target, title: str | None, closed: bool | None, icon: str = ""
    ) -> None: ...

    async def member(self, chat: str, person: str) -> bool:
        return True


class Alone:
    """`with Alone(database) as desk`: a running desk; between two calls nothing happens to it."""

    def __init__(self, database: Path, edge: Edge | None = None, pace: Pace | None = None) -> None:
        self.database = database
        self.edge = edge or Edge()
        self._pace = pace
        self._loop = Loop()
        self._runner = asyncio.Runner(loop_factory=lambda: self._loop)

    def __enter__(self) -> Alone:
        self._runner.run(self._start())
        return self

    def __exit__(self, *error: object) -> None:
        with self._runner:
            self._runner.run(self._end())

    async def _start(self) -> None:
        store, self._reader, self._stop = Store.open(self.database), Workers(), asyncio.Event()
        knowledge = replace(shipped(), limits=Settings.model_construct().limits)
        groups = {tier: on_telegram(group) for tier, group in GROUPS.items()}
        self._desk = Desk(store, [self.edge], knowledge, groups, self._reader, clock=self.clock)
        self._running = asyncio.create_task(run(self._desk, poll, self._stop, self._pace))

    async def _end(self) -> None:
        self._stop.set()
        try:
            await self._running
        finally:
            await self._reader.close()
            await self._desk.close()

    def clock(self) -> float:
        """Seconds since 1970."""
        return BEGAN + self._loop.time()

    def hears(self, text: str, who: int = PERSON) -> None:
        """Somebody writes, the agent in the newest topic; all that follows is done afterwards."""
        person = {"id": who, "first_name": f"纳税人{who}", "is_bot": False}
        message = {
            "message_id": next(self.edge.numbers),
            "from": person,
            "chat": {"id": who, "type": "private"},
            "date": int(self.clock()),
            "text": text,
        }
        if who == AGENT:
            message["chat"] = {"id": ROOM, "type": "supergroup", "is_forum": True}
            message |= {"message_thread_id": self.edge.thread, "is_topic_message": True}
        update = {"update_id": next(self.edge.numbers), "message": message}
        self.edge.came.put_nowait(update)
        self._settle()

    def later(self, seconds: float) -> None:
        """So much later, with all done that was due meanwhile."""
        self._loop.skip(seconds)
        self._settle()

    def _settle(self) -> None:
        self._runner.run(asyncio.sleep(QUIET))
        if self._running.done():
            self._running.result()
