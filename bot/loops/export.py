"""What is kept of a person, sent to them: gathered, shown and forgotten again at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from bot.channels import Refused, Target
from bot.core.model.holding import Holding
from bot.core.model.message import Line
from bot.core.model.subject import conversation
from bot.core.model.ticket import Kept
from bot.core.person import export
from bot.loops.desk import Desk, Vault
from bot.store.protocol import Deliver

LINES = 500
"""Lines that are read at a time: others are answered between two reads."""


async def sent(
    desk: Desk[Deliver], to: Target, text: str, turn: Callable[[], Awaitable[None]]
) -> tuple[int, ...]:
    """Send it with `text` (HTML), each message in its `turn`; gives the new messages.

    It is gathered after the first turn came: it is as new as its message, and holds nothing of
    somebody who was erased while it waited. Raises as `Channel`.
    """
    await turn()
    holdings = await _gathered(desk, conversation(to.chat))
    if not holdings:
        return ()
    there, at = desk.channel_at(to.chat), datetime.fromtimestamp(desk.clock(), UTC)
    if "document" in there.abilities.largest:
        data = await asyncio.to_thread(export.page, desk.knowledge, holdings, at)
        if len(data) > there.abilities.largest["document"]:
            raise Refused("too_big", f"{len(data)} bytes are too many for {there.name}")
        name = export.file_name(desk.knowledge, at)
        return (await there.upload(to, data, name, text),)
    said = list[int]()
    for each in export.messages(desk.knowledge, holdings, text, at):
        if said:
            await turn()
        said.append(await there.send(to, each, ()))
    return tuple(said)


async def _gathered(desk: Desk[Deliver], of: str) -> list[Holding]:
    """All that is kept of whoever has this conversation; nothing of somebody who is erased, also
    where that began meanwhile.
    """
    held, found = desk.store.holdings, list[Holding]()
    for each in await desk.read(held.whose, of):
        holding = await desk.read(held.held, each)
        if holding is not None:
            lines = await _lines(desk, each)
            vault = desk.vault
            sizes = await asyncio.to_thread(_sizes, vault, holding.files) if vault else {}
            found.append(replace(holding, lines=tuple(lines), sizes=sizes))
    return found if await desk.read(held.whose, of) else []


async def _lines(desk: Desk[Deliver], conversation: str) -> list[Line]:
    found, after = list[Line](), 0
    while True:
        lines, after = await desk.read(desk.store.holdings.lines, conversation, after, LINES)
        found += lines
        if len(lines) < LINES:
            return found


def _sizes(vault: Vault, files: tuple[Kept, ...]) -> dict[str, int]:
    """Of those that the vault has: one may be let go of just now."""
    sizes = dict[str, int]()
    for file in files:
        with suppress(OSError):
            sizes[file.name] = vault.size(file.name)
    return sizes
