"""`make bench-trace`: the way of one question through the files of the desk.

A question that the FAQ answers, from the update received to the answer about to be posted, through
the loops with the real store, the shipped knowledge and Telegram's pace. The channel is the desk's
own but for its HTTP, see `alone`: over HTTP how often a call is resumed depends on how the bytes
come in, and the local Telegram's files are in `bot/` as well. Other questions come before, one of
them of the same kind, so that nothing is imported or built for the first time.

The walk has a step wherever a function in a file under `bot/` is entered and the one that was
entered before it is in another file. Entering is a call, and a generator or coroutine that goes on.
So a return alone is no step: it becomes one when the caller, or its file, is called from again.
Generators, comprehensions and lambdas are entered as well, and belong to the file that they are
written in; what dataclasses generate and libraries belong to none. Python 3.12 enters fewer
comprehensions, so figures compare within one version.

- files: distinct files of the walk
- switches: steps from one file into another, which is one less than the walk is long
- returns: steps into a file that had been left before
- functions: distinct functions with a name that were entered
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

import bot
from bot.loops import Pace
from tests.benchmarks.alone import PERSON, Alone, Edge

BEFORE, QUESTION = ("查不到发票", "红冲是什么意思"), "发票状态是什么意思"
BOT = Path(bot.__file__).parent


@dataclass(frozen=True, slots=True)
class Step:
    """`depth` is how many of the functions that wait for this one lie in another file than the one
    that called them.
    """

    file: str
    depth: int


class Walk:
    """Follows execution through the files under `root`, while `sys.setprofile` is told to."""

    def __init__(self, root: Path) -> None:
        self._root = f"{root}{os.sep}"
        self._waiting: list[Step] = []
        self.steps: list[Step] = []
        self.functions: set[tuple[str, str]] = set()

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """As `sys.setprofile` calls it."""
        if event not in ("call", "return") or not frame.f_code.co_filename.startswith(self._root):
            return
        if event == "call":
            self._enter(frame)
        elif self._waiting:  # where it begins there are functions already
            self._waiting.pop()

    def _enter(self, frame: FrameType) -> None:
        file = frame.f_code.co_filename.removeprefix(self._root)
        if not frame.f_code.co_name.startswith("<"):
            self.functions.add((file, frame.f_code.co_qualname))
        caller = self._waiting[-1] if self._waiting else Step(file, 0)
        step = Step(file, caller.depth + (caller.file != file))
        self._waiting.append(step)
        if not self.steps or self.steps[-1].file != file:
            self.steps.append(step)


class Watched(Edge):
    """Has a walk go from the next update that comes to the message that is sent first."""

    def __init__(self) -> None:
        super().__init__()
        self._walk: Walk | None = None

    def watch(self, walk: Walk) -> None:
        self._walk = walk

    def received(self) -> None:
        sys.setprofile(self._walk)

    def sending(self) -> None:
        sys.setprofile(None)
        self._walk = None


def main(
    walk: Annotated[bool, typer.Option("--walk", help="Print every step, by depth")] = False,
) -> None:
    """Print the files in the order in which they are entered first, and as the last line JSON."""
    found = followed()
    for line in whole(found) if walk else table(found):
        typer.echo(line)
    typer.echo(json.dumps(figures(found)))


def followed() -> Walk:
    """The walk of the question."""
    edge, walk = Watched(), Walk(BOT)
    with (
        tempfile.TemporaryDirectory(prefix="fapiao-desk-trace-") as place,
        Alone(Path(place) / "desk.db", edge, Pace()) as desk,
    ):
        for n, text in enumerate(BEFORE, 1):
            desk.hears(text, PERSON + n)
        edge.watch(walk)
        desk.hears(QUESTION)
    return walk


def figures(walk: Walk) -> dict[str, int]:
    """In all, and for each package with files in the walk its files, steps and functions."""
    files = {step.file for step in walk.steps}
    switches = len(walk.steps) - 1
    every = {
        "files": len(files),
        "switches": switches,
        "returns": len(walk.steps) - len(files),
        "functions": len(walk.functions),
    }
    for name, some in (
        ("files", files),
        ("steps", [step.file for step in walk.steps]),
        ("functions", [file for file, _ in walk.functions]),
    ):
        every |= {f"{of}_{name}": n for of, n in sorted(Counter(map(package, some)).items())}
    return every


def package(file: str) -> str:
    """The folder in `bot/` that a file is in; "bot" for one that is in none."""
    folder, _, below = file.partition(os.sep)
    return folder if below else "bot"


def table(walk: Walk) -> Iterator[str]:
    """A line for each file: how often it was entered, and how many functions of it."""
    steps = Counter(step.file for step in walk.steps)
    functions = Counter(file for file, _ in walk.functions)
    yield f"{'':>4}  {'file':40}{'entered':>8}{'functions':>11}"
    for n, (file, entered) in enumerate(steps.items(), 1):
        yield f"{n:>4}  {file:40}{entered:>8}{functions[file]:>11}"


def whole(walk: Walk) -> Iterator[str]:
    """Every step, a line each."""
    return ("  " * step.depth + step.file for step in walk.steps)


if __name__ == "__main__":
    typer.run(main)
