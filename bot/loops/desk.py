"""What the loops share: the store on its own thread, the channel, and who wakes whom."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from itertools import count
from typing import Any, ClassVar, Generic, ParamSpec, Protocol, TypeVar

from pydantic import TypeAdapter

from bot.channels import Channel, Refused
from bot.core.content.knowledge import Knowledge
from bot.core.content.limits import Limits
from bot.core.model.address import channel
from bot.core.model.chart import Chart
from bot.core.model.extract import Extract
from bot.core.model.roles import OPERATORS
from bot.store import Basis, Busy
from bot.store.protocol import Base

P = ParamSpec("P")
T = TypeVar("T")
S_co = TypeVar("S_co", bound=Base, covariant=True)
log = logging.getLogger(__name__)
LIMITS: TypeAdapter[Limits] = TypeAdapter(Limits)
TOLD_EVERY = 10  # tries, of about a second each


class Reader(Protocol):
    """Reads a file somewhere else, so that whatever it does costs that file alone."""

    async def read(self, data: bytes, name: str = "") -> Extract:
        """Raises `OSError` where nothing can be read now."""


class Drawer(Protocol):
    """Draws a chart somewhere else, so that nothing waits for it but its own message."""

    async def draw(self, chart: Chart) -> bytes:
        """A PNG. Raises `OSError` where it cannot be drawn."""


class Vault(Protocol):
    """Keeps files, each under a name that it gives; `unreadable` is raised for one that it cannot
    give out again.
    """

    unreadable: ClassVar[type[Exception]]

    def put(self, data: bytes) -> str: ...

    def get(self, name: str) -> bytes: ...

    def delete(self, name: str) -> bool: ...

    def size(self, name: str) -> int: ...


def basis(knowledge: Knowledge) -> Basis:
    """What this program decides by with this knowledge."""
    return Basis(
        faq=knowledge.version,
        program=version("fapiao-desk"),
        matcher="semantic" if knowledge.matcher.semantic else "lexical",
        limits=LIMITS.dump_json(knowledge.limits).decode(),
    )


class Desk(Generic[S_co]):
    """A running desk on some channels. `groups` is the address of the chat set for each tier,
    `roles` that of each role that has one; where these are by now is asked of the store, for a
    group may move. `clock` gives seconds since 1970.

    A loop names by its protocol what it asks of the store, as `Desk[Wake]`.
    What it remembers is of this process alone and right to lose: signals, tasks, those that answer
    what agents ask while they write (`asking`), and in which chats something was just sent or shown
    (`answered`), so that "typing" is not shown twice.
    Without a vault no file is kept longer than it takes to read it; without a drawer no chart is
    shown.
    """

    def __init__(
        self,
        store: S_co,
        channels: Iterable[Channel],
        knowledge: Knowledge,
        groups: Mapping[str, str],
        reader: Reader,
        vault: Vault | None = None,
        clock: Callable[[], float] = time.time,
        roles: Mapping[str, str] | None = None,
        drawer: Drawer | None = None,
    ) -> None:
        self.store = store
        self.channels = {channel.name: channel for channel in channels}
        self.knowledge = knowledge
        self.basis = basis(knowledge)
        self._groups = dict(groups)
        self._roles = dict(roles or {})
        self.reader = reader
        self.vault = vault
        self.drawer = drawer
        self.clock = clock
        self.arrived = asyncio.Event()
        self.ordered = asyncio.Event()
        self.timed = asyncio.Event()
        self.answered: dict[str, float] = {}
        self.background: set[asyncio.Future[None]] = set()
        self.asking: set[asyncio.Future[None]] = set()
        self._thread = ThreadPoolExecutor(1, "store")
        self._writes: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._closing = False

    async def take_on(self, knowledge: Knowledge) -> None:
        """Decide by this from now on, between two transactions: what is decided in one is decided
        by the same.
        """
        await self.write(self._take_on, knowledge)

    def _take_on(self, knowledge: Knowledge) -> None:
        self.knowledge, self.basis = knowledge, basis(knowledge)

    def channel_at(self, address: str) -> Channel:
        """The channel of an address. Raises `Refused` where it is none of this desk's."""
        found = self.channels.get(channel(address))
        if found is None:
            raise Refused("no_chat", f"{address!r} is on no channel of this desk")
        return found

    def group(self, tier: str) -> str | None:
        """The chat of a tier's group; None where it has none."""
        return self._now(self._groups.get(tier))

    def role(self, role: str) -> str | None:
        """The chat of a role, or of the operators; without these the lowest tier's group."""
        chat = self._roles.get(role) or self._roles.get(OPERATORS)
        return self._now(chat) or self.group(self.knowledge.tiers.tiers[0].id)

    def tiers_at(self, chat: str) -> list[str]:
        """The tiers whose group this is."""
        return [tier for tier, group in self._groups.items() if self._now(group) == chat]

    def roles_at(self, chat: str) -> list[str]:
        """The roles whose chat this is."""
        return [role for role, known in self._roles.items() if self._now(known) == chat]

    def _now(self, chat: str | None) -> str | None:
        return self.store.groups.address(chat) if chat else None

    async def read(self, call: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Ask the store something."""
        ask = partial(call, *args, **named)
        return await asyncio.get_running_loop().run_in_executor(self._thread, ask)

    async def write(self, call: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Change the store; durable when it returns.

        What is asked for while the disk is busy is committed together afterwards, so a slow disk
        costs one sync a group and not one a change. A change that raises is undone alone.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._writes.append((partial(call, *args, **named), done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await done

    async def _write_all(self) -> None:
        while self._writes:
            group, self._writes = self._writes, []
            try:
                results = await self._committed(group)
            except BaseException as error:
                results = [error] * len(group)
            for (_, done), result in zip(group, results, strict=True):
                if done.cancelled():
                    continue
                if isinstance(result, BaseException):
                    done.set_exception(result)
                else:
                    done.set_result(result)
            await asyncio.sleep(0)

    async def _committed(
        self, group: list[tuple[Callable[[], Any], asyncio.Future[Any]]]
    ) -> list[Any]:
        """Wait for as long as another program has the database: nothing is confirmed meanwhile."""
        for tries in count(1):
            try:
                return await self.read(self._commit, group)
            except Busy as busy:
                if self._closing:
                    raise
                if tries % TOLD_EVERY == 0:
                    log.warning("%s; the desk waits for it, and confirms nothing", busy)
        raise AssertionError

    def _commit(self, group: list[tuple[Callable[[], Any], asyncio.Future[Any]]]) -> list[Any]:
        results: list[Any] = []
        with self.store.writing():
            for call, _ in group:
                try:
                    with self.store.apart():
                        results.append(call())
                except Exception as error:
                    if self.store.undone:
                        raise
                    results.append(error)
        return results

    async def close(self) -> None:
        """After the last write: let go of the file."""
        self._closing = True
        if self._writing is not None:
            await self._writing
        await self.read(self.store.close)
        self._thread.shutdown()


async def signalled(event: asyncio.Event, seconds: float | None) -> None:
    """Wait until the event is set, or so long; it is clear afterwards."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
    event.clear()
