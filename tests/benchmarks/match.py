"""`make bench-match`: the desk's matcher beside rapidfuzz over all phrasings, in one run.

Each size has a fresh process, so that its memory is its own. There the contenders take turns,
round by round and in one thread, and each time is the median of the rounds. Memory is what
building adds to the resident set of a process that holds the phrasings and libraries already.
WRatio is asked fewer questions of many phrasings; its p99 is then that of its slowest question.
"""

from __future__ import annotations

import gc
import json
import math
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Annotated

import typer
from rapidfuzz import fuzz, process

from bot.app.load import folder, read
from bot.matching import Matcher
from tests.benchmarks.phrasings import Question, corpus, questions

QUESTIONS = 200
SLOW = 2_000_000
"""Comparisons by WRatio in a round; each takes about a microsecond."""
FEWEST = 20
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TABLE: Mapping[str, str] = {
    "build_s": "build, s",
    "memory_mb": "memory, MB",
    "p50_ms": "a question, ms: p50",
    "p99_ms": "p99",
    "right": "right, share",
    "ratio_p50_ms": "ratio over all, ms: p50",
    "ratio_p99_ms": "p99",
    "ratio_right": "right, share",
    "times_faster_than_ratio": "times faster than it",
    "wratio_p50_ms": "WRatio over all, ms: p50",
    "wratio_p99_ms": "p99",
    "wratio_right": "right, share",
    "times_faster_than_wratio": "times faster than it",
}


@dataclass(frozen=True, slots=True)
class Contender:
    """What is timed under a name, the id that it puts first, and the questions it is asked."""

    name: str
    answer: Callable[[str], object]
    first: Callable[[str], str | None]
    asked: Sequence[Question]


def main(
    sizes: Annotated[str, typer.Option(help="Numbers of phrasings")] = "1000,10000,100000",
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each contender")] = 5,
) -> None:
    """Measure, print a table and, as the last line, every figure as one JSON object."""
    os.environ.update(ONE_THREAD)
    measured = {}
    for size in _numbers(sizes):
        typer.echo(f"{size} phrasings ...", err=True)
        with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
            try:
                measured[size] = fresh.submit(measure, size, rounds).result()
            except ValueError as error:
                raise typer.BadParameter(str(error)) from None
    typer.echo(_row("phrasings", measured))
    for name, title in TABLE.items():
        typer.echo(_row(title, [f"{figures[name]:.4g}" for figures in measured.values()]))
    every = {f"{n}_{size}": x for size, figures in measured.items() for n, x in figures.items()}
    typer.echo(json.dumps(every))


def measure(size: int, rounds: int) -> dict[str, float]:
    """Every figure for that many phrasings; `right` is the share, 0 to 1, of the questions
    within scope whose entry comes first.
    """
    known = corpus(size)
    asked = questions(known, QUESTIONS)
    lexicon = read(folder()).lexicon
    gc.collect()
    before, started = resident(), perf_counter()
    matcher = Matcher(known.entries, lexicon)
    built = perf_counter() - started
    matcher.verdict(asked[0].text)  # what loads with the first question is part of it
    gc.collect()
    memory = resident() - before
    contenders = _contenders(matcher, known.entries, asked)
    figures = {"build_s": round(built, 3), "memory_mb": round(memory, 1)}
    return figures | _race(contenders, rounds) | {f"{c.name}right": _right(c) for c in contenders}


def _contenders(
    matcher: Matcher, entries: Mapping[str, Sequence[str]], asked: Sequence[Question]
) -> list[Contender]:
    phrasings = [phrasing for said in entries.values() for phrasing in said]
    owners = [id_ for id_, said in entries.items() for _ in said]
    few = asked[: max(FEWEST, SLOW // len(phrasings))]

    def first(text: str) -> str | None:
        return next((candidate.id for candidate in matcher.ranked(text, 1)), None)

    def ratio(text: str) -> str:
        return owners[process.extractOne(text, phrasings, scorer=fuzz.ratio)[2]]

    def wratio(text: str) -> str:
        return owners[process.extractOne(text, phrasings, scorer=fuzz.WRatio)[2]]

    return [
        Contender("", matcher.verdict, first, asked),
        Contender("ratio_", ratio, ratio, asked),
        Contender("wratio_", wratio, wratio, few),
    ]


def _race(contenders: Sequence[Contender], rounds: int) -> dict[str, float]:
    spent: dict[str, list[list[float]]] = {contender.name: [] for contender in contenders}
    for turn in range(rounds):
        start = turn % len(contenders)
        for contender in (*contenders[start:], *contenders[:start]):
            spent[contender.name].append(_times(contender))
    figures: dict[str, float] = {f"{c.name}questions": len(c.asked) for c in contenders}
    for name, took in spent.items():
        figures[f"{name}p50_ms"] = round(median(_percentile(one, 0.50) for one in took), 4)
        figures[f"{name}p99_ms"] = round(median(_percentile(one, 0.99) for one in took), 4)
    for name in ("ratio", "wratio"):
        times = figures[f"{name}_p50_ms"] / figures["p50_ms"]
        figures[f"times_faster_than_{name}"] = round(times, 2)
    return figures


def _times(contender: Contender) -> list[float]:
    """Milliseconds that each question took."""
    took = []
    for question in contender.asked:
        started = perf_counter()
        contender.answer(question.text)
        took.append(1000 * (perf_counter() - started))
    return took


def _percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def _right(contender: Contender) -> float:
    within = [question for question in contender.asked if question.id is not None]
    found = sum(contender.first(question.text) == question.id for question in within)
    return round(found / max(len(within), 1), 3)


def resident() -> float:
    """Megabytes of this process that are in memory now."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    asked = ("ps", "-o", "rss=", "-p", str(os.getpid()))
    return int(subprocess.run(asked, capture_output=True, check=True).stdout) / 2**10


def _numbers(sizes: str) -> list[int]:
    try:
        found = [int(size) for size in sizes.split(",")]
    except ValueError:
        found = []
    if not found or min(found) < 1:
        raise typer.BadParameter(f"{sizes!r} is no list such as 1000,10000")
    return found


def _row(title: str, cells: Mapping[int, object] | Sequence[str]) -> str:
    return f"{title:>24}" + "".join(f"{cell:>10}" for cell in cells)


if __name__ == "__main__":
    typer.run(main)
