"""Somebody who waits for an answer sees that it is being worked on, and nobody else does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.app import demo
from bot.loops import Pace, typing
from tests.addresses import WANG


def actions(telegram: Any) -> list[str]:
    """What the bot did that a person sees, in order."""
    names = {"sendChatAction": "typing", "sendMessage": "message"}
    return [names[call.method] for call in telegram.calls if call.method in names]


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing, "MOMENT", 0.15)


@pytest.mark.usefixtures("short")
async def test_typing_is_shown_while_an_answer_takes_long(
    telegram: Any, knowledge: Any, path: Any
) -> None:
    pace = Pace()
    async with demo.desk_on(telegram, knowledge, path, pace=pace):
        pace.pause(WANG, asyncio.get_running_loop().time(), 0.5)
        await telegram.person(1001).says("/start")
        await telegram.person(1001).sees()
        assert actions(telegram) == ["typing", "message"]


@pytest.mark.usefixtures("short")
async def test_a_fast_answer_needs_no_sign(telegram: Any, knowledge: Any, path: Any) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await telegram.person(1001).says("/start")
        await telegram.person(1001).sees()
        await asyncio.sleep(0.3)
        assert actions(telegram) == ["message"]


@pytest.mark.usefixtures("short")
async def test_a_group_is_shown_nothing(telegram: Any, knowledge: Any, path: Any) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await telegram.person(2001).says("大家好", chat=demo.FIRST_GROUP)
        await asyncio.sleep(0.3)
        assert actions(telegram) == []


async def test_a_person_who_blocked_the_bot_does_not_stop_the_desk(
    telegram: Any, still: Any, fetched: Any
) -> None:
    async with still() as desk:
        await telegram.person(1001).says("/start")
        await fetched(desk)
        await telegram.person(1001).does("block")
        await typing._show(desk, [WANG])
    assert actions(telegram) == ["typing"]
