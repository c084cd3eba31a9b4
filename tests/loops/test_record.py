"""What a whole desk records of a talk: with the event, by which FAQ, and gone with its person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.core.model import subject
from bot.loops import Desk
from bot.loops.work import work_on
from bot.matching import Matcher
from bot.store import Arrival, Store
from tests.addresses import LI, WANG

TOLD = (
    "select kind, what, role, agent, ticket, conversation, faq from record"
    " join inbox on inbox.id = seq join versions on versions.id = basis order by seq, n"
)
PLAYED = (
    "select channel, key, lane, payload, subject, received_at, faq from inbox"
    " left join versions on versions.id = basis order by inbox.id"
)
RECORDED = "select * from record order by seq, n"
QUESTION = "发票状态是什么意思"


async def rows(desk: Desk[Store], query: str) -> list[tuple[Any, ...]]:
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


async def test_what_happened_is_played_again_by_the_faq_that_each_event_names(
    telegram: Any, knowledge: Knowledge, tmp_path: Path, still: Any
) -> None:
    wang, talk, live = telegram.person(1001), knowledge.texts.talk, tmp_path / "live.db"
    nothing = replace(knowledge, matcher=Matcher({}), version="knows nothing")
    async with demo.desk_on(telegram, knowledge, live):
        await wang.says(QUESTION)
        await wang.sees(lambda seen: talk.button_helped in seen.buttons)
        await wang.presses(talk.button_helped)
        await wang.says("/diagnose")
        await wang.sees(lambda seen: talk.button_cancel in seen.buttons)
    async with demo.desk_on(telegram, nothing, live) as desk:
        await wang.says("/cancel")
        await wang.sees(talk.cancelled)
        await wang.says(QUESTION)
        await wang.sees(lambda seen: talk.button_human in seen.buttons)
        events, recorded = await rows(desk, PLAYED), await rows(desk, RECORDED)
    by = {each.version: each for each in (knowledge, nothing)}
    async with still() as desk:
        for *arrival, at, faq in events:
            desk.knowledge = by[faq or knowledge.version]
            await desk.write(desk.store.inbox.take, [Arrival(*arrival)], at)
            await desk.write(work_on if faq else _passed_over, desk)
        assert await rows(desk, RECORDED) == recorded
    given = [
        each for row in recorded for each in row if each in ("answered", "helped", "abstained")
    ]
    assert given == ["answered", "helped", "abstained"]


def _passed_over(desk: Desk[Store]) -> None:
    """What belonged to nobody is done without a word."""
    for row in desk.store.inbox.waiting(1):
        desk.store.inbox.done(row, None)
