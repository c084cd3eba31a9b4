"""Long queues for groups and for news, and a person who waits for an answer."""

from __future__ import annotations

from typing import Any

from bot.core.delivery.outdated import OLD
from bot.core.model.effects import Chat, Room, Send
from bot.core.model.subject import conversation
from bot.local_telegram.bot_api.rate_limits import Limits
from bot.loops import Pace
from bot.loops.deliver import TOGETHER, deliver
from tests.addresses import WANG

HER = Chat(WANG)


async def put(desk: Any, *effects: Send) -> None:
    await desk.write(desk.store.outbox.put, conversation(WANG), effects, desk.clock())
    desk.ordered.set()


async def test_neither_full_groups_nor_news_keep_a_person_waiting(
    telegram: Any, still: Any, running: Any
) -> None:
    telegram.api.limits = Limits()
    wang = telegram.person(1001)
    await wang.says("您好")
    async with still() as desk, running(deliver(desk, Pace())):
        rooms = (Room(f"F{n:04}", "frontline") for n in range(TOGETHER + 200))
        await put(desk, *(Send(to=room, text="卡片") for room in rooms))
        await put(desk, *(Send(to=HER, text=f"公告{n}", news=True) for n in range(20)))
        await put(desk, Send(to=HER, text="答复"))
        assert await wang.sees("答复")
        assert not [m for m in await wang.history() if m.text == "公告3"]


async def test_news_is_told_in_order_when_nobody_waits(
    telegram: Any, still: Any, running: Any
) -> None:
    wang = telegram.person(1001)
    await wang.says("您好")
    async with still() as desk, running(deliver(desk, Pace(burst=5))):
        await put(desk, *(Send(to=HER, text=f"公告{n}", news=True) for n in range(3)))
        assert [(await wang.sees("公告")).text for _ in range(3)] == ["公告0", "公告1", "公告2"]


async def test_after_hours_of_an_outage_only_the_last_answer_is_said_and_everything_else(
    telegram: Any, still: Any, running: Any, clock: Any, knowledge: Any
) -> None:
    wang = telegram.person(1001)
    await wang.says("您好")
    async with still() as desk:
        await put(
            desk,
            Send(to=HER, text="答复一", key="faq:1"),
            Send(to=HER, text="工单 F2222 已提交"),
            Send(to=HER, text="答复二", key="faq:2"),
            Send(to=HER, text="请问日期？", key="step:1"),
            Send(to=HER, text="答复三", key="faq:3"),
        )
        clock.now += OLD
        async with running(deliver(desk)):
            assert await wang.sees("答复三")
        said = [m.text for m in await wang.history() if not m.is_mine]
    outdated = knowledge.texts.talk.outdated
    assert said == ["工单 F2222 已提交", "请问日期？", f"{outdated}\n\n答复三"]


async def test_one_answer_that_waited_long_is_said_as_it_is(
    telegram: Any, still: Any, running: Any, clock: Any
) -> None:
    wang = telegram.person(1001)
    await wang.says("您好")
    async with still() as desk:
        await put(desk, Send(to=HER, text="答复一", key="faq:1"))
        clock.now += OLD
        async with running(deliver(desk)):
            assert (await wang.sees("答复")).text == "答复一"
