"""Telegram fails at whatever the desk calls it for: the ticket and the talk survive."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import LocalTelegram
from bot.local_telegram.faults.troubles import PASSING, SWIFT

CALLED = (
    "sendMessage",
    "copyMessage",
    "createForumTopic",
    "editForumTopic",
    "closeForumTopic",
    "editMessageText",
    "editMessageReplyMarkup",
    "answerCallbackQuery",
    "getChat",
    "getChatMember",
)
ASKED = [f"问题{n}" for n in range(3)]
TOLD = [f"答复{n}" for n in range(3)]


async def whole_ticket(ticket: Any) -> None:
    """From the first word to solved, with words both ways, one of them edited."""
    await ticket.opens()
    for asked, told in zip(ASKED, TOLD, strict=True):
        said = await ticket.wang.says(asked)
        await ticket.li.sees(asked, chat=ticket.group)
        await ticket.answers(told)
        await ticket.wang.sees(told)
    await ticket.wang.edits(said, "问题2，改了")
    await ticket.li.sees("改了", chat=ticket.group)
    await ticket.ends()
    await ticket.wang.sees("已关闭")


async def all_said(desk: Any) -> bool:
    return not await desk.read(desk.store.outbox.backlog)


def once(texts: list[str]) -> list[str]:
    """Without what follows itself."""
    return [text for text, _ in groupby(texts)]


@pytest.mark.parametrize("trouble", [name for name in PASSING if name != "too many"])
async def test_whatever_call_fails_the_ticket_and_the_talk_survive(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, hasty: None,
    eventually: Any, trouble: str,
) -> None:  # fmt: skip
    async with demo.desk_on(telegram, knowledge, path) as desk:
        for method in CALLED:
            telegram.faults.on(method, trouble)
        await whole_ticket(ticket)
        await eventually(lambda: all_said(desk))
        (row,) = await desk.read(desk.store.tickets.rows)
        failed = await desk.read(desk.store.inbox.failed)
    befell = {each.to for each in telegram.faults.happened}
    assert befell == set(CALLED)
    assert (row["status"], failed) == ("closed", [])
    heard, shown = await ticket.heard("答复"), await ticket.shown("问题")
    assert once(heard) == TOLD
    assert once(shown) == [*ASKED[:2], "问题2，改了"]
    repeated = len(heard) + len(shown) - 6
    assert repeated <= trouble.endswith("after")


async def test_asked_to_wait_the_desk_waits_and_says_everything_once_and_in_order(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, hasty: None
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await ticket.opens()
        telegram.faults.on("sendMessage", "too many", chat=ticket.wang.id)
        telegram.faults.on("copyMessage", "too many", chat=ticket.group)
        for asked, told in zip(ASKED, TOLD, strict=True):
            await ticket.wang.says(asked)
            await ticket.answers(told)
        await ticket.wang.sees(TOLD[-1])
        await ticket.li.sees(ASKED[-1], chat=ticket.group)
    assert (await ticket.heard("答复"), await ticket.shown("问题")) == (TOLD, ASKED)
    befell = sorted(each.to for each in telegram.faults.happened)
    assert befell == ["copyMessage", "sendMessage"]
    assert sum(call.method == "copyMessage" for call in telegram.calls) == 4


@pytest.mark.parametrize(
    "trouble",
    ["too many", "error 500", "bad gateway", "reset", "reset after", "garbage", "timeout"],
)
async def test_updates_that_could_not_be_fetched_are_fetched_later(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, hasty: None,
    monkeypatch: pytest.MonkeyPatch, trouble: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.channels.telegram.polling.POLL", 0)
    for asked in ASKED:
        await ticket.wang.says(f"/help {asked}")
    telegram.faults.on("getUpdates", trouble)
    async with demo.desk_on(telegram, knowledge, path):
        for _ in ASKED:
            await ticket.wang.sees("/diagnose")
        await ticket.wang.says("/privacy")
        await ticket.wang.sees("资料怎样使用")
    assert len(telegram.faults.happened) == 1
    assert len(await ticket.heard("")) == len(ASKED) + 1


@pytest.mark.parametrize("seed", range(2))
async def test_in_a_storm_nothing_is_lost_and_order_is_kept(
    ticket: Any, telegram: LocalTelegram, knowledge: Knowledge, path: Any, hasty: None,
    eventually: Any, seed: int,
) -> None:  # fmt: skip
    kinds = [name for name in SWIFT if name != "too many"]
    async with demo.desk_on(telegram, knowledge, path) as desk:
        telegram.faults.at_random(0.2, seed=seed, troubles=kinds)
        await whole_ticket(ticket)
        await eventually(lambda: all_said(desk))
        assert len(await desk.read(desk.store.tickets.rows)) == 1
    assert once(await ticket.heard("答复")) == TOLD
    shown = await ticket.shown("问题")
    # Of what was said twice, as its answer got lost, only the second is known and edited.
    assert {*ASKED[:2], "问题2，改了"} <= set(shown) <= {*ASKED, "问题2，改了"}
    assert [each for each in once(shown) if each in ASKED[:2]] == ASKED[:2]
    assert len(telegram.faults.happened) > 5
