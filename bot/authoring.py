"""The commands for authors: ask, see the flows, learn the weights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.load import folder, load
from bot.settings import BadSettings
from bot.terminal import Faq, clearly, say

app = typer.Typer()


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What somebody writes")],
    faq: Faq = None,
) -> None:
    """Answer a question in the terminal."""
    from bot.channels import console

    with clearly():
        for line in console.ask(question, load(faq or folder())):
            say(line)


@app.command()
def flow(
    svg: Annotated[Path | None, typer.Option(help="Draw all flows into this file")] = None,
    mermaid: Annotated[bool, typer.Option(help="Print all flows as Mermaid text")] = False,
    faq: Faq = None,
) -> None:
    """Draw the flows."""
    from bot.insight import drawing

    with clearly():
        knowledge = load(faq or folder())
        if svg is None and not mermaid:
            raise BadSettings("flow  say --svg FILE or --mermaid")
        if svg is not None:
            svg.write_text(drawing.svg(knowledge.flows, knowledge.fields), "utf-8")
        if mermaid:
            say(drawing.mermaid(knowledge.flows, knowledge.fields))


@app.command()
def calibrate(
    questions: Annotated[Path, typer.Argument(help="Labelled questions, a JSON object a line")],
    faq: Faq = None,
) -> None:
    """Learn the matcher's weights and thresholds; prints how well they do, then the weights."""
    from bot.insight import calibrate as learning
    from bot.insight.measure import table
    from bot.insight.trials import read
    from bot.load import asked

    with clearly():
        known = load(faq or folder())
        entries = asked(known.entries)
        try:
            learnt = learning.calibrate(entries, read(questions), known.synonyms, known.foreign)
        except ValueError as error:
            raise BadSettings(f"{questions}  {error}") from None
        for line in table(learnt.trials, learnt.model):
            say(line)
        say(learning.written(learnt.model))
