"""What every command shares: how it speaks, how it fails, what its log hides."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app.encoder import Missing
from bot.app.load import Mistakes
from bot.app.settings import BadSettings
from bot.app.stderr import mask
from bot.core.content.mistake import reason
from bot.core.text import clock

TALKATIVE = ("telegram", "aiohttp", "asyncio")
"""Libraries that tell at DEBUG what people wrote: python-telegram-bot logs every call whole."""

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Faq = Annotated[Path | None, typer.Option(help="The faq/ folder; default: the one of the desk")]
Semantic = Annotated[
    bool | None,
    typer.Option(
        "--semantic/--lexical",
        envvar="FAPIAO_SEMANTIC",
        help="With or without the sentence encoder; else with it if it is installed",
    ),
]


class App(typer.Typer):
    """Commands whose standard error is masked, whatever becomes of them."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        mask()
        # Frames drawn by rich break lines, and values with them.
        self.pretty_exceptions_enable = False
        return super().__call__(*args, **kwargs)


def today() -> date:
    """The day in Beijing."""
    return clock.day(datetime.now(UTC))


def say(text: str = "", *, error: bool = False) -> None:
    """A line on standard output, or on standard error; nothing where nobody reads it any more."""
    try:
        typer.echo(text, err=error)
    except BrokenPipeError:  # docs.python.org/3/library/signal.html#note-on-sigpipe
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, (sys.stderr if error else sys.stdout).fileno())
        os.close(nowhere)


@contextmanager
def clearly() -> Iterator[None]:
    """What an operator or author can mend is told in lines of its own, and ends with 2."""
    from bot.channels import Later, Refused
    from bot.insight.rows import BadRows

    try:
        yield
    except (BadSettings, BadRows, Missing, Mistakes, Refused, Later, OSError) as error:
        say(reason(error) if isinstance(error, OSError) else str(error), error=True)
        raise typer.Exit(2) from None


def start_log(level: str, *secrets: str) -> None:
    """Log to standard error; no secret or private value appears, at no level, in no traceback."""
    mask(*secrets)
    logging.basicConfig(level=level, format=LINE, force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level)))
