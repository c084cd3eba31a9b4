"""What people do to the rooms and groups, and what Telegram will not take: nothing goes unsaid."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from sqlite_utils import Database

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.core.model.effects import Group, Send
from bot.local_telegram import LocalTelegram
from bot.local_telegram.wire.errors import bad_request
from bot.store.account import account

GROUP = demo.FIRST_GROUP
LI = 2001


async def test_a_topic_that_was_deleted_is_made_again_with_all_that_was_said(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.wang.says("问题0")
        await ticket.li.sees("问题0", chat=GROUP)
        old = ticket.thread
        await ticket.li.does("topic", chat=GROUP, thread=old, action="delete")
        for asked in ("问题1", "问题2"):
            await ticket.wang.says(asked)
        again = await ticket.li.sees("已重建", chat=GROUP)
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
    assert again.thread == ticket.thread != old
    said = [seen.text for seen in await ticket.li.history(chat=GROUP, thread=ticket.thread)]
    (history,) = [text for text in said if knowledge.texts.staff.history.strip("*") in text]
    assert [f"问题{n}" in history for n in range(2)] == [True, True]
    assert any("问题2" in text for text in said)


async def test_a_topic_closed_by_hand_is_opened_again_and_says_why(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        await ticket.li.does("topic", chat=GROUP, thread=ticket.thread, action="close")
        await ticket.li.sees("话题已重新打开", chat=GROUP, thread=ticket.thread)
        assert not telegram.world.chats[GROUP].topics[ticket.thread].closed
        await ticket.wang.says("问题0")
        await ticket.li.sees("问题0", chat=GROUP, thread=ticket.thread)
        await ticket.ends()
        await ticket.wang.sees("🎉 好的")
        await ticket.li.sees("用户确认已解决", chat=GROUP)
    assert telegram.world.chats[GROUP].topics[ticket.thread].closed


@pytest.mark.parametrize("may_open", [True, False], ids=["reopened", "replaced"])
async def test_what_a_closed_topic_refused_is_shown_all_the_same(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, may_open: bool
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        old = ticket.thread
        telegram.faults.on("copyMessage", "topic closed", chat=GROUP)
        if may_open:
            telegram.world.chats[GROUP].topics[old].closed = True
        else:
            telegram.faults.on("reopenForumTopic", bad_request("not enough rights"))
        await ticket.wang.says("问题0")
        await ticket.wang.says("问题1")
        await ticket.li.sees("重新打开" if may_open else "已重建", chat=GROUP)
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
    assert (ticket.thread == old) is may_open
    said = "\n".join(
        seen.text for seen in await ticket.li.history(chat=GROUP, thread=ticket.thread)
    )
    assert "问题0" in said
    assert "问题1" in said


async def test_without_the_bot_in_the_group_nothing_is_lost_and_another_tier_is_told(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        telegram.remove_bot(GROUP, by=LI)
        for asked in ("问题0", "问题1"):
            await ticket.wang.says(asked)
        await telegram.person(2002).sees("所在的群组不能用", chat=GROUP - 1)
        telegram.add_bot(GROUP, by=LI)
        await ticket.li.sees("问题1", chat=GROUP)
        await ticket.answers("答复0")
        await ticket.wang.sees("答复0")
    assert await ticket.shown("问题") == ["问题0", "问题1"]


async def waits_to_be_tried_again(desk: Any, now: float) -> bool:
    return await desk.read(desk.store.outbox.next_due, now) is not None


async def test_who_blocked_the_bot_costs_one_attempt_and_the_agent_is_told(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, clock: Any,
    eventually: Any,
) -> None:  # fmt: skip
    async with demo.desk_on(telegram, knowledge, path, clock=clock) as desk:

        async def backlog(wanted: int) -> bool:
            return await desk.read(desk.store.outbox.backlog) == wanted

        await ticket.opens()
        await eventually(lambda: backlog(0))
        telegram.faults.on("sendMessage", "error 500", chat=ticket.wang.id)
        for n in range(3):
            await ticket.answers(f"答复{n}")
        await eventually(lambda: backlog(3))
        await eventually(lambda: waits_to_be_tried_again(desk, clock()))
        telegram.world.users[ticket.wang.id].blocked = True  # and no update tells
        before = len(list(telegram.calls))
        clock.now += 10
        desk.ordered.set()
        await ticket.li.sees("消息送不到", chat=GROUP)
        await ticket.li.presses(knowledge.texts.staff.button_resolve, await ticket.card())
        await ticket.answers("答复3")
        await ticket.li.sees("消息送不到", chat=GROUP)
        await eventually(lambda: backlog(0))
        tried = [c for c in list(telegram.calls)[before:] if c.parameters.get("chat_id") == "1001"]
        await ticket.wang.does("unblock")
        await ticket.wang.says("我回来了")
        await ticket.li.sees("重新启用", chat=GROUP)
    assert [call.method for call in tried] == ["sendMessage"]


@pytest.mark.parametrize(
    ("trouble", "reason"), [("too big", "文件太大"), ("nothing to copy", "原消息已被删除")]
)
async def test_what_cannot_be_passed_on_is_told_with_its_reason_and_the_next_goes_on(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, trouble: str, reason: str
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        for chat in (GROUP, ticket.wang.id):
            telegram.faults.on("copyMessage", trouble, chat=chat)
        await ticket.wang.says("问题0")
        said = await ticket.li.sees("问题0", chat=GROUP, thread=ticket.thread)
        assert reason in said.text
        here = {"chat": GROUP, "thread": ticket.thread}
        await ticket.li.sends_kind("photo", caption="答复0", **here)
        said = await ticket.li.sees("答复0", **here)
        assert reason in said.text
        await ticket.wang.says("问题1")
        await ticket.answers("答复1")
        await ticket.wang.sees("答复1")
        await ticket.li.sees("问题1", chat=GROUP)
    assert (await ticket.heard("答复"), await ticket.shown("问题")) == (["答复1"], ["问题1"])


async def test_a_card_that_is_gone_is_sent_again(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        telegram.faults.on("editMessageText", "nothing to edit", chat=GROUP)
        await ticket.li.presses(knowledge.texts.staff.button_resolve, await ticket.card())
        await ticket.wang.sees(lambda seen: knowledge.texts.talk.button_resolved in seen.buttons)
        await ticket.li.sees(knowledge.texts.staff.statuses["resolved"], chat=GROUP)
        cards = [s for s in await ticket.li.history(chat=GROUP) if s.text.startswith("🎫")]
    assert len(cards) == 2


async def refused_notice(desk: Any, eventually: Any) -> list[tuple[str, int]]:
    """What becomes of a notice that is about nobody and that the first tier's group refuses."""
    notice = Send(to=Group("frontline"), text="本群已升级")

    async def all_done() -> bool:  # asked at once: a refusal moves from one to the other
        left = desk.store.inbox.backlog, desk.store.outbox.backlog
        return not await desk.read(lambda: sum(backlog() for backlog in left))

    await desk.write(desk.store.outbox.put, "desk:", [notice], desk.clock())
    desk.ordered.set()
    await eventually(all_done)
    query = "select status, settled from outbox where subject = 'desk:' order by id"
    return list(await desk.read(lambda: desk.store._db.execute(query).fetchall()))


async def test_a_notice_about_nobody_that_a_group_refuses_is_told_to_another_tier(
    telegram: LocalTelegram, knowledge: Knowledge, path: Any, eventually: Any
) -> None:
    telegram.faults.on("sendMessage", bad_request("no"), chat=GROUP)
    async with demo.desk_on(telegram, knowledge, path) as desk:
        rows = await refused_notice(desk, eventually)
        await telegram.person(2002).sees("本群已升级", chat=GROUP - 1)
    assert rows == [("failed", 1), ("sent", 0)]


async def test_a_notice_that_every_group_refuses_is_known_to_be_untold(
    telegram: LocalTelegram, knowledge: Knowledge, path: Any, eventually: Any, caplog: Any
) -> None:
    for chat in (GROUP, GROUP - 1):
        telegram.faults.on("sendMessage", bad_request("no"), chat=chat)
    async with demo.desk_on(telegram, knowledge, path) as desk:
        assert await refused_notice(desk, eventually) == [("failed", 1), ("failed", 0)]
    found = account(path)
    assert found is not None
    assert (found.untold, found.orders.given_up, found.orders.failed) == (1, 1, 1)
    assert "what order 2 says could be told to no group" in caplog.text
    with closing(Database(path)) as db:  # what the fault tests promise is for all others
        db.execute("update outbox set settled = 1")
        db.conn.commit()
