"""No file crashes a reader, hangs it, swells it, or gets it to look at anything else.

`FUZZ=50 pytest tests/intake/test_hostile.py` sends every file of the corpus through a worker, with
fifty changed ones of each whole file, from a new seed; without it, a sample.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from functools import cache

import pytest_asyncio

from bot.core.model.extract import Extract
from bot.intake.workers import Workers
from tests.intake.hostile import ENDED, SECRET, File, corpus
from tests.intake.hostile_pdf import pdfs
from tests.intake.seeds import whole

FUZZ = int(os.environ.get("FUZZ", "0"))
SAMPLE = 31
"""Without FUZZ, every so many-th file is sent."""
UNREAD = {"photo.tif"}
"""Whole files of a format that is known and not read."""


@pytest_asyncio.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers() as workers:
        yield workers


@cache
def drawn() -> list[File]:
    """The corpus; with FUZZ from a seed of its own."""
    return list(corpus(seed=FUZZ, changes=max(9, FUZZ)))


async def sent(workers: Workers, files: list[File]) -> list[tuple[str, Extract]]:
    """What comes of each, as many at once as there are turns."""
    extracts = await asyncio.gather(*(workers.read(data, name) for name, data in files))
    return [(name, extract) for (name, _), extract in zip(files, extracts, strict=True)]


def test_the_corpus_has_at_least_two_hundred_files_each_different() -> None:
    assert len({data for _, data in drawn()}) >= 200


async def test_no_hostile_file_crashes_or_hangs_its_reader(workers: Workers) -> None:
    chosen = drawn() if FUZZ else drawn()[::SAMPLE]
    while chosen:
        some, chosen = chosen[:50], chosen[50:]
        for name, extract in await sent(workers, some):
            assert extract.problem != "slow", name
            assert extract.problem != "crashed" or name in ENDED, name
            assert SECRET not in str(extract), name


async def test_whole_files_are_read_in_a_worker(workers: Workers) -> None:
    """So that what the corpus is made from does reach the readers."""
    files = [(name, data) for name, data in whole().items() if name not in UNREAD]
    for name, extract in await sent(workers, files):
        assert extract.problem is None, name
        assert extract.told, name


BOMBS = {
    *("swells.ofd", "entry swells.ofd", "many.ofd", "nested 3.ofd", "overlapping.ofd"),
    *("laughs.xml", "quadratic.xml", "file.xml", "parameter.xml", "deep.xml", "60000x60000.png"),
}


async def test_a_bomb_is_called_one(workers: Workers) -> None:
    chosen = [(name, data) for name, data in drawn() if name in BOMBS]
    assert len(chosen) == len(BOMBS)
    for name, extract in await sent(workers, chosen):
        assert extract.problem == "bomb", name
        assert not extract.told, name


async def test_what_ends_its_process_costs_nothing_else(workers: Workers) -> None:
    fine = whole()["invoice.pdf"]
    files = [(name, data) for name, data in pdfs() if name == "content.pdf"]
    (_, ended), (_, read) = await sent(workers, [*files, ("a", fine)])
    assert ended == Extract("pdf", problem="crashed")
    assert read.told
