"""What agents ask while they write is answered at once, for members alone, beside the inbox."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.app import demo
from bot.core.model.snippet import Snippet
from bot.local_telegram.client_api import inline as asking
from bot.loops import inline, poll
from bot.loops.members import FRESH
from bot.loops.receive import take
from tests.addresses import on_telegram

WANG, LI, ZHOU = 1001, 2001, 2002
GROUP = demo.FIRST_GROUP
LI_AT, GROUP_AT = on_telegram(LI), on_telegram(GROUP)


def called(telegram: Any, method: str) -> list[dict[str, Any]]:
    return [call.parameters for call in telegram.calls if call.method == method]


@pytest.fixture
def words(knowledge: Any) -> tuple[str, str]:
    """A question, and the title of the entry that answers it."""
    entry = next(iter(knowledge.entries.values()))
    return entry.phrasings[0], entry.title


async def test_an_agent_is_offered_answers_and_sends_one_into_the_topic(
    telegram: Any, still: Any, running: Any, words: tuple[str, str]
) -> None:
    question, title = words
    li = telegram.person(LI)
    async with still() as desk, running(poll(desk)):
        offered = await li.asks(question, chat=GROUP)
        assert offered.results[0].title == title
        sent = await li.chooses(title, offered, chat=GROUP)
        assert sent.raw["via_bot"]["username"] == "fapiao_desk_bot"
        assert sent.text.startswith(title)
        again = await li.asks(question, chat=GROUP)
        assert again.results == offered.results
        assert await desk.read(desk.store.inbox.waiting, 10) != []
    assert len(called(telegram, "answerInlineQuery")) == 2, "Telegram kept the first answer"
    (first, _) = called(telegram, "answerInlineQuery")
    assert (first["cache_time"], first["is_personal"]) == (0, True)


async def test_a_question_is_no_event(telegram: Any, still: Any, running: Any) -> None:
    async with still() as desk, running(poll(desk)):
        await telegram.person(LI).asks("查不到", chat=GROUP)
        assert await desk.read(desk.store.inbox.waiting, 10) == []
        assert await desk.read(desk.store.inbox.failed) == []


async def test_who_belongs_to_no_group_is_offered_nothing(
    telegram: Any, still: Any, running: Any, words: tuple[str, str]
) -> None:
    question, _ = words
    async with still() as desk, running(poll(desk)):
        offered = await telegram.person(WANG).asks(question)
        assert (offered.answered, offered.results) == (True, ())
        asked = len(called(telegram, "getChatMember"))
        assert asked == len(desk.knowledge.tiers.tiers)
        await telegram.person(WANG).asks("别的问题")
        assert len(called(telegram, "getChatMember")) == asked
        desk.clock.now += FRESH + 1
        await telegram.person(WANG).asks("还有")
        assert len(called(telegram, "getChatMember")) == 2 * asked


async def test_who_is_known_to_belong_is_not_asked_for(
    telegram: Any, still: Any, running: Any, words: tuple[str, str]
) -> None:
    question, title = words
    async with still() as desk, running(poll(desk)):
        await desk.write(desk.store.rooms.put_membership, GROUP_AT, LI_AT, True, desk.clock())
        offered = await telegram.person(LI).asks(question, chat=GROUP)
        assert offered.results[0].title == title
    assert called(telegram, "getChatMember") == []


async def test_where_membership_cannot_be_told_nothing_is_offered(
    telegram: Any, still: Any, running: Any, words: tuple[str, str]
) -> None:
    telegram.faults.on("getChatMember", "error 500", times=None)
    async with still() as desk, running(poll(desk)):
        assert (await telegram.person(LI).asks(words[0], chat=GROUP)).results == ()
        assert await desk.read(desk.store.rooms.membership, GROUP_AT, LI_AT, 0.0) is None
        telegram.faults.clear()
        assert (await telegram.person(LI).asks(words[0], chat=GROUP)).results


@pytest.mark.parametrize("wrong", ["error 500", "unreadable", "reset"])
async def test_an_answer_that_fails_costs_itself_alone(
    telegram: Any, still: Any, running: Any, words: tuple[str, str], monkeypatch: Any, wrong: str
) -> None:
    monkeypatch.setattr(asking, "INLINE_SECONDS", 0.5)
    telegram.faults.on("answerInlineQuery", wrong)
    async with still() as desk, running(poll(desk)):
        assert not (await telegram.person(LI).asks(words[0], chat=GROUP)).answered
        monkeypatch.undo()
        assert (await telegram.person(LI).asks(words[0], chat=GROUP)).results
        assert await desk.read(desk.store.inbox.failed) == []


async def test_a_slow_answer_and_a_broken_one_are_forgotten(
    telegram: Any, still: Any, running: Any, monkeypatch: Any, caplog: Any
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(asking, "INLINE_SECONDS", 0.3)
    monkeypatch.setattr(inline, "PATIENCE", 0.05)
    telegram.faults.on("answerInlineQuery", "timeout")
    async with still() as desk, running(poll(desk)):
        assert not (await telegram.person(LI).asks("慢", chat=GROUP)).answered
        assert "not answered in time" in caplog.text

        def broken(*given: object) -> tuple[Snippet, ...]:
            raise RuntimeError("broken")

        monkeypatch.setattr("bot.core.staff.inline.snippets", broken)
        monkeypatch.setattr(inline, "PATIENCE", 5.0)
        assert not (await telegram.person(LI).asks("坏", chat=GROUP)).answered
        assert "what was asked inline is not answered" in caplog.text
        assert desk.asking == set()


async def test_too_much_at_once_is_left_unanswered(
    telegram: Any, still: Any, running: Any, monkeypatch: Any, words: tuple[str, str]
) -> None:
    monkeypatch.setattr(inline, "AT_ONCE", 1)
    monkeypatch.setattr(asking, "INLINE_SECONDS", 1.0)
    async with still() as desk:
        telegram.world.updates.allow(["inline_query"])
        pending = [
            asyncio.create_task(telegram.person(who).asks(words[0], chat=GROUP))
            for who in (LI, ZHOU)
        ]
        while len(telegram.world.updates.pending) < 2:
            await asyncio.sleep(0.01)
        (channel,) = desk.channels.values()
        await take(desk, channel, await channel.fetch())
        answers = await asyncio.gather(*pending)
    assert sorted(each.answered for each in answers) == [False, True]


async def test_one_that_makes_no_sense_is_kept_and_told(still: Any) -> None:
    raw = {"update_id": 1, "inline_query": {"id": 7, "from": {"id": LI}, "query": "查"}}
    async with still() as desk:
        (channel,) = desk.channels.values()
        await take(desk, channel, [channel.posted(json.dumps(raw).encode())])
        (row,) = await desk.read(desk.store.inbox.waiting, 10)
        assert row.payload == json.dumps(raw, ensure_ascii=False)
        assert desk.asking == set()


async def test_what_an_agent_chooses_in_a_topic_is_passed_on(
    telegram: Any, ticket: Any, knowledge: Any, path: Any, words: tuple[str, str]
) -> None:
    question, title = words
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        offered = await ticket.li.asks(question, chat=GROUP)
        await ticket.li.chooses(title, offered, chat=GROUP, thread=ticket.thread)
        seen = await ticket.wang.sees(title)
        assert "via_bot" not in seen.raw
        assert seen.sender != "小李"


async def test_a_canned_reply_reaches_the_person_filled_for_the_ticket_of_the_topic(
    telegram: Any, ticket: Any, knowledge: Any, path: Any
) -> None:
    agents = knowledge.texts.agents
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        offered = await ticket.li.asks("", chat=GROUP)
        assert [r.title for r in offered.results] == [r.title for r in knowledge.replies]
        sent = await ticket.li.chooses("抱歉久等了", offered, chat=GROUP, thread=ticket.thread)
        assert sent.text.startswith("{姓名}您好，我是{客服}")
        seen = await ticket.wang.sees("王芳您好，我是小李，让您久等了")
        assert "{" not in seen.text
        await ticket.li.sees("王芳您好，我是小李", chat=GROUP, thread=ticket.thread)
        await ticket.li.reacts(sent, "👍")
        await ticket.li.chooses("最晚哪天回复", offered, chat=GROUP, thread=ticket.thread)
        told = agents.reply_missing.format(missing=agents.variables["promised"])
        await ticket.li.sees(told, chat=GROUP, thread=ticket.thread)
        await ticket.answers("{姓名}照抄")
        await ticket.wang.sees("{姓名}照抄")
        assert await desk.read(desk.store.inbox.failed) == []
    said = await ticket.heard("")
    assert sum(text.startswith("王芳您好，我是小李") for text in said) == 1
    assert not any("最晚" in text for text in said)
