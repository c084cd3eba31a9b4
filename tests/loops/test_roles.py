"""What is for somebody who runs the desk is said in their own chat, and never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.app import demo
from bot.core.model.effects import Role, Send
from bot.core.model.roles import OPERATORS
from bot.core.model.subject import DESK

WANG, LI, ZHOU = 1001, 2001, 2002
FRONTLINE, TECHNICAL = demo.FIRST_GROUP, demo.FIRST_GROUP - 1


async def said(desk: Any, role: str) -> None:
    orders = [Send(to=Role(role), text="有一件事")]
    await desk.write(desk.store.outbox.put, DESK, orders, desk.clock())
    desk.ordered.set()


@pytest.mark.parametrize(
    ("roles", "chat", "who"),
    [
        ({"faq-keeper": TECHNICAL, OPERATORS: FRONTLINE}, TECHNICAL, ZHOU),
        ({OPERATORS: TECHNICAL}, TECHNICAL, ZHOU),
        ({}, FRONTLINE, LI),
    ],
    ids=["its own", "the operators'", "the lowest tier's"],
)
async def test_a_role_is_told_in_its_chat_or_the_next_best(
    telegram: Any, knowledge: Any, path: Any, roles: dict[str, int], chat: int, who: int
) -> None:
    async with demo.desk_on(telegram, knowledge, path, roles=roles) as desk:
        await said(desk, "faq-keeper")
        assert await telegram.person(who).sees("有一件事", chat=chat)


async def test_what_could_not_be_worked_on_is_for_the_operators(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    talk = replace(knowledge.texts.talk, received={})
    forgetful = replace(knowledge, texts=replace(knowledge.texts, talk=talk))
    async with demo.desk_on(telegram, forgetful, path, roles={OPERATORS: TECHNICAL}):
        await telegram.person(WANG).sends_sticker("🙏")
        assert await telegram.person(ZHOU).sees("KeyError", chat=TECHNICAL)


async def test_where_the_operators_blocked_the_bot_the_lowest_tier_is_told(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    li, zhou = telegram.person(LI), telegram.person(ZHOU)
    async with demo.desk_on(telegram, knowledge, path, roles={OPERATORS: ZHOU}) as desk:
        await zhou.says("/start")
        await zhou.sees("服务台")
        await said(desk, OPERATORS)
        await zhou.sees("有一件事")
        await zhou.does("block")
        await said(desk, OPERATORS)
        assert await li.sees("有一件事", chat=FRONTLINE)
