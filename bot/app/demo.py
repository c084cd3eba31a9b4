"""The desk against a Telegram of its own: people, groups, and a story that plays by itself."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
import tomllib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.renewing import Source, renewed
from bot.app.settings import BadSettings
from bot.app.wiring import answered, in_pieces, live, reached
from bot.channels.telegram import Telegram
from bot.core.content.knowledge import Knowledge
from bot.core.model.address import address, local
from bot.local_telegram import Group, LocalTelegram, User
from bot.local_telegram.stories import story
from bot.loops import Desk, Pace
from bot.store import Store

if TYPE_CHECKING:
    from bot.app.vault import Vault

TAXPAYERS = (User(1001, "王芳", "wangfang"), User(1002, "老陈"))
AGENTS = (User(2001, "小李", "xiaoli"), User(2002, "周工", "zhougong"), User(2003, "赵主任"))
FIRST_GROUP = -1001000000001
STORY = Path(__file__).with_name("demo_story.toml")

EXAMPLES = (
    "昨天开的发票在系统里查不到",
    "5月12号开的票查不到，号码26112000000012345678，同事也查不到",
    "fapiao cha bu dao",
    "发票状态是什么意思",
    "申报会不会逾期",
    "转人工",
)


def groups_of(knowledge: Knowledge) -> dict[str, str]:
    """The address of a group for each tier of the knowledge."""
    tiers = knowledge.tiers.tiers
    return {tier.id: address(Telegram.name, FIRST_GROUP - n) for n, tier in enumerate(tiers)}


def telegram_for(knowledge: Knowledge, port: int = 0, *, topics: bool = True) -> LocalTelegram:
    """A local Telegram with taxpayers, agents, and a group with topics for each tier.

    The first agent belongs to the first tier's group alone, the second also to the next, and so on.
    """
    ids = groups_of(knowledge)
    groups = [
        Group(
            int(local(ids[tier.id])),
            tier.name,
            members=tuple(agent.id for agent in AGENTS[min(n, len(AGENTS) - 1) :]),
            is_forum=topics,
        )
        for n, tier in enumerate(knowledge.tiers.tiers)
    ]
    return LocalTelegram(
        token=f"7000000001:{secrets.token_urlsafe(16)}",  # no page elsewhere can know it
        people=[replace(person) for person in (*TAXPAYERS, *AGENTS)],
        groups=groups,
        bot_name="发票小助手",
        bot_username="fapiao_desk_bot",
        port=port,
        examples=EXAMPLES,
        inline_mode=True,
    )


@asynccontextmanager
async def desk_on(
    telegram: LocalTelegram,
    knowledge: Knowledge,
    database: Path,
    *,
    pace: Pace | None = None,
    vault: Vault | None = None,
    clock: Callable[[], float] = time.time,
    roles: Mapping[str, str] | None = None,
) -> AsyncIterator[Desk[Store]]:
    """A real desk on this Telegram, by HTTP polling, with its own database file."""
    channel, groups = Telegram(telegram.token, telegram.url), groups_of(knowledge)
    async with reached(channel):
        await answered(channel.api, lambda: channel.listen(None, ""))
        about = live(
            [channel], knowledge, database, groups,
            pace=pace, vault=vault, clock=clock, roles=roles,
        )  # fmt: skip
        async with about as (desk, _):
            yield desk


async def play(knowledge: Knowledge, database: Path, tell: Callable[[str], None]) -> int:
    """Play the story of one ticket from question to solved; 0 when every line came."""
    steps = tomllib.loads(STORY.read_text("utf-8"))
    telegram = telegram_for(knowledge)
    async with telegram, desk_on(telegram, in_pieces(knowledge), database):
        try:
            count = await story.play(steps, telegram, tell)
        except story.Failed as failed:
            tell(f"✗ {failed}")
            return 1
    tell(f"✓ {steps['title']}: {count} steps")
    return 0


async def serve(
    knowledge: Knowledge,
    database: Path,
    port: int,
    tell: Callable[[str], None],
    stop: asyncio.Event,
    source: Source,
) -> int:
    """Serve the chat page with the desk behind it until stopped; what is edited meanwhile in the
    folder that it was read from is taken on. Raises `BadSettings`.
    """
    telegram = telegram_for(knowledge, port)
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(telegram)
        except OSError as error:
            why = os.strerror(error.errno or 0).lower()
            raise BadSettings(f"--port {port}  {why}; give another, or 0 for any") from None
        desk = desk_on(telegram, in_pieces(knowledge), database, pace=Pace())
        await stack.enter_async_context(renewed(await stack.enter_async_context(desk), source))
        tell(f"聊天页面 / chat page: {telegram.url}/")
        tell("左边是纳税人，右边是客服群。按 Ctrl+C 结束。")
        await stop.wait()
    return 0
