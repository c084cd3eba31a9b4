"""The matrix as a page: `python -m tests.matrix.page > docs/what-arrives.md` plays it."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.load import folder, load
from tests.matrix.cells import KINDS, MANNERS, SETTINGS, nonsense, played
from tests.matrix.played import table

PAGE = Path(__file__).parents[2] / "docs" / "what-arrives.md"
MARKS = {"arrived": "✓", "told": "told", "answered": "✓"}
HEAD = (
    "What people and agents send arrives once, whole, at the right one, or its writer is told "
    "why not. `tests/matrix` plays every kind of content of the Bot API on a real desk: {settings}."
    " A person without a ticket is answered whatever they send.",
    "✓ arrives in all of these settings, with whose words it is where it was forwarded and what "
    "it answers where it was a reply; *told*: Telegram lets no bot pass it on, and its writer "
    "hears so. Other cells make no sense; the letter says why.",
)


def page(outcomes: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """The page's lines; `outcomes` by kind and manner."""
    reasons: dict[str, str] = {}
    settings = ", ".join(name for name in SETTINGS.values() if "without a ticket" not in name)
    yield "# What arrives\n"
    yield from (f"{text.format(settings=settings)}\n" for text in HEAD)
    yield f"| kind | {' | '.join(MANNERS)} |"
    yield "| --- |" + " --- |" * len(MANNERS)
    for kind in KINDS:
        cells = []
        for manner in MANNERS:
            why = nonsense("person", kind, manner)
            if why is not None:
                cells.append(reasons.setdefault(why, "abcdefgh"[len(reasons)]))
            else:
                cells.append(MARKS.get(outcomes[kind, manner], outcomes[kind, manner]))
        yield f"| {kind} | {' | '.join(cells)} |"
    yield ""
    yield from (f"{letter}: {why}  " for why, letter in reasons.items())
    yield ""
    yield "`hologram` stands for a kind that no Bot API knows yet."


def told() -> dict[tuple[str, str], str]:
    """What the page says of each cell, by kind and manner."""
    rows = re.findall(r"^\| (\w+) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {
        (kind, manner): mark
        for kind, cells in rows
        if kind in KINDS
        for manner, mark in zip(MANNERS, cells.split(" | "), strict=True)
    }


async def play() -> dict[tuple[str, str], str]:
    """Play everything; a cell that comes out otherwise in one setting says both."""
    knowledge, found = load(folder()), dict[tuple[str, str], set[str]]()
    for setting in SETTINGS:
        with TemporaryDirectory() as where:
            async with table(knowledge, Path(where), setting) as people:
                for cell in played(setting):
                    became = await people.becomes(*cell)
                    if setting != "newcomer":
                        found.setdefault(cell, set()).add(MARKS.get(became, became))
    return {cell: ", ".join(sorted(marks)) for cell, marks in found.items()}


if __name__ == "__main__":
    sys.stdout.write("\n".join(page(asyncio.run(play()))) + "\n")
