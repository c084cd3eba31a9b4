"""Bots of Node's libraries hold a conversation on the local Telegram: `make foreign`.

Each library's bot is a process of its own (LIBRARY.mjs), by polling and then by webhook. A person
does what `STEPS` says; the first thing that does not come true ends the walk with 1.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.local_telegram import Attachment, Group, LocalTelegram, Person, Seen, User
from bot.local_telegram.wire.parameters import Parameters
from tests.local_telegram.conftest import png

HERE = Path(__file__).parent
LIBRARIES = ("grammy", "telegraf", "node-telegram-bot-api")
ANSWER_IN_CALLS = frozenset({"grammy", "telegraf"})
"""The libraries that answer an update of a webhook with a call."""
WANG, LI, FORUM = 1001, 2001, -1001000000001
PATIENCE = 15.0


class Walk:
    """One bot on one Telegram, and the person who talks with it."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self.telegram = telegram
        self.carried: list[str] = []
        self._call = telegram.world.call
        telegram.world.call = self._carry

    async def _carry(self, method: str, parameters: Parameters) -> object:
        self.carried.append(method)
        return await self._call(method, parameters)

    @property
    def person(self) -> Person:
        """The one who asks."""
        return self.telegram.person(WANG)

    async def sees(self, wanted: str | Callable[[Seen], bool], chat: int | None = None) -> Seen:
        """Wait for the bot's message; in the group another person sees it."""
        person = self.person if chat is None else self.telegram.person(LI)
        return await person.sees(wanted, PATIENCE, chat=chat)


async def _echo(walk: Walk) -> None:
    await walk.person.says("发票查不到")
    seen = await walk.sees("您说")
    assert seen.html == "您说：<b>发票查不到</b>", seen.html


async def _deep_link(walk: Walk) -> None:
    await walk.person.says("/start faq-1")
    await walk.sees("从这里来：faq-1")


async def _button_and_edit(walk: Walk) -> None:
    await walk.person.says("按钮")
    question = await walk.sees("请选")
    answered = await walk.person.presses("好", question)
    assert answered.text == "收到", answered
    assert (await walk.sees("谢谢")).id == question.id


async def _photo_and_download(walk: Walk) -> None:
    photo = Attachment("a.png", png(400, 200), "image/png")
    await walk.person.sends(photo, kind="photo")
    document = await walk.sees("同样大小")
    assert document.raw["document"]["file_size"] == len(photo.data), document.raw


async def _album(walk: Walk) -> None:
    pieces = [await walk.sees(lambda seen: "media_group_id" in seen.raw) for _ in range(2)]
    assert len({piece.raw["media_group_id"] for piece in pieces}) == 1


async def _edited_message(walk: Walk) -> None:
    said = await walk.person.says("第一遍")
    await walk.sees("第一遍")
    await walk.person.edits(said, "第二遍")
    await walk.sees("改成：第二遍")


async def _topic(walk: Walk) -> None:
    await walk.person.says("话题")
    seen = await walk.sees("在话题里", chat=FORUM)
    assert seen.thread in walk.telegram.world.chats[FORUM].topics


STEPS: dict[str, Callable[[Walk], Awaitable[None]]] = {
    "echo": _echo,
    "deep link": _deep_link,
    "button and edit": _button_and_edit,
    "photo and download": _photo_and_download,
    "album": _album,
    "edited message": _edited_message,
    "topic": _topic,
}


async def walk_with(library: str, mode: str) -> None:
    """All steps with one library's bot. Raises `SystemExit` 1 at the first that does not come."""
    people = [User(WANG, "王芳"), User(LI, "小李")]
    async with LocalTelegram(people=people, groups=[Group(FORUM, "一线", (LI,))]) as telegram:
        walk = Walk(telegram)
        about = {"URL": telegram.url, "TOKEN": telegram.token, "MODE": mode, "FORUM": str(FORUM)}
        bot = await asyncio.create_subprocess_exec(
            "node", HERE / f"{library}.mjs", env=os.environ | about, stderr=subprocess.STDOUT
        )
        try:
            for name, step in STEPS.items():
                await _take(f"{library} by {mode}: {name}", step, walk)
            if mode == "webhook" and library in ANSWER_IN_CALLS:
                await _take(f"{library} by {mode}: calls in answers", _carried, walk)
        finally:
            with contextlib.suppress(ProcessLookupError):
                bot.terminate()
            await bot.wait()


async def _carried(walk: Walk) -> None:
    assert walk.carried, "no answer carried a call"


async def _take(name: str, step: Callable[[Walk], Awaitable[None]], walk: Walk) -> None:
    try:
        await step(walk)
    except (AssertionError, TimeoutError) as error:
        sys.exit(f"failed: {name}: {error}")
    sys.stdout.write(f"ok: {name}\n")
    sys.stdout.flush()


async def main() -> None:
    """Walk with every library."""
    if shutil.which("node") is None:
        sys.exit("make foreign needs Node 18 or newer")
    for library in LIBRARIES:
        for mode in ("polling", "webhook"):
            await walk_with(library, mode)


if __name__ == "__main__":
    asyncio.run(main())
