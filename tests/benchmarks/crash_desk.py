"""The desk of the crash proof: `python -m bot run` on a local Telegram, started and killed."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from aiohttp.test_utils import unused_port

from bot.app.load import folder
from bot.local_telegram import LocalTelegram

ROOT = Path(__file__).parent.parent.parent
Mode = Literal["polling", "webhook"]
GROUPS = {"frontline": -1001000000001, "technical": -1001000000002, "coordination": -1001000000003}
QUESTION = "收据能报销吗"
ANSWER = "收据不是发票"
# The shipped entries take most of a start, and no promise of this proof depends on them.
ENTRY = f"""
title = "{QUESTION}"
category = "query"
phrasings = ["收据可以报销吗"]
answer = "{ANSWER}。"
source = "tests"
checked = 2026-01-01
"""
LEAVES = 10.0  # seconds in which a desk leaves that is asked to


class Left(Exception):
    """The desk ended by itself, or would not; the message shows the end of its log."""

    def __init__(self, why: str, log: Path) -> None:
        tail = log.read_text("utf-8").splitlines()[-25:] if log.exists() else []
        super().__init__("\n".join([why, *tail]))


class Desk:
    """A desk that is started again and again on one database in `place`."""

    def __init__(self, mode: Mode, telegram: LocalTelegram, place: Path) -> None:
        self.database = place / "desk.db"
        self.log = place / "log"
        self._place = place
        self._process: asyncio.subprocess.Process | None = None
        self._killed = False
        port = unused_port()
        self._settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "FAPIAO_TOKEN": telegram.token,
            "FAPIAO_API": telegram.url,
            "FAPIAO_GROUPS": ",".join(f"{tier}:{chat}" for tier, chat in GROUPS.items()),
            "FAPIAO_DATABASE": str(self.database),
            "FAPIAO_FAQ": str(_content(place / "faq")),
            "FAPIAO_SEMANTIC": "off",
            # What is counted here are kills, not floods.
            "FAPIAO_MESSAGES_A_MINUTE": "0",
            "FAPIAO_PIECE_SECONDS": "0",
            "FAPIAO_TICKETS_AN_HOUR": "0",
            "FAPIAO_MODE": mode,
            "FAPIAO_WEBHOOK_URL": f"https://127.0.0.1:{port}/",
            "FAPIAO_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "FAPIAO_WEBHOOK_SECRET": "crash",
        }

    @asynccontextmanager
    async def alive(self) -> AsyncIterator[asyncio.Future[None]]:
        """Start it. The future ends with its life; raises `Left` if it was not killed."""
        self._killed = False
        with self.log.open("ab") as log:
            command = (sys.executable, "-m", "bot", "run")
            self._process = await asyncio.create_subprocess_exec(
                *command, cwd=self._place, env=self._settings, stdout=log, stderr=log
            )
        ended = asyncio.ensure_future(self._ended(self._process))
        try:
            yield ended
        finally:
            self.kill()
            await asyncio.gather(ended, return_exceptions=True)

    async def _ended(self, process: asyncio.subprocess.Process) -> None:
        code = await process.wait()
        if not self._killed:
            raise Left(f"the desk ended by itself with code {code}", self.log)

    def kill(self) -> None:
        """Kill it now, if it lives."""
        if self._process is not None and self._process.returncode is None:
            self._killed = True
            self._process.kill()

    async def leave(self, seconds: float = LEAVES) -> None:
        """Ask it to leave; raises `Left` where it does not, in time and without an error."""
        assert self._process is not None
        if self._process.returncode is not None:
            raise Left(f"the desk ended by itself with code {self._process.returncode}", self.log)
        self._killed = True
        self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(seconds):
                code = await self._process.wait()
        except TimeoutError:
            raise Left(f"the desk has not left {seconds:.0f} s after SIGTERM", self.log) from None
        if code:
            raise Left(f"asked to leave, the desk ended with code {code}", self.log)


def _content(place: Path) -> Path:
    """The shipped content, with one FAQ entry."""
    shutil.copytree(folder(), place, ignore=shutil.ignore_patterns("entries"))
    (place / "entries").mkdir()
    (place / "entries" / "receipt.toml").write_text(ENTRY, "utf-8")
    return place
