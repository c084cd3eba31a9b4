"""Who cannot be checked waits alone; nobody is taken for a stranger because Telegram is silent."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import LocalTelegram
from bot.local_telegram.faults.troubles import Trouble
from bot.local_telegram.wire.answers import Answer
from bot.local_telegram.wire.errors import ApiError, bad_request, forbidden, migrated
from bot.loops.members import FIRST, FRESH, LONGEST, PATIENCE, _waits

GROUP = demo.FIRST_GROUP
LI, ZHOU = 2001, 2002
TELLS = "暂时查不到"


@pytest.fixture
def unknown(faults: dict[str, Any]) -> set[int]:
    """The people of whom Telegram cannot say whether they are members."""
    people: set[int] = set()

    async def fail(parameters: Any) -> Answer | None:
        away = parameters.integer("user_id") in people
        return (
            Answer(500, {"ok": False, "error_code": 500, "description": "Oops"}) if away else None
        )

    faults["getChatMember"] = fail
    return people


async def answers(ticket: Any, part: str) -> int:
    """In how many messages of the room the desk says this."""
    said = await ticket.li.history(chat=GROUP, thread=ticket.thread)
    return sum(part in seen.text for seen in said if not seen.is_mine)


def asked(telegram: LocalTelegram) -> int:
    return sum(call.method == "getChatMember" for call in telegram.calls)


async def test_a_stranger_who_cannot_be_checked_holds_up_nobody_else(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, unknown: set[int],
    hasty: None, eventually: Any,
) -> None:  # fmt: skip
    zhou = telegram.person(ZHOU)
    unknown.add(ZHOU)
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await ticket.opens()
        for n in range(200):
            await zhou.says(f"旁人{n}", chat=GROUP, thread=ticket.thread)
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
        await zhou.says("旁人200", chat=GROUP, thread=ticket.thread)
        await ticket.wang.says("问题0")
        await ticket.li.sees("问题0", chat=GROUP, thread=ticket.thread)
        assert await desk.read(desk.store.inbox.backlog) == 201
        unknown.clear()

        async def done() -> bool:
            return not await desk.read(desk.store.inbox.backlog)

        await eventually(done)
        rows = await desk.read(lambda: [*desk.store._db["messages"].rows])
    notes = [row["text"] for row in rows if row["name"] == "周工"]
    assert notes == [f"旁人{n}" for n in range(201)]


async def test_somebody_who_is_held_in_one_topic_is_asked_for_anew_in_the_next(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, unknown: set[int],
    hasty: None,
) -> None:  # fmt: skip
    chen, zhou = telegram.person(1002), telegram.person(ZHOU)
    unknown.add(ZHOU)
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        first = ticket.thread
        await zhou.says("第一处", chat=GROUP, thread=first)
        await chen.says("/human")
        await chen.sees(lambda s: knowledge.texts.talk.button_human_now in s.buttons)
        await chen.presses(knowledge.texts.talk.button_human_now)
        await ticket.li.sees(
            lambda s: knowledge.texts.staff.button_claim in s.buttons and s.thread != first,
            chat=GROUP,
        )
        await zhou.says("第二处", chat=GROUP, thread=ticket.thread)
        unknown.clear()
        for thread in (first, ticket.thread):
            await zhou.sees(lambda s: "没有发给用户" in s.text, chat=GROUP, thread=thread)


REFUSALS = {
    "chat": bad_request("chat not found"),
    "admin": bad_request("CHAT_ADMIN_REQUIRED"),
    "list": bad_request("member list is inaccessible"),
    "id": bad_request("invalid user_id specified"),
    "kicked": forbidden("bot was kicked from the supergroup chat"),
    "token": ApiError(401, "Unauthorized"),
    "method": ApiError(404, "Not Found"),
    "server": ApiError(500, "Internal Server Error"),
    "words": bad_request("something that Telegram says next year"),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_says_nothing_of_the_person_who_is_told_once_and_heard_later(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, clock: Any,
    hasty: None, eventually: Any, refusal: ApiError,
) -> None:  # fmt: skip
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await ticket.opens()
        clock.now += FRESH
        telegram.faults.on("getChatMember", refusal, times=None)
        for n in range(3):
            await ticket.answers(f"答复{n}")
        before = asked(telegram)

        async def asked_again() -> bool:
            return asked(telegram) >= before + 3

        await eventually(asked_again)
        assert await answers(ticket, TELLS) == 0
        clock.now += PATIENCE
        await ticket.li.sees(TELLS, chat=GROUP, thread=ticket.thread)
        before, clock.now = asked(telegram), clock.now + 10 * PATIENCE
        await eventually(asked_again)
        telegram.faults.clear()
        await ticket.wang.sees("答复2")
        assert await answers(ticket, TELLS) == 1
        assert await answers(ticket, knowledge.texts.staff.members_only) == 0
    assert await ticket.heard("答复") == ["答复0", "答复1", "答复2"]


def member(status: str, **more: Any) -> Trouble:
    """An answer about 小李."""
    user = {"id": LI, "is_bot": False, "first_name": "小李"}
    told = {"status": status, "user": user, "until_date": 0, **more}
    return Trouble(Answer(200, {"ok": True, "result": told}))


STRANGERS = {
    "user": bad_request("user not found"),
    "member": bad_request("member not found"),
    "participant": bad_request("PARTICIPANT_ID_INVALID"),
    "left": member("left"),
    "kicked": member("kicked"),
    "restricted": member("restricted", is_member=False),
}


@pytest.mark.parametrize("answer", STRANGERS.values(), ids=STRANGERS)
async def test_who_is_no_member_by_telegrams_own_words_is_told_so_at_once(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, clock: Any, answer: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await ticket.opens()
        clock.now += FRESH
        telegram.faults.on("getChatMember", answer)
        await ticket.answers("答复0")
        members_only = knowledge.texts.staff.members_only
        await ticket.li.sees(members_only, chat=GROUP, thread=ticket.thread)
        before = asked(telegram)
        await ticket.answers("答复1")
        await ticket.li.sees(members_only, chat=GROUP, thread=ticket.thread)
    assert asked(telegram) == before
    assert await ticket.heard("答复") == []


async def test_a_member_who_is_restricted_is_heard(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, clock: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await ticket.opens()
        clock.now += FRESH
        telegram.faults.on("getChatMember", member("restricted", is_member=True))
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")


async def test_who_waits_to_be_checked_waits_through_restarts_in_order_and_is_told_once(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, clock: Any,
    hasty: None, eventually: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.loops.PATIENCE", 0.1)  # what is held is not finished before leaving
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await ticket.opens()
    clock.now += FRESH
    telegram.faults.on("getChatMember", "error 500", times=None)
    for life in range(3):
        async with demo.desk_on(telegram, knowledge, path, clock=clock) as desk:
            before = asked(telegram)
            await ticket.answers(f"答复{life}")

            async def all_held(count: int = life + 1, before: int = before) -> bool:
                waits = await desk.read(desk.store.inbox.waiting, 50)
                held = sum(row.lane == f"{GROUP}/{ticket.thread}/{LI}" for row in waits)
                return held == count and asked(telegram) > before + 2

            await eventually(all_held)
            clock.now += PATIENCE
            if not life:
                await ticket.li.sees(TELLS, chat=GROUP, thread=ticket.thread)
    telegram.faults.clear()
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await ticket.answers("答复3")
        await ticket.wang.sees("答复3")
    assert await ticket.heard("答复") == [f"答复{n}" for n in range(4)]
    assert await answers(ticket, TELLS) == 1


async def test_a_press_that_waits_to_be_checked_is_done_in_its_turn(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, clock: Any, hasty: None
) -> None:
    staff = knowledge.texts.staff
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await ticket.opens()
        clock.now += FRESH
        telegram.faults.on("getChatMember", "error 500", times=None)
        await ticket.answers("答复0")
        pressing = asyncio.ensure_future(
            ticket.li.presses(staff.button_resolve, await ticket.card())
        )
        clock.now += PATIENCE
        await ticket.li.sees(TELLS, chat=GROUP, thread=ticket.thread)
        telegram.faults.clear()
        await ticket.wang.sees("答复0")
        await ticket.wang.sees(lambda seen: knowledge.texts.talk.button_resolved in seen.buttons)
        assert (await pressing).answered


async def test_a_group_that_has_moved_is_followed_by_whoever_is_checked_in_it(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, clock: Any, hasty: None
) -> None:
    new = GROUP - 1000
    async with demo.desk_on(telegram, knowledge, path, clock=clock):
        await ticket.opens()
        clock.now += FRESH
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
        telegram.world.updates.allow(["callback_query"])
        telegram.make_supergroup(GROUP, LI, new, is_forum=True)
        telegram.world.updates.allow(["message", "callback_query", "edited_message"])
        clock.now += FRESH
        telegram.faults.on("getChatMember", migrated(new))
        await ticket.answers("答复1")
        await ticket.li.sees(knowledge.texts.staff.group_moved, chat=new)
        ticket.group = new
        await ticket.li.sees("🎫", chat=new)
        await ticket.answers("答复2")
        await ticket.wang.sees("答复2")


def test_the_waits_between_two_attempts_grow_to_a_minute() -> None:
    waits = _waits()
    assert [next(waits) for _ in range(7)] == [2, 4, 8, 16, 32, 60, 60]
    assert (FIRST, LONGEST) == (2, 60)
