"""`make bench-growth`: what one more message costs a desk that has grown, beside a fresh one.

For each situation two desks take turns in one process, each on its own database, see `alone`: one
has much of something, its twin little. What they hear is the same, and the whole way is measured,
from the update received to everything sent and kept: processor time of the process, and the bytes
it hands to the kernel to be written (`wchar`), which are those of the database, its log and its
lock. A ratio is the median over the rounds of what has grown by its twin; aimed at is 1.1 at most.
Linux only.

Tickets and talks are made by the desk itself from what people write. Rows of other people, which
are many, are put straight into the outbox.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Annotated

import typer

from tests.benchmarks import past
from tests.benchmarks.alone import AGENT, Alone, shipped

QUESTION = "发票状态是什么意思"
WARM = 4
"""Messages to each desk before those that count."""
APART = 6 * 86400.0
"""Seconds from one ticket of a person to the next: the shipped desk thins what is older than half a
year."""
DUE = 3000.0
"""Seconds until the rows that wait are due."""
COLUMNS: Mapping[str, str] = {
    "cpu_ms": "cpu, ms",
    "fresh_cpu_ms": "fresh",
    "cpu": "ratio",
    "kb": "kB",
    "fresh_kb": "fresh",
    "bytes": "ratio",
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What has grown: `make` is told how much of it there is, `few` in the fresh twin.

    `act` is what is measured, the message of that number.
    """

    title: str
    few: int
    many: int
    make: Callable[[Alone, int], None]
    act: Callable[[Alone, int], None]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one message: milliseconds of processor, and kilobytes written."""

    cpu_ms: float
    kb: float


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Messages to each desk")] = 30,
    scale: Annotated[float, typer.Option(min=0, help="Share of what has grown")] = 1.0,
) -> None:
    """Measure, print a table and, as the last line, every figure and ratio as one JSON object."""
    figures: dict[str, float] = {}
    typer.echo(" " * 38 + "".join(f"{title:>9}" for title in COLUMNS.values()))
    for name, situation in SITUATIONS.items():
        many = max(situation.few, round(scale * situation.many))
        typer.echo(f"making {situation.title.format(f'{many:,}')} ...", err=True)
        with tempfile.TemporaryDirectory(prefix="fapiao-desk-growth-") as place:
            of = compare(situation, many, rounds, Path(place))
        cells = "".join(f"{of[key]:>9.2f}" for key in COLUMNS)
        typer.echo(f"{situation.title.format(f'{many:,}'):38}{cells}")
        figures |= {f"{name}_{key}": round(value, 3) for key, value in of.items()}
    typer.echo(json.dumps(figures))


def compare(situation: Situation, many: int, rounds: int, place: Path) -> dict[str, float]:
    """Figures of the desk that has grown and of its fresh twin, and `cpu` and `bytes` as ratios."""
    with Alone(place / "fresh.db") as fresh, Alone(place / "grown.db") as grown:
        situation.make(fresh, situation.few)
        situation.make(grown, many)
        costs: dict[Alone, list[Cost]] = {fresh: [], grown: []}
        for n in range(WARM + rounds):
            pair = (fresh, grown) if n % 2 else (grown, fresh)
            for m, desk in enumerate(pair, 2 * n):
                costs[desk].append(measured(situation.act, desk, m))
    before, after = costs[fresh][WARM:], costs[grown][WARM:]
    return {
        "cpu": median(b.cpu_ms / a.cpu_ms for a, b in zip(before, after, strict=True)),
        "bytes": median(b.kb / a.kb for a, b in zip(before, after, strict=True)),
        "cpu_ms": median(cost.cpu_ms for cost in after),
        "kb": median(cost.kb for cost in after),
        "fresh_cpu_ms": median(cost.cpu_ms for cost in before),
        "fresh_kb": median(cost.kb for cost in before),
    }


def measured(act: Callable[[Alone, int], None], desk: Alone, n: int) -> Cost:
    """What the desk spends on that message and all that follows from it."""
    bytes_, seconds = written(), process_time()
    act(desk, n)
    return Cost(1000 * (process_time() - seconds), (written() - bytes_) / 1000)


def written() -> int:
    """Bytes that this process has handed to the kernel."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"])


def _opened(desk: Alone) -> None:
    """A ticket with an owner."""
    for text, *who in (("/human",), ("/human",), ("/claim", AGENT)):
        desk.hears(text, *who)


def long_ticket(desk: Alone, lines: int) -> None:
    _opened(desk)
    for n in range(0, lines, 2):
        desk.hears(f"第{n}句：换了浏览器也查不到")
        desk.hears(f"第{n}句：请再核对一下号码", AGENT)


def many_tickets(desk: Alone, tickets: int) -> None:
    for _ in range(tickets):
        for text, *who in (("/human",), ("/human",), ("/resolve", AGENT), ("解决了",)):
            desk.hears(text, *who)
        desk.later(APART)


def waiting_rows(desk: Alone, rows: int) -> None:
    _opened(desk)
    past.waiting(desk.database, rows, desk.clock(), desk.clock() + DUE)


def old_card(desk: Alone, rows: int) -> None:
    _opened(desk)
    past.sent(desk.database, rows, desk.clock())


def says(desk: Alone, n: int) -> None:
    """The person goes on in the open ticket."""
    desk.hears(f"第{n}次查，还是没有")


def asks(desk: Alone, n: int) -> None:
    """The person asks, each time in other words: those that were heard before cost less."""
    desk.hears(_phrasings()[n % len(_phrasings())])


def changes(desk: Alone, n: int) -> None:
    """The agent gives the ticket back, and takes it again the next time: its card is edited."""
    desk.hears("/claim" if n // 2 % 2 else "/release", AGENT)


def _phrasings() -> tuple[str, ...]:
    entries = shipped().entries.values()
    return next(tuple(entry.phrasings) for entry in entries if entry.title == QUESTION)


SITUATIONS: Mapping[str, Situation] = {
    "long_ticket": Situation("an open ticket of {} lines", 4, 500, long_ticket, says),
    "many_tickets": Situation("a person with {} closed tickets", 1, 300, many_tickets, asks),
    "waiting_rows": Situation("{} orders that wait", 1, 175_000, waiting_rows, says),
    "old_card": Situation("a card {} orders ago", 1, 1_000_000, old_card, changes),
}


if __name__ == "__main__":
    typer.run(main)
