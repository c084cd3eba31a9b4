"""`make soak`: the desk for a long while under mixed users, with a Telegram that often fails.

People who only ask are timed; others do all that one can do in a chat, and agents help them. The
time is cut into windows. Memory and latency are flat when the windows at the end are like those at
the beginning, the first fifth left out, in which caches fill. Exits 1 if they are not, or if
something still waits at the end, or if something was never done, for then it was not soaked.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from bot.local_telegram import Group, LocalTelegram
from bot.local_telegram.faults.faults import Faults
from tests.benchmarks.contenders import GROUPS
from tests.benchmarks.crowd import Crowd, percentile, sentences
from tests.benchmarks.load import people, resident, start, stop
from tests.benchmarks.soak_guests import AGENT, Guests

ASKED = 15.0
"""Questions a second that are timed."""
DONE = 10.0
"""Other things a second."""
FAULTY = ("sendMessage", "copyMessage", "editMessageText", "editMessageReplyMarkup",
          "answerCallbackQuery", "createForumTopic", "getChatMember")  # fmt: skip
"""Calls that fail; a failing getUpdates would hold up everybody and is tested elsewhere."""
WINDOWS = 40
MEMORY, MEGABYTES = 1.05, 4.0
"""Memory at the end may be so many times that of the beginning, and so many megabytes more."""
WAIT, MILLISECONDS = 1.5, 10.0
"""The same for the wait."""
PATIENCE = 60.0
"""Seconds for the backlog to be worked off at the end: what failed is tried again by then."""


@dataclass(frozen=True, slots=True)
class Window:
    """One part of the time: the waits in milliseconds, memory in megabytes at its end."""

    p50_ms: float
    p95_ms: float
    memory_mb: float


def main(
    minutes: Annotated[float, typer.Option(min=0.05)] = 10.0,
    faults: Annotated[float, typer.Option(min=0, max=1, help="Share of calls that fail")] = 0.02,
    seed: Annotated[int, typer.Option(help="The same seed, the same people and faults")] = 1,
) -> None:
    """Soak the desk; the last line is one JSON object."""
    with tempfile.TemporaryDirectory(prefix="fapiao-desk-soak-") as place:
        figures = asyncio.run(soak(Path(place), minutes, faults, seed))
    typer.echo(json.dumps(figures, ensure_ascii=False))
    if not figures["flat"] or figures["missed"]:
        raise typer.Exit(1)


async def soak(place: Path, minutes: float, share: float, seed: int) -> dict[str, object]:
    """What was found; `flat` is the verdict."""
    trouble = Faults()
    groups = [Group(chat, tier, members=(AGENT.id,)) for tier, chat in GROUPS.items()]
    database = place / "soak.db"
    async with LocalTelegram(people=[AGENT], groups=groups, faults=trouble) as telegram:
        crowd = Crowd(telegram, people(), sentences(seed))
        guests = Guests(telegram, sentences(seed + 1), seed)
        process = await start("desk", telegram, database)
        try:
            await crowd.first()
            trouble.at_random(share, seed=seed, methods=FAULTY)
            windows = []
            for _ in range(WINDOWS):
                seconds = 60 * minutes / WINDOWS
                windows.append(await _window(crowd, guests, seconds, process.pid))
                _say(windows[-1])
            waiting = await _left(database)
            troubles = len(trouble.happened)
        finally:
            await stop(process)
    did = {"did": dict(guests.done), "refused": dict(guests.refused), "missed": guests.missed}
    return judge(windows, waiting) | did | {"faults": troubles}


async def _window(crowd: Crowd, guests: Guests, seconds: float, pid: int) -> Window:
    took, _ = await asyncio.gather(crowd.steadily(ASKED, seconds), guests.busy(DONE, seconds))
    p50, p95 = (1000 * percentile(took, share) for share in (0.5, 0.95))
    return Window(p50, p95, resident(pid))


def _say(window: Window) -> None:
    typer.echo(
        f"wait {window.p50_ms:.1f} ms, p95 {window.p95_ms:.1f} ms, memory {window.memory_mb:.1f} MB"
    )


async def _left(database: Path) -> int:
    """What still waits when nobody writes any more, after `PATIENCE` at most."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        for _ in range(int(PATIENCE * 10)):
            (left,) = db.execute(
                "select (select count(*) from inbox where status = 'waiting')"
                " + (select count(*) from outbox where status = 'waiting')"
            ).fetchone()
            if not left:
                break
            await asyncio.sleep(0.1)
    return int(left)


def judge(windows: Sequence[Window], waiting: int) -> dict[str, object]:
    """The beginning beside the end, each a third of what follows the first fifth."""
    settled = windows[len(windows) // 5 :]
    third = max(len(settled) // 3, 1)
    figures: dict[str, float] = {}
    for part, some in (("begin", settled[:third]), ("end", settled[-third:])):
        for name in Window.__slots__:
            figures[f"{name}_{part}"] = round(median(getattr(w, name) for w in some), 2)
    flat_memory = figures["memory_mb_end"] <= figures["memory_mb_begin"] * MEMORY + MEGABYTES
    flat_wait = figures["p50_ms_end"] <= figures["p50_ms_begin"] * WAIT + MILLISECONDS
    flat = flat_memory and flat_wait and not waiting
    verdict = {"flat_memory": flat_memory, "flat_wait": flat_wait, "backlog": waiting}
    return {**figures, **verdict, "flat": flat}


if __name__ == "__main__":
    typer.run(main)
