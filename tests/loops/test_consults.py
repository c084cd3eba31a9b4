"""What agents ask of the desk is answered wherever they ask it in their group, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import LocalTelegram, Seen
from bot.local_telegram.wire.answers import Answer

GROUP = demo.FIRST_GROUP
ZHOU, OUTSIDER = 2002, 1002
MINE, QUEUE, FOUND = "我的工单", "要处理的", "找到"


@pytest.fixture
def topics() -> bool:
    return True


@pytest.fixture
async def telegram(knowledge: Knowledge, topics: bool) -> AsyncIterator[LocalTelegram]:
    async with demo.telegram_for(knowledge, topics=topics) as running:
        yield running


def answering(asked: Seen) -> Callable[[Seen], bool]:
    """Whether something is the answer to what was asked."""

    def is_it(seen: Seen) -> bool:
        return bool(seen.raw.get("reply_to_message", {}).get("message_id") == asked.id)

    return is_it


def either(test: Any) -> Any:
    return pytest.mark.parametrize("topics", [True, False], ids=["topics", "flat"])(test)


@either
async def test_a_question_is_answered_where_it_was_asked_with_the_way_to_each_room(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        where = ticket.thread or (await ticket.card()).id
        for thread in {None, ticket.thread}:
            asked = await ticket.li.says("/mine", chat=GROUP, thread=thread)
            told = await ticket.li.sees(answering(asked), chat=GROUP)
            assert (told.thread, told.text.startswith(MINE)) == (thread, True)
            assert f'href="https://t.me/c/1000000001/{where}"' in told.html
            assert "王芳" in told.text
        await ticket.li.says("/queue", chat=GROUP)
        assert "小李" in (await ticket.li.sees(QUEUE, chat=GROUP)).text
        await ticket.li.says("/find 王芳", chat=GROUP)
        assert "🟢" in (await ticket.li.sees(FOUND, chat=GROUP)).text
    assert await ticket.heard("/") == []


@either
async def test_what_one_agent_asks_or_orders_wrongly_nobody_else_reads(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    orders = ("/mine", "/queue", "/find 王芳", "/help", "/person", "/snooze", "/why", "/nonsense")
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        card, answers = await ticket.card(), set[str]()
        for order in orders:
            reply = None if ticket.thread else card
            asked = await ticket.li.says(order, chat=GROUP, thread=ticket.thread, reply_to=reply)
            told = await ticket.li.sees(answering(asked), chat=GROUP)
            answers.add(told.text)
        seen = {seen.text for seen in await telegram.person(ZHOU).history(chat=GROUP)}
    assert len(answers) == len(orders)
    assert not answers & seen
    assert seen >= set(orders)


async def test_where_one_cannot_be_told_alone_the_answer_stands_in_the_topic(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, faults: dict[str, Any]
) -> None:
    async def no_whispers(parameters: Any) -> Answer | None:
        refused = {"ok": False, "error_code": 400, "description": "Bad Request: no whispers"}
        return Answer(400, refused) if parameters.text("ephemeral_message_parameters") else None

    faults["sendMessage"] = no_whispers
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        asked = await ticket.li.says("/mine", chat=GROUP, thread=ticket.thread)
        told = await telegram.person(ZHOU).sees(answering(asked), chat=GROUP)
        assert told.text.startswith(MINE)


async def test_a_closed_tickets_topic_answers_as_well(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    agents = knowledge.texts.agents
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.li.says("/person", chat=GROUP, thread=ticket.thread)
        await ticket.li.sees(agents.person_none, chat=GROUP, thread=ticket.thread)
        await ticket.ends()
        await ticket.li.sees("⚪", chat=GROUP, thread=ticket.thread)
        await ticket.li.says("/mine", chat=GROUP)
        await ticket.li.sees(agents.mine_none, chat=GROUP)
        await ticket.li.says("/find 王芳", chat=GROUP)
        assert "⚪" in (await ticket.li.sees(FOUND, chat=GROUP)).text


async def test_who_does_not_belong_to_the_group_is_told_nothing(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any,
    faults: dict[str, Any],
) -> None:  # fmt: skip
    async def left(parameters: Any) -> Answer | None:
        user = {"id": ZHOU, "is_bot": False, "first_name": "周工"}
        gone = {"ok": True, "result": {"user": user, "status": "left"}}
        return Answer(200, gone) if parameters.integer("user_id") == ZHOU else None

    faults["getChatMember"] = left
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        for question in ("/queue", "/find 王芳"):
            await telegram.person(ZHOU).says(question, chat=GROUP)
            await telegram.person(ZHOU).sees(knowledge.texts.staff.members_only, chat=GROUP)
        said = [seen.text for seen in await ticket.li.history(chat=GROUP)]
    assert not any(text.startswith((FOUND, "一线客服")) for text in said)


async def test_in_private_and_elsewhere_nothing_is_told(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.wang.says("/queue")
        told = await ticket.wang.sees(lambda seen: not seen.is_mine and seen.text != "")
        assert QUEUE not in told.text


async def test_who_cannot_be_checked_is_told_to_wait_where_they_asked(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any,
    faults: dict[str, Any], hasty: None, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    silent = [True]

    async def fail(parameters: Any) -> Answer | None:
        error = {"ok": False, "error_code": 500, "description": "Oops"}
        return Answer(500, error) if silent[0] else None

    faults["getChatMember"] = fail
    monkeypatch.setattr("bot.loops.members.PATIENCE", 0.0)
    async with demo.desk_on(telegram, knowledge, path):
        asked = await ticket.li.says("/queue", chat=GROUP)
        told = await ticket.li.sees(answering(asked), chat=GROUP)
        assert "暂时查不到" in told.text
        silent[0] = False
        await ticket.li.sees(knowledge.texts.agents.queue_none, chat=GROUP)


async def test_nothing_of_an_answer_is_kept_that_nobody_could_erase(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        await ticket.li.says("/find 王芳", chat=GROUP)
        await ticket.li.sees(FOUND, chat=GROUP)
        query = "select count(*) from {} where subject = 'desk:' and {} != '' and status = '{}'"

        def kept() -> int:
            db = desk.store._db
            return sum(
                db.execute(query.format(*of)).fetchone()[0]
                for of in (("outbox", "effect", "sent"), ("inbox", "payload", "done"))
            )

        assert await desk.read(kept) == 0


async def test_who_goes_gives_back_what_they_own_and_is_assigned_nothing(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    agents = knowledge.texts.agents
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.li.says("/away", chat=GROUP)
        asked = await ticket.li.sees(
            lambda seen: agents.button_hand_back in seen.buttons, chat=GROUP
        )
        await ticket.li.presses(agents.button_hand_back, asked)
        await ticket.li.sees("不在，放回了", chat=GROUP, thread=ticket.thread)
        await ticket.li.says("/queue", chat=GROUP)
        assert agents.unowned in (await ticket.li.sees(QUEUE, chat=GROUP)).text
        zhou = telegram.person(ZHOU)
        await zhou.says("/assign 小李", chat=GROUP, thread=ticket.thread)
        await zhou.sees("现在不在，没有指派", chat=GROUP, thread=ticket.thread)
        await ticket.marked(await ticket.li.says("/here", chat=GROUP), agents.mark_done)
        await zhou.says("/assign @xiaoli", chat=GROUP, thread=ticket.thread)
        await ticket.li.sees("指派给 小李 @xiaoli", chat=GROUP, thread=ticket.thread)


async def test_a_tier_that_deals_by_turns_gives_a_new_ticket_to_who_is_there(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    tiers = tuple(replace(tier, assign="fair") for tier in knowledge.tiers.tiers)
    fair = replace(knowledge, tiers=replace(knowledge.tiers, tiers=tiers))
    talk = knowledge.texts.talk
    async with demo.desk_on(telegram, fair, path):
        here = await ticket.li.says("/here", chat=GROUP)
        await ticket.marked(here, knowledge.texts.agents.mark_done)
        await ticket.wang.says("/human")
        await ticket.wang.sees(lambda seen: talk.button_human_now in seen.buttons)
        await ticket.wang.presses(talk.button_human_now)
        await ticket.wang.sees("小李")
        await ticket.li.sees("自动分给 小李 @xiaoli", chat=GROUP)
