"""Long queues for groups and for news, and a person who waits for an answer."""

from __future__ import annotations

from typing import Any

from bot.core.effects import Chat, Room, Send
from bot.local_telegram.limits import Limits
from bot.loops import Pace
from bot.loops.deliver import TOGETHER, deliver

WANG = 1001


async def put(desk: Any, *effects: Send) -> None:
    await desk.write(desk.store.outbox.put, f"telegram:{WANG}", effects, desk.clock())
    desk.ordered.set()


async def test_neither_full_groups_nor_news_keep_a_person_waiting(
    telegram: Any, still: Any, running: Any
) -> None:
    telegram.api.limits = Limits()
    wang = telegram.person(WANG)
    await wang.says("您好")
    async with still() as desk, running(deliver(desk, Pace())):
        rooms = (Room(f"F{n:04}", "frontline") for n in range(TOGETHER + 200))
        await put(desk, *(Send(to=room, text="卡片") for room in rooms))
        await put(desk, *(Send(to=Chat(WANG), text=f"公告{n}", news=True) for n in range(20)))
        await put(desk, Send(to=Chat(WANG), text="答复"))
        assert await wang.sees("答复", timeout=2)
        assert not [m for m in await wang.history() if m.text == "公告3"]


async def test_news_is_told_in_order_when_nobody_waits(
    telegram: Any, still: Any, running: Any
) -> None:
    wang = telegram.person(WANG)
    await wang.says("您好")
    async with still() as desk, running(deliver(desk, Pace(burst=5))):
        await put(desk, *(Send(to=Chat(WANG), text=f"公告{n}", news=True) for n in range(3)))
        assert [(await wang.sees("公告")).text for _ in range(3)] == ["公告0", "公告1", "公告2"]
