"""`make bench-intake`: what reading invoices gets right, how long it takes, what it withstands.

Pictures, documents and hostile files are made from seeds other than those of the tests; a value
counts as wrong when it is told and is not that of the invoice. The last line is one JSON object.
Exits 1 unless every figure is within its bound.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from bot.app import load
from bot.core.model.extract import Extract, Key
from bot.core.values.fields import Context, Value, parse
from bot.intake import read
from bot.intake.workers import Workers
from tests.benchmarks.blocked import idle, longest
from tests.intake.hostile import ENDED, SECRET, File, corpus
from tests.invoices import Invoice, documents, expected, invoice, sheet
from tests.invoices.layouts import LAYOUTS
from tests.invoices.pictures import Shot, clean, degraded, placed
from tests.invoices.pictures import picture as taken

FIRST = 10_000
"""The first seed."""
DATES = Path(__file__).parents[1] / "core" / "dates.toml"
ROUNDS = 4
PHOTO = Shot((4000, 3000), 12, angle=17, tilt=0.05, light=0.8, noise=6, blur=0.15)
"""12 megapixels."""

AT_LEAST: Mapping[str, float] = {
    "qr_clean": 0.98,
    "qr_degraded": 0.90,
    "pdf_fields": 1.0,
    "ofd_fields": 1.0,
    "xml_fields": 1.0,
    "date_forms": 60,
}
AT_MOST: Mapping[str, float] = {
    "qr_wrong": 0,
    "photo_12mp_s": 1.5,
    "photo_12mp_no_code_s": 1.5,
    "pdf_wrong": 0,
    "pdf_s": 0.5,
    "ofd_wrong": 0,
    "xml_wrong": 0,
    "dates_wrong": 0,
    "loop_blocked_ms": 20,
    "hostile_crashed": 0,
    "hostile_slow": 0,
    "hostile_leaked": 0,
}
"""What issue and house ask for; the number of hostile files depends on how many are asked for."""

Figures = dict[str, float]


def main(
    pictures: Annotated[int, typer.Option(min=1, help="Of each sort, clean and degraded")] = 200,
    files: Annotated[int, typer.Option(min=1, help="Documents of each layout and kind")] = 20,
    hostile: Annotated[int, typer.Option(min=1, help="Hostile files, at most")] = 1000,
) -> None:
    """Measure the readers; the last line is one JSON object."""
    figures: Figures = {}
    for part in (
        partial(qr, pictures),
        photo,
        partial(papers, files),
        dates,
        lambda: asyncio.run(loop()),
        lambda: asyncio.run(withstood(hostile)),
    ):
        found = part()
        figures |= found
        for name, value in found.items():
            typer.echo(f"{name:24}{value:>10.4g}")
    typer.echo(json.dumps(figures))
    if missed := outside(figures):
        typer.echo(f"outside their bounds: {', '.join(missed)}", err=True)
        raise typer.Exit(1)


def outside(figures: Mapping[str, float]) -> list[str]:
    """Names of the figures that are not what they should be."""
    low = [name for name, least in AT_LEAST.items() if figures[name] < least]
    return low + [name for name, most in AT_MOST.items() if figures[name] > most]


def qr(count: int) -> Figures:
    """Shares of pictures whose code was found and read whole, and how many told a wrong value."""
    figures: Figures = {"qr_wrong": 0}
    # Fresh processes: those that a fork makes would keep the threads of libraries half alive.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for sort in (clean, degraded):
            seeds = range(FIRST, FIRST + count)
            outcomes = Counter(pool.map(partial(_outcome, sort), seeds, chunksize=8))
            figures[f"qr_{sort.__name__}"] = outcomes["right"] / count
            figures["qr_wrong"] += outcomes["wrong"]
    return {**figures, "pictures": 2 * count}


def _outcome(sort: Callable[[int], Shot], seed: int) -> str:
    given = invoice(seed, digital=seed % 2 == 0, red=seed % 11 == 0)
    extract = read(taken(given, sort(seed), seed), "photo.jpg")
    told, wanted = _pairs(extract), set(expected(given, "qr").items())
    return "right" if told == wanted else "wrong" if told - wanted else "missed"


def _pairs(extract: Extract) -> set[tuple[Key, str]]:
    return {(told.key, told.value) for told in extract.told}


def photo() -> Figures:
    """Seconds for a photo of 12 megapixels: one that is read, and one on which there is no code."""
    given = invoice(FIRST)
    blank = sheet.draw(given, PHOTO.scale)
    blank.paste("white", (0, 0, 400, 350))
    file = io.BytesIO()
    placed(blank, PHOTO).save(file, "JPEG", quality=90)
    assert _pairs(read(_photo())) == set(expected(given, "qr").items())
    assert not read(file.getvalue()).told
    return {
        "photo_12mp_s": _seconds(_photo()),
        "photo_12mp_no_code_s": _seconds(file.getvalue()),
    }


@cache
def _photo() -> bytes:
    return taken(invoice(FIRST), PHOTO)


def _seconds(data: bytes) -> float:
    """The least of a few, for others use the machine as well."""
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        read(data)
        times.append(perf_counter() - began)
    return min(times)


def papers(count: int) -> Figures:
    """Shares of the fields of documents that were told, and how many values were wrong."""
    figures: Figures = {}
    for form, made in _FORMS.items():
        right = wanted = wrong = 0
        slowest = 0.0
        for given in _invoices(count):
            for data, values in made(given):
                began = perf_counter()
                told = _pairs(read(data, f"invoice.{form}"))
                slowest = max(slowest, perf_counter() - began)
                right += len(told & values)
                wanted += len(values)
                wrong += len(told - values)
        figures |= {f"{form}_fields": right / wanted, f"{form}_wrong": wrong, f"{form}_s": slowest}
    return figures


def _invoices(count: int) -> Iterator[Invoice]:
    for seed in range(FIRST, FIRST + count):
        for digital in (True, False):
            yield invoice(seed, digital, red=seed % 4 == 0)


Made = Iterator[tuple[bytes, set[tuple[Key, str]]]]
"""Files, and the values that each of them tells."""


def _pdfs(given: Invoice) -> Made:
    """Each layout with its code, and its letters alone in every font of digits."""
    printed = expected(given, "text")
    values = set((printed | expected(given, "qr")).items())
    for layout in LAYOUTS.values():
        yield documents.pdf(layout(given)), values
        bare = replace(layout(given), text="")
        for latin in documents.LATIN:
            yield documents.pdf(bare, latin=latin), set(printed.items())


def _ofds(given: Invoice) -> Made:
    for shape in documents.SHAPES:
        yield documents.ofd(given, shape), set(expected(given, "data").items())


def _xmls(given: Invoice) -> Made:
    yield documents.xml(given), set(expected(given, "data").items())


_FORMS: Mapping[str, Callable[[Invoice], Made]] = {"pdf": _pdfs, "ofd": _ofds, "xml": _xmls}


def dates() -> Figures:
    """Written forms of a day: right, asked back, or silently another day."""
    known = load.read(load.folder())
    outcomes = Counter(
        _day(parse(known.fields["date"], written, Context(at, known.vocabulary)), day)
        for at, written, day in _written(tomllib.loads(DATES.read_text("utf-8"))["moments"])
    )
    counted = {f"dates_{outcome}": outcomes[outcome] for outcome in ("right", "asked", "wrong")}
    return {"date_forms": outcomes.total(), **counted}


def _written(moments: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, str, str | None]]:
    for moment in moments:
        for written, day in moment["days"].items():
            yield moment["at"], written, day.isoformat()
        for written in moment["asked"]["forms"]:
            yield moment["at"], written, None


def _day(answer: object, day: str | None) -> str:
    if not isinstance(answer, Value):
        return "asked"
    return "right" if answer.text == day else "wrong"


async def loop() -> Figures:
    """Milliseconds for which the event loop stands still while workers read, and while nobody
    does, which is what this machine does to it.
    """
    given = invoice(FIRST)
    sent = [_photo(), documents.pdf(LAYOUTS["framed"](given)), documents.xml(given)]
    async with Workers() as workers:
        alone = await idle(1)
        stood = await longest(asyncio.gather(*(workers.read(data) for data in sent * 3)))
    return {"loop_blocked_ms": stood * 1000, "loop_idle_ms": alone * 1000}


async def withstood(most: int) -> Figures:
    """What became of hostile files, each in a worker of its own; `ended` are those of `ENDED`."""
    outcomes: Counter[str] = Counter()
    async with Workers() as workers:

        async def one(file: File) -> None:
            name, data = file
            extract = await workers.read(data, name)
            ended = extract.problem == "crashed" and name in ENDED
            outcomes["ended" if ended else extract.problem or "read"] += 1
            outcomes["leaked"] += SECRET in str(extract)

        waiting = islice(corpus(FIRST), most)
        while some := list(islice(waiting, 50)):
            await asyncio.gather(*map(one, some))
    names = ("crashed", "ended", "slow", "leaked")
    counted: Figures = {f"hostile_{name}": outcomes[name] for name in names}
    return {"hostile_files": outcomes.total() - outcomes["leaked"], **counted}


if __name__ == "__main__":
    typer.run(main)
