"""`/mydata` on a whole desk: a file in the person's own chat, gathered as it is sent."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import demo
from bot.app.vault import Vault, new_key
from bot.channels.telegram import Telegram
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Export
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.text.render import plain
from bot.local_telegram import Attachment
from bot.loops.deliver import deliver
from tests.addresses import WANG as HER
from tests.patience import PATIENCE

WANG, LI, GROUP = 1001, 2001, demo.FIRST_GROUP
ORDER = Export(to=Chat(HER), text="在这里")
TALK = Conversation(id=f"conversation:{HER}", address=HER, person=Person(HER, "王芳"), turn=3)


def content(telegram: Any, seen: Any) -> str:
    file = telegram.world.files.by_id[seen.raw["document"]["file_id"]]
    assert seen.raw["document"]["file_name"].endswith(".html")
    return plain(file.data.decode("utf-8"))


async def test_a_person_gets_all_that_is_kept_and_no_note_of_the_agents(
    telegram: Any, knowledge: Any, path: Path, tmp_path: Path, ticket: Any
) -> None:
    texts = knowledge.texts
    vault = Vault(tmp_path / "files", [new_key()])
    async with demo.desk_on(telegram, knowledge, path, vault=vault):
        await ticket.wang.sends(Attachment("流水.pdf", b"%PDF-1.4 1"), caption="流水在这里")
        await ticket.wang.sees("没读出内容")
        await ticket.opens()
        await ticket.answers("王女士，看到了")
        await ticket.answers("//她很急")
        await ticket.wang.sees("王女士，看到了")
        await ticket.wang.says("/mydata")
        seen = await ticket.wang.sees(lambda seen: "document" in seen.raw and not seen.is_mine)
    assert seen.text == texts.mydata.caption
    told = content(telegram, seen)
    for expected in (
        *("王芳", "wangfang", HER, "流水在这里", "王女士，看到了", "客服小李"),
        "流水.pdf（10 B）",
    ):
        assert expected in told
    assert "她很急" not in told


async def test_in_a_group_nobody_is_given_it(
    telegram: Any, knowledge: Any, path: Path, ticket: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.li.says("/mydata", chat=GROUP)
        await ticket.li.says("/mydata", chat=GROUP, thread=ticket.thread)
        told = knowledge.texts.staff.unknown_command.format(name="mydata")
        await ticket.li.sees(told, chat=GROUP, thread=ticket.thread)
        everywhere = [
            *await ticket.li.history(chat=GROUP),
            *await ticket.li.history(chat=GROUP, thread=ticket.thread),
            *await ticket.li.history(),
            *await ticket.wang.history(),
        ]
    assert not any("document" in seen.raw for seen in everywhere)


@pytest.fixture
def waiting(still: Any, telegram: Any) -> Any:
    """A desk that does not deliver yet, where 王芳 is known and waits for her file."""

    @asynccontextmanager
    async def open_desk() -> Any:
        await telegram.person(WANG).says("/start")
        async with still() as desk:
            await desk.write(desk.store.conversations.keep, Decision(conversation=TALK), 1.0)
            await desk.write(desk.store.outbox.put, TALK.id, [ORDER], desk.clock())
            yield desk

    return open_desk


async def delivered(desk: Any) -> None:
    desk.ordered.set()
    async with asyncio.timeout(PATIENCE):
        while await desk.read(desk.store.outbox.backlog):
            await asyncio.sleep(0.01)


async def heard(telegram: Any) -> list[Any]:
    return [seen for seen in await telegram.person(WANG).history() if not seen.is_mine]


async def test_what_waits_holds_nothing_of_hers_and_after_delete_it_is_not_sent(
    telegram: Any, waiting: Any, running: Any
) -> None:
    async with waiting() as desk:
        (kept,) = desk.store._db.execute("select effect from outbox").fetchone()
        assert "王芳" not in kept
        await desk.write(desk.store.retention.forget, TALK.id)
        async with running(deliver(desk)):
            while await desk.read(lambda: desk.store.retention.begun):
                await desk.write(desk.store.retention.step)
            await delivered(desk)
        assert await heard(telegram) == []
        assert desk.store._db.execute("select count(*) from outbox").fetchone() == (0,)


async def test_who_was_erased_at_another_address_is_sent_nothing_here(
    telegram: Any, waiting: Any, running: Any
) -> None:
    there = replace(TALK, id="conversation:telegram:1003", address="telegram:1003")
    async with waiting() as desk:
        await desk.write(desk.store.conversations.keep, Decision(conversation=there), 1.0)
        await desk.write(desk.store.people.join, TALK.id, there.address)
        await desk.write(desk.store.retention.forget, there.id)
        async with running(deliver(desk)):
            await delivered(desk)
        assert await heard(telegram) == []


async def test_where_a_channel_takes_no_files_it_is_told_in_words(
    telegram: Any, waiting: Any, running: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Telegram, "abilities", replace(Telegram.abilities, largest={}))
    async with waiting() as desk, running(deliver(desk)):
        await delivered(desk)
        (seen,) = await heard(telegram)
        assert "document" not in seen.raw
        assert seen.text.startswith("在这里")
        assert "王芳" in seen.text


async def test_one_that_is_too_large_is_refused_and_she_is_told(
    telegram: Any, knowledge: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Telegram, "abilities", replace(Telegram.abilities, largest={"document": 9}))
    async with demo.desk_on(telegram, knowledge, path):
        await telegram.person(WANG).says("/mydata")
        await telegram.person(WANG).sees(knowledge.texts.mydata.unsent)
    assert not any("document" in seen.raw for seen in await heard(telegram))
