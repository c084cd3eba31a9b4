"""Show "typing" to somebody for whom an answer is on its way but takes longer than a moment."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from bot.channels import Later, Refused, Target
from bot.loops.desk import Desk
from bot.store.protocol import Base, Receive

MOMENT = 0.6  # seconds; a faster answer needs no sign


def promise_typing(desk: Desk[Receive], chats: Sequence[str]) -> None:
    """After a moment without an answer to these private chats, show that it is being worked on."""
    loop = asyncio.get_running_loop()
    loop.call_later(MOMENT, _check, desk, chats, loop.time())


def _check(desk: Desk[Receive], chats: Sequence[str], since: float) -> None:
    late = [chat for chat in dict.fromkeys(chats) if desk.answered.get(chat, 0.0) < since]
    if late:
        desk.answered |= dict.fromkeys(late, asyncio.get_running_loop().time())
        task = asyncio.ensure_future(_show(desk, late))
        desk.background.add(task)
        task.add_done_callback(desk.background.discard)


def answered(desk: Desk[Base], chat: str) -> None:
    """Something was sent to this chat."""
    if len(desk.answered) > 10_000:
        desk.answered.clear()
    desk.answered[chat] = asyncio.get_running_loop().time()


async def _show(desk: Desk[Receive], chats: Sequence[str]) -> None:
    waiting = await desk.read(lambda: list(filter(desk.store.expects, chats)))
    await asyncio.gather(*(_type(desk, chat) for chat in waiting))


async def _type(desk: Desk[Receive], chat: str) -> None:
    with contextlib.suppress(Later, Refused):
        await desk.channel_at(chat).typing(Target(chat, private=True))
