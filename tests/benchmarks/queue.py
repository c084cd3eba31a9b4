"""`make bench-queue`: what a desk with very many open tickets and people is asked, beside a small
one.

Each question is asked of two stores in turns, in one process: one with 100 open tickets, one with
100,000 and a million people. What is looked for is found as often in both, as far as that can be.
Measured is the processor time of the question in the store, with all that it decodes; a ratio is
the median of the large one by the median of the small one, aimed at is 1.5 at most.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Annotated

import typer

from bot.core.model.agents import Search
from bot.core.model.state import QUEUE
from bot.store import Store
from tests.benchmarks.queue_rows import NOW, fill, invoice, name, number_of

SMALL = 100
"""Tickets, and people, of the desk beside which the other one is measured."""
MOST = 1.5
CALLS = 10
"""Times that a question is asked together: a single one is too short to be timed."""
WARM = 3
AT = NOW.timestamp()

QUESTIONS: Mapping[str, Callable[[Store], object]] = {
    "wake": lambda store: (store.timers.due(AT), store.timers.next_due()),
    "due": lambda store: store.tickets.queue("frontline", 20),
    "queue": lambda store: store.boards.search(Search(tiers=("frontline",))),
    "find_number": lambda store: store.boards.search(Search(number=number_of(42))),
    "find_invoice": lambda store: store.boards.search(Search(invoice=invoice(4))),
    "find_person": lambda store: store.boards.search(Search(words=((name(4),),))),
    "find_word": lambda store: store.boards.search(Search(words=(("红冲",),))),
    "find_words": lambda store: store.boards.search(Search(words=(("红冲",), (name(4),)))),
    "find_sentence": lambda store: store.boards.search(Search(words=(("红冲以后",),))),
    "position": lambda store: (store.waits.queues(QUEUE, NOW), store.waits.usual()),
    "digest": lambda store: store.digests.figures("frontline", AT),
}


def main(
    tickets: Annotated[int, typer.Option(min=SMALL, help="Open ones")] = 100_000,
    people: Annotated[int, typer.Option(min=SMALL)] = 1_000_000,
    runs: Annotated[int, typer.Option(min=1, help="Of each question, for each desk")] = 100,
) -> None:
    """Measure, print a table and, as the last line, every figure as one JSON object."""
    with tempfile.TemporaryDirectory(prefix="fapiao-desk-queue-") as place:
        small, large, began = Path(place, "small.db"), Path(place, "large.db"), monotonic()
        typer.echo(f"making {tickets:,} tickets of {people:,} people ...", err=True)
        fill(small, SMALL, SMALL)
        fill(large, tickets, max(tickets, people))
        figures: dict[str, float] = {
            "fill_s": round(monotonic() - began, 1),
            "file_mb": round(large.stat().st_size / 2**20, 1),
        }
        figures |= compare(small, large, runs)
    typer.echo(json.dumps(figures))


def compare(small: Path, large: Path, runs: int) -> dict[str, float]:
    """Microseconds of each question in both, their ratio, and the `worst` of these."""
    stores, found = [Store.open(small), Store.open(large)], dict[str, float]()
    typer.echo(f"{'':14}{'small, µs':>11}{'large, µs':>11}{'ratio':>8}")
    for title, question in QUESTIONS.items():
        took: list[list[float]] = [[], []]
        for n in range(WARM + runs):
            for which in (0, 1) if n % 2 else (1, 0):
                took[which].append(timed(question, stores[which]))
        before, after = (1e6 * median(each[WARM:]) for each in took)
        found |= {
            f"{title}_small_us": round(before, 1),
            f"{title}_us": round(after, 1),
            title: round(after / before, 2),
        }
        typer.echo(f"{title:14}{before:>11.1f}{after:>11.1f}{after / before:>8.2f}")
    for store in stores:
        store.close()
    return found | {"worst": max(found[title] for title in QUESTIONS)}


def timed(question: Callable[[Store], object], store: Store) -> float:
    """Seconds of processor that one asking takes."""
    began = process_time()
    for _ in range(CALLS):
        question(store)
    return (process_time() - began) / CALLS


if __name__ == "__main__":
    typer.run(main)
