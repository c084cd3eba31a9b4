"""The command that proves how soon the desk notices that far more people than usual need help."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from bot.app.load import folder, read
from bot.app.settings import BadSettings
from bot.cli.output import Faq, clearly, say

app = typer.Typer()


@app.command()
def simulate(
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same figures")] = 0,
    days: Annotated[int, typer.Option(min=1, help="Days that are judged, after the history")] = 90,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer desks, within a minute")] = False,
    faq: Faq = None,
) -> None:
    """Play planted incidents to the watch over surges, and tell how soon each was noticed beside
    what nobody can beat; the last line is the figures in JSON.
    """
    from bot.insight import surges

    with clearly():
        calendar = read(faq or folder()).calendar
        years = [each.year for each in calendar.years]
        if not years:
            raise BadSettings("simulate  calendar.toml has no year; have its author add one")
        try:
            made = surges.runs(
                calendar,
                (date(min(years), 1, 1), date(max(years), 12, 31)),
                desks=surges.QUICK if quick else surges.WHOLE,
                judged=days,
                seed=seed,
            )
        except surges.TooLong as error:
            raise BadSettings(f"--days {days}  {error}") from None
    found = surges.rows(made)
    for line in surges.lines(made, found):
        say(line)
    say(json.dumps(surges.figures(made, found)))
