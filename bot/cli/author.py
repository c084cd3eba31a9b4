"""The commands for authors: ask, see the flows, learn the weights, measure the matcher."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.encoder import encoder
from bot.app.load import Mistakes, folder, load, read, with_matcher
from bot.app.settings import BadSettings
from bot.cli.output import Faq, Semantic, clearly, say, start_log, today
from bot.core.content.findings import finding
from bot.core.content.script import DIAGNOSE
from bot.matching import Lexicon

if TYPE_CHECKING:
    from bot.core.content.knowledge import Knowledge
    from bot.core.content.mistake import Mistake
    from bot.insight.figures import Judged
    from bot.insight.trials import Entries
    from bot.matching.model import Model

Phrased = Annotated[
    Path | None,
    typer.Option(
        help='A faq/ folder, or a file of {"id", "phrasings"} rows; default: that of the desk'
    ),
]

app = typer.Typer()
faq_app = typer.Typer(help="Work on the FAQ.", no_args_is_help=True)
app.add_typer(faq_app, name="faq")


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="What somebody writes; without it you talk to the desk")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell why as well")] = False,
    database: Annotated[
        Path | None, typer.Option(help="Keep the talk in this file and go on from it")
    ] = None,
    faq: Faq = None,
    semantic: Semantic = None,
) -> None:
    """Answer a question in the terminal, or talk to the desk there, as a person and as an agent."""
    from bot.insight.explain import lines

    with clearly():
        if explain and question is None:
            raise BadSettings("--explain  needs a question")
        knowledge = with_matcher(read(faq or folder()), encoder(semantic))
        _talk(question, knowledge, database)
        if explain and question is not None:
            say()
            titles = {id_: entry.title for id_, entry in knowledge.entries.items()}
            for line in lines(knowledge.matcher, question, titles):
                say(line)


def _talk(question: str | None, knowledge: Knowledge, database: Path | None) -> None:
    """Let the desk answer the question, or all that is typed."""
    from bot.app import terminal
    from bot.app.wiring import in_pieces

    start_log("WARNING")
    asked = question is not None
    at_once = asked or not sys.stdin.isatty()
    if not at_once:
        knowledge = in_pieces(knowledge)
        say(terminal.HELP)
    with tempfile.TemporaryDirectory(prefix="fapiao-desk-") as place:
        lines = terminal.typed() if question is None else terminal.once(question)
        asyncio.run(
            terminal.talk(
                knowledge,
                database or Path(place) / "talk.db",
                Path(place),
                lines,
                say if asked else lambda text: say(f"{text}\n"),
                at_once=at_once,
            )
        )


@app.command()
def flow(
    svg: Annotated[Path | None, typer.Option(help="Draw all flows into this file")] = None,
    mermaid: Annotated[bool, typer.Option(help="Print all flows as Mermaid text")] = False,
    faq: Faq = None,
) -> None:
    """Draw the flows."""
    from bot.insight.mermaid import mermaid as chart
    from bot.insight.tree import tree

    with clearly():
        if svg is None and not mermaid:
            raise BadSettings("flow  say --svg FILE or --mermaid")
        _can_be_made("--svg", svg)
        if svg is not None:
            with _extra("--svg", "draw"):
                from bot.insight.drawing import svg as picture
        knowledge = read(faq or folder())
        flows = {**knowledge.flows, DIAGNOSE: tree(knowledge.diagnosis, knowledge.texts.diagnosis)}
        if svg is not None:
            svg.write_text(picture(flows, knowledge.fields), "utf-8")
        if mermaid:
            say(chart(flows, knowledge.fields))


@app.command()
def calibrate(
    questions: Annotated[Path, typer.Argument(help="Labelled questions, a JSON object a line")],
    faq: Phrased = None,
    semantic: Semantic = None,
) -> None:
    """Learn the matcher's weights and thresholds; prints how well they do on questions that they
    did not learn from, then the weights.
    """
    from bot.insight import calibrate as learning
    from bot.insight import figures, measure, rows

    with clearly():
        entries, lexicon = _compared(faq or folder())
        asked = rows.questions(questions, entries)
        try:
            learnt = learning.calibrate(entries, asked, lexicon, encoder(semantic))
        except learning.Unlearnable as error:
            raise BadSettings(f"{questions}  {error}") from None
        honest = measure.judged(learnt.trials, learnt.model)
        for line in measure.lines(honest):
            say(line)
        say(json.dumps(asdict(figures.shares(honest))))
        say(learning.written(learnt.model))


@faq_app.command()
def check(faq: Faq = None) -> None:
    """Proofread the FAQ: a line for each finding; ends with 1 if there is any. What will only be
    one soon is told as well.
    """
    from bot.insight.proofread import coming, proofread

    soon: list[Mistake] = []
    with clearly():
        try:
            known = load(faq or folder())
            day = today()
            found, soon = proofread(known, day), coming(known, day)
            said = sum(len(entry.phrasings) for entry in known.entries.values())
            given = {"entries": len(known.entries), "phrasings": said, "count": len(found)}
            summary = finding("checked" if found else "clean", **given)
        except Mistakes as error:
            found = list(error.mistakes)
            summary = finding("refused", count=len(found))
    for mistake in found:
        say(str(mistake))
    for mistake in soon:
        say(finding("soon", told=mistake))
    say(summary)
    if found:
        raise typer.Exit(1)


@app.command()
def match(
    queries: Annotated[Path, typer.Option(help='Labelled questions: {"text", "id" or "ids"} rows')],
    faq: Phrased = None,
    out: Annotated[Path | None, typer.Option(help="Write what came of each question")] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw precision against coverage, as .svg or .png")
    ] = None,
    semantic: Semantic = None,
) -> None:
    """Measure the matcher on labelled questions; the last line is the figures in JSON, shares by
    style of what was answered at once (`answered_by_style`) among them.
    """
    from bot.insight import figures, measure, rows, timed

    with clearly():
        _can_be_made("--out", out)
        _can_be_made("--plot", plot)
        entries, lexicon = _compared(faq or folder())
        meaning = encoder(semantic)
        model = _model(faq, semantic=meaning is not None)
        draw = _drawing(plot, model) if plot else None
        run = timed.run(entries, rows.questions(queries, entries), lexicon, model, meaning)
        drawn = draw(run.judged) if draw else b""
        if out:
            out.write_text(rows.written(run.judged), "utf-8")
        if plot:
            plot.write_bytes(drawn)
        for line in measure.lines(run.judged):
            say(line)
        say(json.dumps(asdict(figures.figures(run.judged, run.seconds, run.build))))


@app.command()
def diagnose(
    cases: Annotated[
        Path | None, typer.Option(help='Cases to play: {"id", "opening", "replies", ...} rows')
    ] = None,
    replies: Annotated[
        Path | None, typer.Option(help='Replies to read: {"asked", "text", "value"} rows')
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write what was said in each case")] = None,
    faq: Faq = None,
) -> None:
    """Measure the diagnosis on cases that are played, or on replies that are read in a step; the
    last line is the figures in JSON.
    """
    from bot.insight import case_rows
    from bot.insight import diagnose as insight

    with clearly():
        if (cases is None) == (replies is None):
            raise BadSettings("diagnose  say --cases FILE or --replies FILE")
        if replies is not None and out is not None:
            raise BadSettings("--out  belongs to --cases")
        _can_be_made("--out", out)
        known = read(faq or folder())
        if cases is not None:
            rows = case_rows.cases(cases, known.diagnosis)
            knowledge = with_matcher(known)
            played = [insight.play(knowledge, case) for case in rows]
            if out:
                out.write_text(case_rows.written(played), "utf-8")
            for line in insight.lines(played):
                say(line)
            say(json.dumps(asdict(insight.figures(played))))
        elif replies is not None:
            asked = case_rows.replies(replies, known.diagnosis)
            knowledge = with_matcher(known)
            values = [insight.taken(knowledge, reply) for reply in asked]
            say(json.dumps(asdict(insight.reading(asked, values))))


def _compared(faq: Path) -> tuple[Entries, Lexicon]:
    """Phrasings by entry and the words around them: a file of phrasings has none of its own, so
    only the opposites count, which are those of the language.
    """
    from bot.app.load import asked
    from bot.insight.rows import phrasings

    if not faq.is_dir():
        return phrasings(faq), Lexicon(opposites=read(folder()).lexicon.opposites)
    known = read(faq)
    return asked(known.entries), known.lexicon


def _can_be_made(option: str, file: Path | None) -> None:
    """What is written last is looked at first: the work before it may take minutes."""
    if file is not None and file.is_dir():
        raise BadSettings(f"{option} {file}  is a folder; name a file in it")
    if file is not None and not file.parent.is_dir():
        raise BadSettings(f"{option} {file}  there is no folder {file.parent}")


@contextmanager
def _extra(option: str, name: str) -> Iterator[None]:
    """Tell what an option needs where the libraries of an extra are not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        needs = f"install it with: pip install 'fapiao-desk[{name}]', in a checkout '.[{name}]'"
        raise BadSettings(f"{option}  {error.name} is missing; {needs}") from None


def _model(faq: Path | None, *, semantic: bool) -> Model:
    """The desk's own weights for a folder such as its own, the general ones for bare phrasings."""
    from bot.matching import weights

    if faq is None or faq.is_dir():
        return weights.SEMANTIC if semantic else weights.SHIPPED
    return weights.GENERAL_SEMANTIC if semantic else weights.GENERAL


def _drawing(file: Path, model: Model) -> Callable[[Sequence[Judged]], bytes]:
    """What makes the content of the plot, when its kind is known and it can be drawn."""
    from bot.insight.plot import kind, picture

    try:
        suffix = kind(file)
    except ValueError as error:
        raise BadSettings(f"--plot {file}  {error}") from None

    def draw(judged: Sequence[Judged]) -> bytes:
        try:
            return picture(judged, suffix, model)
        except ValueError as error:
            raise BadSettings(f"--plot  {error}") from None

    return draw
