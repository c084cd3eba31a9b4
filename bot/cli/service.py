"""The command for whoever leads agents: what is due, and a working day that is played."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.load import folder, load, read
from bot.app.settings import BadSettings, read_settings
from bot.cli.database import opened
from bot.cli.output import Faq, clearly, say, start_log
from bot.core.text.clock import BEIJING

if TYPE_CHECKING:
    from bot.core.content.knowledge import Knowledge
    from bot.core.model.ticket import Ticket

SHOWN = 50
MINUTE = 60.0
HEADS = ("ticket", "tier", "state", "waits for", "due", "owner")

app = typer.Typer()


@app.command()
def sla(
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Play a working day and the nights around it")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the day that is played")] = 1,
    tickets: Annotated[int, typer.Option(help="How many of that day, 1 to 1000")] = 60,
    faq: Faq = None,
) -> None:
    """The open tickets that something is due of, the most urgent first, also while the desk runs.

    With --simulate nobody's tickets: the last line is JSON; ends with 1 where anybody was told
    anything at night or twice.
    """
    with clearly():
        if simulate:
            return _simulate(faq, seed, tickets)
        knowledge = read(faq or read_settings().faq or folder())
        with opened() as store:
            every = store.tickets.due_in()
            queues = [store.tickets.queue(tier, SHOWN) for tier in every]
        shown = list(islice(merge(*queues, key=_due_at), SHOWN))
    if not shown:
        return say("nothing is due of any ticket")
    at = datetime.fromtimestamp(time.time(), UTC)
    for line in _table([HEADS, *(_row(knowledge, ticket, at) for ticket in shown)]):
        say(line)
    return say(f"{sum(every.values()) - len(shown) or 'no'} more")


def _due_at(ticket: Ticket) -> float:
    return ticket.due_at.timestamp() if ticket.due_at else 0.0


def _row(knowledge: Knowledge, ticket: Ticket, at: datetime) -> tuple[str, ...]:
    from bot.core.tickets import clocks

    waiting = ticket.waiting
    clock = waiting and clocks.urgent(knowledge.calendar, waiting, at)
    return (
        ticket.number,
        ticket.tier,
        ticket.status,
        clock.name.replace("_", " ") if clock else "",
        _due(knowledge, ticket, at),
        ticket.owner.name if ticket.owner else "nobody",
    )


def _due(knowledge: Knowledge, ticket: Ticket, at: datetime) -> str:
    """When it is due in Beijing, or for how much working time it has been."""
    from bot.core.content import working_time

    assert ticket.due_at is not None
    if ticket.due_at > at:
        return f"{ticket.due_at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    late = working_time.passed(knowledge.calendar, ticket.due_at, at)
    return f"{late.total_seconds() // MINUTE:.0f} min overdue"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _simulate(faq: Path | None, seed: int, tickets: int) -> None:
    """Play a day and tell what came of it, by tier and in all."""
    from bot.app.simulation import FIGURES, MOST, simulated

    if not 1 <= tickets <= MOST:
        raise BadSettings(f"--tickets {tickets}  give 1 to {MOST}")
    start_log("ERROR")
    knowledge = load(faq or read_settings().faq or folder())
    with tempfile.TemporaryDirectory(prefix="fapiao-desk-") as place:
        tally = asyncio.run(simulated(knowledge, Path(place), seed, tickets))
    rows = [(tier, *map(str, counts.values())) for tier, counts in tally.by_tier.items()]
    for line in _table([("tier", *FIGURES), *rows]):
        say(line)
    say(json.dumps(tally.json()))
    if not tally.is_right:
        raise typer.Exit(1)
