"""`make crash`: the real desk, killed at random moments, loses nothing and doubles nothing.

The desk is `python -m bot run`, a process of its own; Telegram, the taxpayers and the agents live
in this one and survive. Two trials run side by side, one by polling and one by webhook. What kills
a desk, and when, follows from the seed: a moment of its start, or a moment after an update or a
message passed. SIGKILL proves what a process may lose; that the disk has it is the store's tests.

Every word and the moment of each kill come from the seed; how fast the machine is does not, so two
runs of one seed are alike and not the same.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from tests.benchmarks.crash_desk import Desk, Left, Mode
from tests.benchmarks.crash_judge import Verdict, judge, kept
from tests.benchmarks.crash_people import Play, Stuck
from tests.benchmarks.crash_wire import SENDS, Kill, Wire

LAST = 120.0  # seconds for the last talks to end after the last kill
MODES: tuple[Mode, ...] = ("polling", "webhook")
FIGURES = (
    "sent",
    "lost",
    "applied_twice",
    "repeated",
    "tickets_lost",
    "tickets_twice",
    "unheard",
)


@dataclass(slots=True)
class Trial:
    """How one mode fared: kills by what they met, what broke meanwhile, what was found afterwards.

    `lost` are the updates that were confirmed and not kept when a desk was killed.
    """

    mode: Mode
    kills: int = 0
    met: Counter[str] = field(default_factory=Counter)
    lost: set[int] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)


async def trial(mode: Mode, kills: int, people: int, seed: int, hang: bool, place: Path) -> Trial:
    """Kill the desk `kills` times while `people` taxpayers are served, and judge what is left.

    With `hang` it is then asked to leave while Telegram answers nothing that it sends. The last
    talks end on a desk that is left alone, but for a kill whenever it waits for its pace.
    """
    result = Trial(mode)
    wire = Wire(people, f"{seed} {mode}")
    async with wire.telegram:
        desk = Desk(mode, wire.telegram, place)
        play = Play(wire)
        talking = asyncio.ensure_future(play.run())
        try:
            while result.kills < kills and not talking.done():
                await _kill(desk, wire, wire.plan(), result)
            if hang:
                await _hang(desk, wire)
            play.over = True
            async with asyncio.timeout(LAST):
                while not await _settle(desk, wire, talking):
                    result.kills += 1
            talking.result()
        except (Left, Stuck, TimeoutError) as failed:
            if not desk.database.exists():  # it never lived
                raise
            result.broken.append(str(failed) or f"after {LAST:.0f} s it is not quiet")
        finally:
            desk.kill()
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)
        result.verdict = judge(desk.database, wire, play)
    return result


async def _kill(desk: Desk, wire: Wire, plan: Kill, result: Trial) -> None:
    """One life of the desk, to the moment that is planned."""
    wire.life += 1
    async with desk.alive() as ended:
        wire.arm(plan, desk.kill)
        await ended
    wire.disarm()
    result.kills += 1
    state = kept(desk.database)
    lost = wire.told.keys() - wire.waiting - state.keys - result.lost
    result.lost |= lost
    result.broken += [f"{wire.told[each]} was confirmed and not kept" for each in sorted(lost)]
    result.met["at its start"] += not wire.up
    result.met["with an update that was not kept yet"] += bool(wire.handed - state.keys)
    result.met["with one that was kept and not worked on"] += bool(state.inbox)
    result.met["with something left to say"] += bool(state.outbox)


async def _hang(desk: Desk, wire: Wire) -> None:
    """Ask the desk to leave while what it sends is not answered. Raises `Left` if it stays."""
    wire.life += 1
    wire.deaf = SENDS
    async with desk.alive() as ended:
        unanswered = asyncio.create_task(wire.unanswered.wait())
        ended.add_done_callback(lambda _: unanswered.cancel())
        await asyncio.wait([unanswered])
        await desk.leave()
    wire.deaf = frozenset()


async def _settle(desk: Desk, wire: Wire, talking: asyncio.Future[None]) -> bool:
    """Let the desk live until all is said, then ask it to leave. False: killed at rest."""
    wire.life += 1
    async with desk.alive() as ended:
        wire.arm(Kill("rest"), desk.kill)
        while not (talking.done() and _quiet(wire, desk)):
            if ended.done():
                ended.result()
                return False
            await asyncio.wait([ended], timeout=0.1)
        wire.disarm()
        await desk.leave()
        return True


def _quiet(wire: Wire, desk: Desk) -> bool:
    """Whether every update was handed over and worked on, and everything is said."""
    state = kept(desk.database)
    return not (state.inbox or state.outbox or wire.waiting - state.keys)


async def campaign(kills: int, people: int, seed: int, hang: bool) -> list[Trial]:
    """A trial by polling and one by webhook, side by side."""
    with tempfile.TemporaryDirectory(prefix="fapiao-crash-") as place:
        trials = []
        for n, mode in enumerate(MODES):
            (own := Path(place) / mode).mkdir()
            trials.append(trial(mode, (kills + 1 - n) // len(MODES), people, seed, hang, own))
        return list(await asyncio.gather(*trials))


def main(
    kills: Annotated[int, typer.Option(min=2, help="How often the desk is killed")] = 120,
    people: Annotated[int, typer.Option(min=1, help="Taxpayers in each of the two trials")] = 6,
    seed: Annotated[int, typer.Option(help="What decides the moments")] = 1,
    hang: Annotated[bool, typer.Option(help="Stop it while Telegram does not answer")] = True,
) -> None:
    """Kill, judge, print what was met and, as the last line, the figures as one JSON object.

    Exits 1 when a promise is broken.
    """
    began = perf_counter()
    try:
        trials = asyncio.run(campaign(kills, people, seed, hang))
    except Left as failed:
        typer.echo(str(failed), err=True)
        sys.exit(1)
    for each in trials:
        typer.echo(f"{each.mode}: killed {each.kills} times")
        for what, count in each.met.items():
            typer.echo(f"  {count:4} {what}")
        typer.echo(f"  {each.verdict.said}")
        for line in [*each.broken, *each.verdict.broken]:
            typer.echo(f"  BROKEN {line}")
    typer.echo(f"{perf_counter() - began:.0f} s, seed {seed}")
    figures = {"kills": sum(each.kills for each in trials)}
    for name in FIGURES:
        figures[name] = sum(getattr(each.verdict, name) for each in trials)
    typer.echo(json.dumps(figures))
    if any(each.broken or each.verdict.fails(each.kills) for each in trials):
        sys.exit(1)


if __name__ == "__main__":
    typer.run(main)
