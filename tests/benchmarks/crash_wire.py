"""What the crash proof sees pass between desk and Telegram, and the moment when it kills."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.local_telegram import Group, LocalTelegram, User
from bot.local_telegram.bot_api.api import BotApi
from bot.local_telegram.updates.queue import Updates
from bot.local_telegram.wire.answers import Answer
from bot.local_telegram.wire.parameters import Parameters
from tests.benchmarks.crash_desk import GROUPS

Json = dict[str, Any]
Moment = Literal["start", "update", "asked", "sent", "rest"]

AGENT = 2001
TAXPAYER = 1001
SENDS = frozenset({"sendMessage", "copyMessage", "createForumTopic"})
IDLE = 0.7  # seconds of readiness after which a desk is killed though the moment did not come
REST = 1.5  # seconds without a call that tell that a desk waits for its pace
# What brings the end, how many of it may pass before, and the seconds from it to the kill. A desk
# takes a few thousandths to keep an update, and about as many to work on it.
MOMENTS: tuple[tuple[Moment, int, float], ...] = (
    ("start", 0, 1.5),
    ("update", 8, 0.004),
    ("update", 8, 0.004),
    ("update", 8, 0.03),
    ("update", 8, 0.03),
    ("asked", 8, 0.0),
    ("asked", 8, 0.004),
    ("sent", 8, 0.006),
    ("sent", 8, 0.2),
)


@dataclass(frozen=True, slots=True)
class Kill:
    """Kill `delay` seconds after the event that follows `skip` others."""

    moment: Moment
    skip: int = 0
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """An update as Telegram has it; `message` is None for a press."""

    id: int
    chat: int
    message: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A message (or topic) of the desk that Telegram took, in which of its lives.

    `what` is its text, the topic's title, or the message that it is a copy of.
    """

    life: int
    method: str
    chat: int
    thread: int | None
    message: int
    what: str


class Queue(Updates):
    """Telegram's queue of updates, which remembers all of them."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def put(self, kind: str, body: Json, lane: int) -> None:
        before = next(reversed(self.pending), None)
        super().put(kind, body, lane)
        newest = next(reversed(self.pending), None)
        if newest is not None and newest != before:
            message = body.get("message_id") if kind == "message" else None
            self._wire.told[newest] = Told(newest, lane, message)
            if self._wire.up and self.push is not None:
                self._wire.pass_on([newest])


class Recorded(BotApi):
    """The Bot API, which tells the wire of every call."""

    wire: Wire

    async def answer(self, name: str, parameters: Parameters) -> Answer:
        if name == "setWebhook":
            # In the wild a proxy before the desk ends TLS; here there is none.
            parameters.values["url"] = parameters.text("url").replace("https:", "http:")
        if name in SENDS:
            self.wire.notice("asked")
        if name in self.wire.deaf:
            self.wire.unanswered.set()
            await asyncio.Event().wait()
        answer = await super().answer(name, parameters)
        if answer.status == 200 and isinstance(answer.body, dict):
            self.wire.note(name, parameters, answer.body["result"])
        return answer


class Wire:
    """A Telegram with `people` taxpayers and an agent, and everything that passes through it."""

    def __init__(self, people: int, seed: str) -> None:
        self.random = random.Random(seed)
        self.taxpayers = [User(TAXPAYER + n, f"纳税人{n + 1}") for n in range(people)]
        self.telegram = LocalTelegram(
            people=[*self.taxpayers, User(AGENT, "小李")],
            groups=[Group(chat, tier, members=(AGENT,)) for tier, chat in GROUPS.items()],
            keep=1_000_000,
        )
        self.telegram.world.updates = Queue(self)
        self.telegram.api = api = Recorded(self.telegram.world)
        api.wire = self
        self.life = 0
        self.up = False
        self.deaf: frozenset[str] = frozenset()  # calls that are neither taken nor answered
        self.unanswered = asyncio.Event()
        self.told: dict[int, Told] = {}
        self.handed: set[int] = set()
        self.sent: list[Sent] = []
        self.news = asyncio.Condition()
        self._plan: Kill | None = None
        self._passed = 0
        self._kill: Callable[[], None] = lambda: None
        self._timers: list[asyncio.TimerHandle] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> set[int]:
        """The updates that Telegram has and was not told to be received."""
        return set(self.telegram.world.updates.pending)

    def plan(self) -> Kill:
        """The next kill, at random."""
        moment, skip, within = self.random.choice(MOMENTS)
        return Kill(moment, self.random.randint(0, skip), self.random.uniform(0, within))

    def arm(self, plan: Kill, kill: Callable[[], None]) -> None:
        """Have `kill` called when the planned moment comes in the life that begins now."""
        self.disarm()
        self.up, self.handed = False, set()
        self._plan, self._passed, self._kill = plan, 0, kill
        if plan.moment == "start":
            self._after(plan.delay)

    def disarm(self) -> None:
        self._plan = None
        self._cancel()

    def notice(self, moment: Moment) -> None:
        """Something of this kind happened."""
        plan = self._plan
        if plan is None or plan.moment != moment:
            return
        self._passed += 1
        if self._passed == plan.skip + 1:
            self._kill() if not plan.delay else self._after(plan.delay)

    def pass_on(self, updates: list[int]) -> None:
        """These updates are on their way to the desk."""
        self.handed.update(updates)
        for _ in updates:
            self.notice("update")

    def note(self, method: str, parameters: Parameters, result: Any) -> None:
        """A call took effect."""
        if method in ("getUpdates", "setWebhook"):
            self._ready()
            # A webhook is given all that waits; getUpdates says what it gave.
            waiting = list(self.telegram.world.updates.pending)
            self.pass_on(waiting if result is True else [each["update_id"] for each in result])
        else:
            self.tell()
            self._moves()
        if method not in SENDS:
            return
        chat, thread = int(parameters.text("chat_id")), parameters.integer("message_thread_id")
        made = result.get("message_id") or result["message_thread_id"]
        named = [parameters.text(name) for name in ("text", "name", "from_chat_id", "message_id")]
        what = " ".join(filter(None, named))
        self.sent.append(Sent(self.life, method, chat, thread, made, what))
        self.notice("sent")

    def tell(self) -> None:
        """Let those look again who wait for something."""
        task = asyncio.ensure_future(self._tell())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell(self) -> None:
        async with self.news:
            self.news.notify_all()

    def _ready(self) -> None:
        """The desk has begun to take updates."""
        if not self.up and self._plan is not None and self._plan.moment != "rest":
            self._after(IDLE)
        self.up = True
        self._moves()

    def _moves(self) -> None:
        """The desk is not at rest."""
        if self._plan is not None and self._plan.moment == "rest":
            self._cancel()
            self._after(REST)

    def _cancel(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _after(self, seconds: float) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, self._kill))
