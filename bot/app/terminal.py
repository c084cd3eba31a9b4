"""A talk in the terminal: the real desk, and its person and agents at one keyboard."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Collection
from io import TextIOWrapper
from pathlib import Path

from bot.app.wiring import live
from bot.channels.console import Console, Group, Nowhere, person
from bot.channels.console.board import Post
from bot.core.content.knowledge import Knowledge
from bot.core.model.address import address
from bot.loops import Desk, settled
from bot.store.protocol import Store

YOU, AGENT = person("您", "you"), person("小李", "agent")
Tell = Callable[[str], None]

HELP = """\
直接打字是用户在说话，输入编号按下按钮，输入文件的路径（要带 /）发出文件。
@工单号 加文字或编号，是客服在工单里回复或按按钮；@群名 加文字，是在群里说话。
按 Ctrl+D 结束。"""
NOWHERE = "没有叫 {called} 的工单或群"


def groups(
    knowledge: Knowledge, members: Callable[[int], Collection[str]]
) -> dict[str, tuple[str, Group]]:
    """By each tier the address of its group, and the group; `members` are those of the n-th."""
    return {
        tier.id: (address(Console.name, tier.id), Group(tier.name, members(n)))
        for n, tier in enumerate(knowledge.tiers.tiers)
    }


async def talk(
    knowledge: Knowledge,
    database: Path,
    files: Path,
    lines: AsyncIterator[str],
    tell: Tell,
    *,
    at_once: bool,
) -> None:
    """Send each line to a desk, and tell what it says; `at_once`: the next line waits for that."""
    rooms = groups(knowledge, lambda _: [AGENT.address])
    titles = dict(rooms.values())

    def show(post: Post) -> None:
        group = titles.get(post.ref.chat)
        tell(shown(post, group.title if group else ""))

    console = Console(titles, show, files, first=time.time_ns())
    chats = {tier: chat for tier, (chat, _) in rooms.items()}
    async with live([console], knowledge, database, chats) as (desk, running):
        typing = asyncio.create_task(_type(lines, console, tell, desk if at_once else None))
        await asyncio.wait([typing, running], return_when=asyncio.FIRST_COMPLETED)
        typing.cancel()
        await asyncio.wait([typing])
    if not typing.cancelled():
        typing.result()


async def _type(
    lines: AsyncIterator[str], console: Console, tell: Tell, desk: Desk[Store] | None
) -> None:
    """Type each line; before the next, wait until this desk has answered."""
    async for line in lines:
        if not line.strip():
            continue
        try:
            await console.type(AGENT if line.startswith("@") else YOU, line)
        except Nowhere as unknown:
            tell(NOWHERE.format(called=unknown))
        if desk is not None:
            await settled(desk)


def shown(post: Post, group: str) -> str:
    """A message as it stands in the terminal, each line of a group's behind its title."""
    text = f"（{post.text}）" if post.note else post.text
    file = f"<{post.kind}> {post.file}" if post.file else ""
    buttons = [f"  {number}  {label}" for number, label in post.buttons.items()]
    words = "\n".join(filter(None, (file, text, *buttons)))
    return "\n".join(f"{group} │ {line}" for line in words.split("\n")) if group else words


async def once(question: str) -> AsyncIterator[str]:
    """One line."""
    yield question


async def typed() -> AsyncIterator[str]:
    """The lines of standard input until its end, or Ctrl+C at a terminal."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if not sys.stdin.isatty():
        while line := await asyncio.to_thread(sys.stdin.readline):
            yield line.rstrip("\n")
        return
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()
    # A terminal hands out whole lines, so reading one never waits; a thread that reads would have
    # to be waited for when the person has had enough.
    loop.add_reader(sys.stdin, lambda: lines.put_nowait(sys.stdin.readline()))
    loop.add_signal_handler(signal.SIGINT, lines.put_nowait, "")
    try:
        while line := await lines.get():
            yield line.rstrip("\n")
    finally:
        loop.remove_reader(sys.stdin)
        loop.remove_signal_handler(signal.SIGINT)
