"""What a whole desk records of a talk: with the event, by which FAQ, and gone with its person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.core.model import subject
from bot.loops import Desk
from tests.addresses import LI, WANG

TOLD = (
    "select kind, what, role, agent, ticket, conversation, faq from record"
    " join inbox on inbox.id = seq join versions on versions.id = basis order by seq, n"
)


async def rows(desk: Desk, query: str) -> list[tuple[Any, ...]]:
    return await desk.read(lambda: desk.store._db.execute(query).fetchall())


async def test_a_ticket_is_recorded_with_its_events_until_its_person_is_erased(
    telegram: Any, knowledge: Knowledge, path: Path
) -> None:
    wang, li, talk = telegram.person(1001), telegram.person(2001), knowledge.texts.talk
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await wang.says("转人工")
        await wang.sees(lambda seen: talk.button_human_now in seen.buttons)
        await wang.presses(talk.button_human_now)
        card = await li.sees("🎫", chat=demo.FIRST_GROUP)
        await li.says("/claim", chat=demo.FIRST_GROUP, thread=card.thread)
        await wang.sees("小李")
        told = await rows(desk, TOLD)
        ((number,),) = await rows(desk, "select number from tickets")
        of = (subject.conversation(WANG), knowledge.version)
        moved = [row for row in told if row[0] == "ticket"]
        assert moved == [
            ("ticket", "opened", "person", "", number, *of),
            ("ticket", "claimed", "agent", LI, number, *of),
        ]
        assert {row[-2:] for row in told} == {of}
        assert await rows(desk, "select count(*) from record") == [(len(told),)]
        await wang.says("/delete")
        await wang.sees(lambda seen: talk.button_delete in seen.buttons)
        await wang.presses(talk.button_delete)
        await wang.sees(talk.deleted)
        assert await rows(desk, "select * from record") == []
        sums = await rows(desk, "select what, count from daily where kind = 'ticket'")
        assert dict(sums) == {"opened": 1, "claimed": 1, "erased": 1}
