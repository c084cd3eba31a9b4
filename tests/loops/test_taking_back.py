"""What an agent takes back is gone at its person, as far as Telegram allows, or they know why."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.app import demo
from bot.channels.telegram import Telegram
from bot.core.content.knowledge import Knowledge
from bot.core.model.effects import Amend, Chat, Relay, TakeBack
from bot.core.model.message import Item, Person, Ref
from bot.local_telegram import Attachment, LocalTelegram
from bot.local_telegram.wire.errors import bad_request
from bot.loops.deliver import deliver
from tests.addresses import on_telegram
from tests.patience import PATIENCE

GROUP = demo.FIRST_GROUP
WANG, LI, ZHOU = 1001, 2001, 2002
HER = Chat(on_telegram(WANG))
CASE = "conversation:telegram:1001"
THREE_DAYS = 3 * 86400
TOO_OLD = bad_request("message can't be deleted for everyone")


async def unsends(ticket: Any, said: Any, who: int = LI) -> Any:
    """An agent answers a message with the order to take it back."""
    agent = ticket.telegram.person(who)
    return await agent.says("/unsend", chat=GROUP, thread=ticket.thread, reply_to=said)


async def told(who: Any, asked: Any, part: str) -> None:
    """Whoever gave the order is answered in words."""
    seen = await who.sees(part, chat=GROUP)
    assert seen.raw["reply_to_message"]["message_id"] == asked.id


async def says(ticket: Any, text: str) -> Any:
    """He writes to her, and she has it."""
    said = await ticket.li.says(text, chat=GROUP, thread=ticket.thread)
    await ticket.wang.sees(text)
    return said


async def test_what_is_taken_back_is_gone_at_its_person_and_marked_as_done(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    agents = knowledge.texts.agents
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        said, other = await says(ticket, "请看第三步"), await says(ticket, "请看第四步")
        asked = await unsends(ticket, said)
        await ticket.marked(asked, agents.mark_done)
        assert await ticket.heard("请看") == ["请看第四步"]
        await told(ticket.li, await unsends(ticket, said), agents.unsend_again)
        zhou = telegram.person(ZHOU)
        await told(zhou, await unsends(ticket, other, who=ZHOU), agents.unsend_not_yours)
        await zhou.says("/take", chat=GROUP, thread=ticket.thread)
        await ticket.wang.sees("周工")
        await ticket.marked(await unsends(ticket, other), agents.mark_done)
    assert await ticket.heard("请看") == []
    card = await ticket.card()
    assert "请看第三步（小李 已撤回）" in card.text


async def test_an_album_of_which_a_piece_stays_is_told_in_figures(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        files = [Attachment(f"{n}.txt", b"x") for n in range(3)]
        album = await ticket.li.sends(*files, chat=GROUP, thread=ticket.thread)
        for _ in files:
            await ticket.wang.sees(lambda seen: "media_group_id" in seen.raw)
        telegram.faults.on("deleteMessage", TOO_OLD, nth=2)
        asked = await unsends(ticket, album[1])
        await told(ticket.li, asked, "3 条里有 1 条没能撤回")
        pictures = [seen for seen in await ticket.wang.history() if "media_group_id" in seen.raw]
        assert len(pictures) == 1
        await ticket.marked(await unsends(ticket, album[0]), knowledge.texts.agents.mark_done)
    assert not any("media_group_id" in seen.raw for seen in await ticket.wang.history())


async def test_what_is_too_old_stays_and_its_writer_is_told(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        said = await says(ticket, "请看第三步")
        (copy,) = [m for m in telegram.world.chats[WANG].messages.values() if "第三步" in m.text]
        copy.date -= THREE_DAYS
        await told(
            ticket.li, await unsends(ticket, said), knowledge.texts.staff.refusals["too_old"]
        )
    assert await ticket.heard("请看") == ["请看第三步"]


async def test_where_the_channel_takes_nothing_back_its_writer_is_told(
    ticket: Any,
    telegram: LocalTelegram,
    knowledge: Knowledge,
    path: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Telegram, "abilities", replace(Telegram.abilities, delete=False))
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        asked = await unsends(ticket, await says(ticket, "请看第三步"))
        await told(ticket.li, asked, knowledge.texts.staff.refusals["undeletable"])
    assert await ticket.heard("请看") == ["请看第三步"]


@pytest.mark.usefixtures("hasty")
async def test_what_does_not_work_at_once_is_taken_back_later(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        said = await says(ticket, "请看第三步")
        telegram.faults.on("deleteMessage", "timeout after")
        await ticket.marked(await unsends(ticket, said), knowledge.texts.agents.mark_done)
    assert await ticket.heard("请看") == []


async def test_what_still_waits_to_be_sent_is_not_sent(
    telegram: Any, still: Any, running: Any
) -> None:
    await telegram.person(WANG).says("/start")
    said = [await telegram.person(LI).says(text, chat=GROUP) for text in ("第三步", "第四步")]
    items = [Item(Ref(on_telegram(GROUP), each.id), "text", html=each.text) for each in said]
    li = Person(on_telegram(LI), "小李")
    back = TakeBack(
        to=HER, refs=(items[0].ref,), ticket="F2222", by=li, asked=Ref(on_telegram(GROUP), 9)
    )
    effects = (
        Relay(to=HER, items=(items[0],)),
        Amend(to=HER, item=replace(items[0], html="第五步")),
        Relay(to=HER, items=(items[1],)),
        back,
    )
    async with still() as desk:
        await desk.write(desk.store.outbox.put, CASE, effects, desk.clock())
        async with running(deliver(desk)), asyncio.timeout(PATIENCE):
            while await desk.read(desk.store.outbox.backlog):
                await asyncio.sleep(0.01)
        rows = await desk.read(desk.store.inbox.waiting, 10)
    assert [seen.text for seen in await telegram.person(WANG).history()] == ["/start", "第四步"]
    assert "deleteMessage" not in {call.method for call in telegram.calls}
    (row,) = rows
    assert '"taken_back"' in row.payload
