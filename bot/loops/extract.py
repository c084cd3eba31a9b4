"""Files: fetched from the channel, read by a worker process, kept in the vault if there is one."""

from __future__ import annotations

import asyncio
import logging

from bot.channels import Later, Refused
from bot.core.evidence import intake
from bot.core.model.effects import Read
from bot.core.model.extract import Extract
from bot.core.model.message import Item
from bot.loops.desk import Desk, Vault
from bot.loops.internal_events import extracted
from bot.store import Arrival, Order, protocol

log = logging.getLogger(__name__)
FILES = 20  # deleted at once
AGAIN = 5.0  # seconds until a machine may be able to read again


async def extract(desk: Desk[protocol.Extract], order: Order, effect: Read) -> Arrival:
    """What the files of one message say. Raises what the channel raises."""
    found = [await _read(desk, order.subject, item) for item in intake.readable(effect.items)]
    return extracted(order.subject, str(order.id), effect, found)


async def kept(desk: Desk[protocol.Extract], name: str) -> bytes:
    """A file of the vault. Raises `Refused` where it is not to be had, `Later` where not now."""
    if desk.vault is None:
        raise Refused("no_message", "no key is set for the files that are kept")
    try:
        return await asyncio.to_thread(desk.vault.get, name)
    except (FileNotFoundError, desk.vault.unreadable) as error:
        raise Refused("no_message", str(error)) from None
    except OSError as error:
        raise Later(AGAIN, f"no file can be read: {error}") from None


async def _read(desk: Desk[protocol.Extract], subject: str, item: Item) -> Extract:
    data = await desk.channel_at(item.ref.chat).download(item.file)
    if desk.vault is not None:
        await _keep(desk, desk.vault, subject, item, data)
    try:
        return await desk.reader.read(data, item.name)
    except OSError as error:  # this machine's fault, not the file's
        raise Later(AGAIN, f"no file can be read: {error}") from None


async def _keep(
    desk: Desk[protocol.Extract], vault: Vault, subject: str, item: Item, data: bytes
) -> None:
    """A disk that is full must not keep the desk from reading."""
    try:
        name = await asyncio.to_thread(vault.put, data)
        title = item.name or f"{item.what}-{item.ref.message}"
        if await desk.write(desk.store.attachments.keep, subject, name, title, desk.clock()):
            await asyncio.to_thread(vault.put, data)
    except OSError as error:
        log.error("a file could not be kept: %s", error)


def let_go(desk: Desk[protocol.Extract], vault: Vault) -> None:
    """Delete some of what nobody has any more. Runs inside of a transaction."""
    names = desk.store.attachments.doomed(FILES)
    for name in names:
        vault.delete(name)
    desk.store.attachments.gone(names)
