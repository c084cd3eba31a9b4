"""`make bench`: the desk beside bare echo bots on a local Telegram without limits, in one run.

Telegram and the people who write are this process; each contender is one of its own and is started
anew for every round. They take turns, and each figure is the median of the rounds. The people are
new to every database, their numbers spread among those of the past. The desk waits for no next part
of a text, but for the contender of its own that measures this wait. In each round it learns from
the FAQ as at its very first start, and is started once more with what it kept then.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Annotated

import typer

from bot.local_telegram import Group, LocalTelegram
from bot.local_telegram.updates.queue import Updates
from tests.benchmarks import past
from tests.benchmarks.contenders import GROUPS
from tests.benchmarks.crowd import Crowd, percentile, sentences

STEADY = 200.0
"""Messages a second while latency is measured."""
TABLE: Mapping[str, str] = {
    "per_second": "messages a second",
    "p50_ms": "wait at 200 a second, ms: p50",
    "p99_ms": "p99",
    "memory_mb": "memory afterwards, MB",
    "ready_s": "first start to ready, s",
    "again_s": "restart to ready, s",
    "first_s": "start to first answer, s",
    "cpu_ms": "processor a message, ms",
}
ECHOES = ("ptb", "aiogram")
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot by its name in `contenders`; the desk with that many past messages."""

    title: str
    bot: str
    past: int = 0


@dataclass(frozen=True, slots=True)
class Length:
    """How long a round is: messages at full speed, how many of them wait at the same time, and
    seconds at the steady rate.
    """

    messages: int
    together: int
    seconds: float


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each contender")] = 5,
    messages: Annotated[int, typer.Option(min=1, help="At full speed in a round")] = 3000,
    together: Annotated[int, typer.Option(min=1, help="Messages that wait at a time")] = 64,
    seconds: Annotated[float, typer.Option(min=0.1, help="At the steady rate")] = 5.0,
    sizes: Annotated[str, typer.Option(help="Past messages")] = "0,10000,100000,1000000",
    plot: Annotated[Path | None, typer.Option(help="Draw the desk by database size, SVG")] = None,
) -> None:
    """Measure, print a table and, as the last line, every figure and ratio as one JSON object."""
    known = _numbers(sizes)
    contenders = [Contender("PTB echo", "ptb"), Contender("aiogram echo", "aiogram")]
    contenders += [Contender(f"desk, {size:,}", "desk", size) for size in known]
    contenders.append(Contender("desk, in pieces", "pieces"))
    length = Length(messages, together, seconds)
    with tempfile.TemporaryDirectory(prefix="fapiao-desk-bench-") as place:
        taken = race(contenders, rounds, length, Path(place))
    figures = {c: {name: median(t[name] for t in taken[c]) for name in TABLE} for c in contenders}
    typer.echo(f"{'':>30}" + "".join(f"{c.title:>17}" for c in contenders))
    for name, title in TABLE.items():
        cells = "".join(f"{figures[c][name]:>17.4g}" for c in contenders)
        typer.echo(f"{title:>30}{cells}")
    if plot is not None:
        from tests.benchmarks.load_plot import draw

        draw(plot, {c.past: figures[c] for c in contenders if c.bot == "desk"}, _echoes(figures))
    typer.echo(json.dumps(summary(figures) | {"rounds": rounds, "together": together}))


def _numbers(sizes: str) -> list[int]:
    try:
        found = sorted({int(size) for size in sizes.split(",")})
    except ValueError:
        found = []
    if not found or found[0] < 0:
        raise typer.BadParameter(f"{sizes!r} is no list such as 0,100000")
    return found


def _echoes(figures: Mapping[Contender, Mapping[str, float]]) -> dict[str, float]:
    return {c.title: of["per_second"] for c, of in figures.items() if c.bot in ECHOES}


def summary(figures: Mapping[Contender, Mapping[str, float]]) -> dict[str, float]:
    """Every figure by contender, and how the desk compares; `empty` and `large` are the smallest
    and the largest database.
    """
    every: dict[str, float] = {}
    for c, of in figures.items():
        name = f"desk_{c.past}" if c.bot == "desk" else c.bot
        every |= {f"{name}_{figure}": round(value, 3) for figure, value in of.items()}
    desks = [of for c, of in figures.items() if c.bot == "desk"]
    speed = {c.bot: of["per_second"] for c, of in figures.items() if c.bot in ECHOES}
    empty, large = desks[0], desks[-1]
    ratios = {f"desk_over_{bot}": empty["per_second"] / of for bot, of in speed.items()}
    ratios |= {f"large_over_{bot}": large["per_second"] / of for bot, of in speed.items()}
    ratios["large_over_empty"] = large["per_second"] / empty["per_second"]
    return every | {name: round(value, 3) for name, value in ratios.items()}


def race(
    contenders: Sequence[Contender], rounds: int, length: Length, place: Path
) -> dict[Contender, list[dict[str, float]]]:
    """The figures of each round. Databases with a past are made once and go on growing."""
    for contender in contenders:
        if contender.past:
            typer.echo(f"making {contender.past:,} past messages ...", err=True)
            past.make(place / f"{contender.past}.db", contender.past)
    taken: dict[Contender, list[dict[str, float]]] = {c: [] for c in contenders}
    unused = people()
    for turn in range(rounds):
        start = turn % len(contenders)
        for contender in (*contenders[start:], *contenders[:start]):
            typer.echo(f"round {turn + 1}: {contender.title} ...", err=True)
            name = f"{contender.past}.db" if contender.past else f"{contender.bot}-{turn}.db"
            found = asyncio.run(_round(contender.bot, place / name, length, unused, turn))
            taken[contender].append(found)
            typer.echo("  " + " ".join(f"{k}={v:.4g}" for k, v in found.items()), err=True)
    return taken


def people() -> Iterator[int]:
    """Odd numbers among those of the past, in no order, none twice."""
    free = list(range(past.FIRST + 1, past.FIRST + 400_000, 2))
    Random(1).shuffle(free)
    return (number + 1_000_000 * lap for lap in count() for number in free)


async def _round(
    bot: str, database: Path, length: Length, unused: Iterator[int], seed: int
) -> dict[str, float]:
    groups = [Group(chat, tier) for tier, chat in GROUPS.items()]
    async with LocalTelegram(groups=groups) as telegram:
        # A database that lasts several rounds would take the same numbers for repetitions.
        telegram.world.updates = Updates(first_id=(seed + 1) * 10_000_000)
        crowd = Crowd(telegram, unused, sentences(seed))
        database.with_suffix(".index").unlink(missing_ok=True)
        began = perf_counter()
        process = await start(bot, telegram, database)
        try:
            ready, first = await crowd.first()
            figures = {"ready_s": ready - began, "first_s": first - began}
            # What comes first fills caches and opens connections.
            await crowd.all_at_once(length.messages // 10 + 1, length.together)
            before = processor(process.pid)
            figures["per_second"] = await crowd.all_at_once(length.messages, length.together)
            spent = processor(process.pid) - before
            figures["cpu_ms"] = 1000 * spent / length.messages
            took = await crowd.steadily(STEADY, length.seconds)
            figures |= {f"p{n}_ms": 1000 * percentile(took, n / 100) for n in (50, 99)}
            figures["memory_mb"] = resident(process.pid)
            await stop(process)
            began = perf_counter()
            process = await start(bot, telegram, database)
            ready, _ = await crowd.first()
            figures["again_s"] = ready - began
        finally:
            await stop(process)
    return figures


async def start(bot: str, telegram: LocalTelegram, database: Path) -> asyncio.subprocess.Process:
    """A contender as a process of its own, which finds no `.env` where it runs."""
    command = (sys.executable, "-m", "tests.benchmarks.contenders", bot, telegram.url)
    told = (telegram.token, str(database))
    return await asyncio.create_subprocess_exec(
        *command, *told, cwd=database.parent, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )


async def stop(process: asyncio.subprocess.Process) -> None:
    """End it; a bot that would not leave in time is killed."""
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(15):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def resident(pid: int) -> float:
    """Megabytes of a process in memory; Linux only."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor(pid: int) -> float:
    """Seconds of processor that a process has used; Linux only."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    typer.run(main)
