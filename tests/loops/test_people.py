"""A person who writes from two addresses, on a whole desk: real HTTP, a real database file."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.app import demo
from bot.core.buttons import Delete, button
from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.loops import Desk, erase, internal_events
from bot.loops.work import work_on
from bot.store import Arrival, Store
from tests.addresses import WANG, on_telegram

pytestmark = pytest.mark.usefixtures("unset")

HOME, OFFICE, LI = 1001, 1002, 2001
GROUP = demo.FIRST_GROUP
THERE = on_telegram(OFFICE)
INVOICE = "25112000000012345678"
TICKET = Ticket(
    number="F2222",
    summary=Summary("said", "旧话"),
    status="open",
    tier="frontline",
    opened_at=datetime(2026, 1, 1, tzinfo=UTC),
)


async def gets_a_ticket(telegram: Any, knowledge: Any, number: int) -> None:
    """Somebody asks for a human and tells which invoice it is."""
    person, talk = telegram.person(number), knowledge.texts.talk
    await person.says("转人工")
    await person.sees(lambda seen: talk.button_human_now in seen.buttons)
    await person.says(INVOICE)
    asked = await person.sees(lambda seen: talk.button_human_now in seen.buttons)
    await person.presses(talk.button_human_now, asked)
    await person.sees("已转给")


async def test_who_writes_from_two_addresses_is_one_person_and_deletes_both(
    telegram: Any, knowledge: Any, path: Path, eventually: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, office, talk = telegram.person(HOME), telegram.person(OFFICE), knowledge.texts.talk
    li, staff = telegram.person(LI), knowledge.texts.staff
    monkeypatch.setenv("FAPIAO_DATABASE", str(path))
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await gets_a_ticket(telegram, knowledge, HOME)
        await office.says("办公室这边也查不到")
        await office.sees(lambda seen: not seen.is_mine)

        async def are_one() -> bool:
            desk.arrived.set()
            people = await desk.read(lambda: list(desk.store._db["people"].rows))
            return len(people) == 1

        told = await asyncio.to_thread(CliRunner().invoke, app, ["join", WANG, THERE])
        assert told.exit_code == 0, told.output
        await eventually(are_one)
        await gets_a_ticket(telegram, knowledge, OFFICE)
        (first, second) = [row["number"] for row in await desk.read(desk.store.tickets.rows)]
        hint = knowledge.texts.hints.staff["reported"].replace("{ticket}", first)
        await li.sees(lambda seen: second in seen.text and hint in seen.text, chat=GROUP)

        await home.says("/delete")
        await home.sees(lambda seen: talk.button_delete in seen.buttons)
        await home.presses(talk.button_delete)
        await home.sees(talk.deleted)
        await office.sees(talk.deleted)

        async def closed() -> bool:
            rows = await desk.read(desk.store.tickets.rows)
            rooms = [
                await desk.read(desk.store.rooms.room, str(row["number"]), str(row["tier"]))
                for row in rows
            ]
            return all(room is not None and room.closed for room in rooms)

        await eventually(closed)
        for number in (first, second):
            card = await li.sees(
                lambda seen, n=number: n in seen.text and staff.erased_person in seen.text,
                chat=GROUP,
            )
            assert INVOICE not in card.text
        left = b"".join(each.read_bytes() for each in sorted(path.parent.iterdir()))
        assert [
            each for each in (INVOICE, "办公室这边", "王芳", "老陈") if each.encode() in left
        ] == []
        await office.says("/ticket")
        await office.sees(talk.no_ticket)


def press(update: int, data: str) -> str:
    """The update in which the person at home presses this button."""
    me = {"id": HOME, "is_bot": False, "first_name": "王芳"}
    message = {
        "message_id": 3,
        "date": 1,
        "chat": {"id": HOME, "type": "private"},
        "text": "确定吗",
    }
    query = {"id": "q1", "from": me, "chat_instance": "1", "data": data, "message": message}
    return json.dumps({"update_id": update, "callback_query": query})


def two_addresses(store: Store) -> None:
    """A person at home and in the office, with a ticket at each."""
    for number, address in (("F2222", WANG), ("F2223", THERE)):
        talk = Conversation(
            id=subject.conversation(address), address=address, person=Person(address, "王芳")
        )
        ticket = replace(TICKET, number=number)
        store.conversations.keep(Decision(conversation=talk, tickets=(ticket,)), 1.0)
    store.people.join(subject.conversation(WANG), THERE)


async def test_no_crash_leaves_half_of_a_person(still: Any) -> None:
    yes = button("", Delete(1, "yes")).data
    async with still() as desk:
        await desk.write(two_addresses, desk.store)
        arrival = Arrival("telegram", "7", WANG, press(7, yes))
        await desk.write(desk.store.inbox.take, [arrival], 1.0)
        assert (await desk.write(work_on, desk))[0] == 1
        assert await left(desk) == [THERE]
    async with still() as desk:  # as after a crash
        (row,) = await desk.read(desk.store.inbox.waiting, 9)
        assert row.subject == subject.conversation(THERE)
        assert (await desk.write(work_on, desk))[0] == 1
        assert await left(desk) == []
        assert {row["summary"] for row in await desk.read(desk.store.tickets.rows)} == {"erased::"}
        query = "select count(*) from people union all select count(*) from addresses"
        counts = await desk.read(lambda: desk.store._db.execute(query).fetchall())
        assert counts == [(0,), (0,)]


async def left(desk: Desk[Store]) -> list[str]:
    """The addresses of which there is still a conversation."""
    found = {each: subject.conversation(each) for each in (WANG, THERE)}
    load = desk.store.conversations.load
    return [each for each, of in found.items() if await desk.read(load, of) is not None]


async def test_a_join_that_comes_after_one_of_them_was_erased_does_nothing(still: Any) -> None:
    async with still() as desk:
        await desk.write(two_addresses, desk.store)
        await desk.write(erase.forget, desk, subject.conversation(THERE))
        joined = [
            internal_events.joined(one, two, one) for one, two in ((WANG, THERE), (THERE, WANG))
        ]
        await desk.write(desk.store.inbox.take, joined, 1.0)
        while await erase.go_on(desk):
            pass
        assert (await desk.write(work_on, desk))[0] == 2
        assert await desk.read(desk.store.inbox.failed) == []
        assert await desk.read(desk.store.people.at, THERE) is None
