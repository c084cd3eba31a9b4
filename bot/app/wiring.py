"""A whole desk on some channels: wired, started, and stopped again."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.app.settings import BadSettings
from bot.channels import Channel, Later
from bot.charts.drawer import Drawer
from bot.core.content.knowledge import Knowledge
from bot.core.content.limits import PIECES
from bot.core.content.mistake import reason
from bot.core.evidence import slots
from bot.intake.workers import Workers
from bot.loops import Desk, Pace, poll, run
from bot.store import Store
from bot.store.protocol import Receive

if TYPE_CHECKING:
    from bot.app.vault import Vault
    from bot.channels.telegram import Telegram

T = TypeVar("T")
log = logging.getLogger(__name__)
BACKOFF = 60.0  # seconds at most between two attempts


def in_pieces(knowledge: Knowledge, seconds: float = PIECES.total_seconds()) -> Knowledge:
    """The same, waiting so long for the next part of what somebody writes, as by default."""
    limits = replace(knowledge.limits, pieces=timedelta(seconds=seconds))
    return replace(knowledge, limits=limits)


async def answered(where: str, call: Callable[[], Awaitable[T]]) -> T:
    """What a call that a desk begins with comes to, however long nobody answers there.

    Raises `Refused`: what is wrong then is a setting.
    """
    pause = 0.0
    while True:
        try:
            return await call()
        except Later as wait:
            pause = max(wait.seconds, min(2 * pause, BACKOFF))
            log.warning("no answer from %s, trying again in %.0f s: %s", where, pause, wait)
        await asyncio.sleep(pause)


@asynccontextmanager
async def reached(channel: Telegram) -> AsyncIterator[str]:
    """`Telegram.connected` as soon as Telegram can be reached."""
    async with AsyncExitStack() as stack:
        yield await answered(channel.api, lambda: stack.enter_async_context(channel.connected()))


async def introduced(channels: Iterable[Channel], knowledge: Knowledge) -> None:
    """Show the commands that there are on each channel."""
    commands = knowledge.texts.commands
    for each in channels:
        introduce = partial(each.introduce, commands.private, commands.group)
        await answered(each.name, introduce)


@asynccontextmanager
async def live(
    channels: Sequence[Channel],
    knowledge: Knowledge,
    database: Path,
    groups: Mapping[str, str],
    *,
    receive: Callable[[Desk[Receive]], Awaitable[None]] = poll,
    pace: Pace | None = None,
    vault: Vault | None = None,
    clock: Callable[[], float] = time.time,
    accept_loss: bool = False,
    roles: Mapping[str, str] | None = None,
) -> AsyncIterator[tuple[Desk[Store], asyncio.Task[None]]]:
    """A running desk on connected channels, and the task that ends where a loop fails.

    Files are kept in the vault if there is one. Leaving finishes what has arrived. Raises
    `BadSettings` for a database that cannot be used, or lacks what it once had unless with
    `accept_loss`, and for a tier that has open tickets and no group.
    """
    try:
        ids = partial(slots.stored, knowledge)
        store = Store.open(database, accept_loss=accept_loss, ids=ids)
    except OSError as error:
        raise BadSettings(f"FAPIAO_DATABASE  {reason(error)}") from None
    if lost := sorted(store.tickets.open_in().keys() - groups.keys()):
        store.close()
        raise BadSettings(f"FAPIAO_GROUPS  tickets are open in {', '.join(lost)}, without a group")
    reader, drawer = Workers(), Drawer()
    desk = Desk(store, channels, knowledge, groups, reader, vault, clock, roles, drawer)
    stop = asyncio.Event()
    try:
        if vault is not None:
            vault.tidy()
            await desk.write(store.attachments.doom, vault.names())
        await introduced(channels, knowledge)
        running = asyncio.create_task(run(desk, receive, stop, pace))
        try:
            yield desk, running
        finally:
            stop.set()
            await running
    finally:
        await reader.close()
        await drawer.close()
        await desk.close()
