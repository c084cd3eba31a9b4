"""Show "typing" to somebody for whom an answer is on its way but takes longer than a moment."""

from __future__ import annotations

import asyncio
import contextlib

from bot.channels import Later, Refused, Target
from bot.loops.desk import Desk
from bot.store.protocol import Base, Receive

MOMENT = 0.6  # seconds; a faster answer needs no sign


def promise_typing(desk: Desk[Receive], chat: str) -> None:
    """After a moment without an answer to this private chat, show that it is being worked on."""
    since = asyncio.get_running_loop().time()
    asyncio.get_running_loop().call_later(MOMENT, _check, desk, chat, since)


def _check(desk: Desk[Receive], chat: str, since: float) -> None:
    if desk.answered.get(chat, 0.0) < since:
        desk.answered[chat] = asyncio.get_running_loop().time()
        task = asyncio.ensure_future(_show(desk, chat))
        desk.background.add(task)
        task.add_done_callback(desk.background.discard)


def answered(desk: Desk[Base], chat: str) -> None:
    """Something was sent to this chat."""
    if len(desk.answered) > 10_000:
        desk.answered.clear()
    desk.answered[chat] = asyncio.get_running_loop().time()


async def _show(desk: Desk[Receive], chat: str) -> None:
    if not await desk.read(desk.store.expects, chat):
        return
    with contextlib.suppress(Later, Refused):
        await desk.channel_at(chat).typing(Target(chat, private=True))
