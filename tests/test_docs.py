"""The documents keep their word: what they name is there, and what is there they name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.__main__ import app
from bot.app.settings import PREFIX, example
from bot.core.content.knowledge import Knowledge
from bot.store import Store
from bot.store.file import opened

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
README, OPERATING, AGENTS = ROOT / "README.md", DOCS / "operating.md", DOCS / "agents.md"
GUIDE = ROOT / "faq" / "README.md"
OURS = (README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")))
DECISIONS = sorted(set(DOCS.glob("decisions/*.md")) - {DOCS / "decisions" / "README.md"})

CODE, LINKS = ("code_inline", "fence", "code_block"), ("link_open", "image")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z][\w-]*):", MAKEFILE, re.MULTILINE))
VARIABLES = set(re.findall(r"\$\(([A-Z]+)\)", MAKEFILE))
MAKE = re.compile(r"(?<!\S)make((?: [a-z][\w-]*| [A-Z]+=(?:\"[^\"]*\"|\S+))+)")
MODULE = re.compile(r"python -m ([\w.]+)(.*)")
PATH = re.compile(r"(?<![\w/.])(?:bot|tests|faq|docs|\.readme|\.ci)/[\w./*-]*")
DEFAULTS = dict(line.split("=", 1) for line in example().splitlines() if line.startswith(PREFIX))


@dataclass(frozen=True, slots=True)
class Page:
    """`code` are code spans and lines of code blocks; `links` the targets of links and images."""

    path: Path
    text: str
    code: tuple[str, ...]
    links: tuple[str, ...]
    anchors: frozenset[str]


def page(path: Path, text: str | None = None) -> Page:
    """The page at `path`, or what one there would be with this text."""
    text = path.read_text("utf-8") if text is None else text
    whole = MarkdownIt("commonmark").enable("table").parse(text)
    tokens = list(_flat(whole))
    code = [line for t in tokens if t.type in CODE for line in t.content.splitlines()]
    links = [str(t.attrs.get("href") or t.attrs["src"]) for t in tokens if t.type in LINKS]
    heads = [after.content for t, after in pairwise(whole) if t.type == "heading_open"]
    anchors = frozenset(re.sub(r"[^\w -]", "", head).replace(" ", "-").lower() for head in heads)
    return Page(path, text, tuple(code), tuple(map(unquote, links)), anchors)


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


Command = Any  # typer does not export the class of its commands
DESK: Command = typer.main.get_command(app)


def commands(group: Command = DESK, before: str = "") -> Iterator[tuple[str, Command]]:
    """Every command by how it is called, such as "faq check"."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} ")
        else:
            yield before + name, command


def options(command: Command) -> set[str]:
    names = (name for param in command.params for name in (*param.opts, *param.secondary_opts))
    return {name for name in names if name.startswith("--")} | {"--help"}


EVERY_OPTION = options(DESK).union(*(options(command) for _, command in commands()))


def asked_of(command: Command, words: list[str]) -> Iterator[str]:
    """What is asked of a command or group that it does not have."""
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        name, *words = words
        if name not in command.commands:
            yield f"no command {name}"
            return
        command = command.commands[name]
    for word in words:
        name = word.strip("[]").partition("=")[0]
        if name.startswith("--") and name not in options(command):
            yield f"no option {name}"


def wrong_commands(of: Page) -> Iterator[str]:
    for code in of.code:
        words = code.partition(" #")[0].split()
        calls = [n for n, word in enumerate(words) if re.fullmatch(r"(.*[/=])?fapiao-desk", word)]
        if calls:
            yield from asked_of(DESK, words[calls[0] + 1 :])
        elif words and words[0] in DESK.commands:
            yield from asked_of(DESK, words)
        elif words and words[0].startswith("--") and words[0] not in EVERY_OPTION:
            yield f"no option {words[0]}"


def wrong_modules(of: Page) -> Iterator[str]:
    """Modules that are run, and the options of those that measure."""
    for module, rest in (met for code in of.code for met in MODULE.findall(code)):
        if find_spec(module) is None:
            yield f"no module {module}"
        elif module.startswith("tests.benchmarks."):
            alone = typer.Typer()
            alone.command()(import_module(module).main)
            yield from asked_of(typer.main.get_command(alone), rest.split())


def made(of: Page) -> Iterator[str]:
    """The words behind `make`, and variables that are named alone."""
    for code in of.code:
        for words in MAKE.findall(code):
            yield from re.findall(r"(?<!\S)(?:[a-z][\w-]*|[A-Z]+(?==))", words)
        yield from re.findall(r"^[A-Z]+(?==)", code)


def wrong_targets(of: Page) -> Iterator[str]:
    known = TARGETS | VARIABLES
    yield from (f"make knows no {word}" for word in made(of) if word not in known)


def wrong_settings(of: Page) -> Iterator[str]:
    named = re.findall(rf"{PREFIX}[A-Z_]+", of.text)
    yield from (f"no setting {name}" for name in named if name not in DEFAULTS)


def wrong_links(of: Page) -> Iterator[str]:
    for link in of.links:
        path, _, anchor = link.partition("#")
        target = (of.path.parent / path).resolve() if path else of.path
        if re.match(r"https?:", link):
            continue
        if not target.exists():
            yield f"{link} leads nowhere"
        elif anchor and anchor not in (of if target == of.path else page(target)).anchors:
            yield f"{link} has no such heading"


def wrong_paths(of: Page) -> Iterator[str]:
    named = (path for code in of.code for path in PATH.findall(code))
    yield from (f"no file {path}" for path in named if not list(ROOT.glob(path.rstrip("/"))))


Check = Callable[[Page], Iterator[str]]
CHECKS: tuple[Check, ...] = (
    wrong_commands, wrong_modules, wrong_targets, wrong_settings, wrong_links, wrong_paths,
)  # fmt: skip
OF_THE_GUIDE = (wrong_commands, wrong_settings, wrong_links)
"""Its files are samples, which `test_guide.py` looks at."""


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_page_names_is_there(path: Path) -> None:
    assert [wrong for check in CHECKS for wrong in check(page(path))] == []


def test_what_the_authors_guide_names_is_there() -> None:
    assert [wrong for check in OF_THE_GUIDE for wrong in check(page(GUIDE))] == []


@pytest.mark.parametrize(
    ("check", "text", "found"),
    [
        (wrong_commands, "`fapiao-desk rn`", "no command rn"),
        (wrong_commands, "    ExecStart=/srv/bin/fapiao-desk faq chek", "no command chek"),
        (wrong_commands, "`fapiao-desk dead [--again N]`", "no option --again"),
        (wrong_commands, "`run --accept`", "no option --accept"),
        (wrong_commands, "`--lexcal`", "no option --lexcal"),
        (wrong_modules, "`python -m tests.nothing`", "no module tests.nothing"),
        (wrong_modules, "`python -m tests.benchmarks.match --turns 3`", "no option --turns"),
        (wrong_targets, "```\nmake tset\n```", "make knows no tset"),
        (wrong_targets, "`make crash KILLS=3`", "make knows no KILLS"),
        (wrong_targets, "`ROUNDS=3`", "make knows no ROUNDS"),
        (wrong_settings, "FAPIAO_TOKN", "no setting FAPIAO_TOKN"),
        (wrong_links, "[a](docs/none.md)", "docs/none.md leads nowhere"),
        (wrong_links, "![a](.readme/none.png)", ".readme/none.png leads nowhere"),
        (wrong_links, "# Here\n[a](#there)", "#there has no such heading"),
        (wrong_links, "[a](docs/operating.md#no)", "docs/operating.md#no has no such heading"),
        (wrong_paths, "`bot/core/kinds/`", "no file bot/core/kinds/"),
        (wrong_paths, "`python -m x tests/none_*.py`", "no file tests/none_*.py"),
    ],
)
def test_what_is_not_there_is_found(check: Check, text: str, found: str) -> None:
    assert list(check(page(README, text))) == [found]


def test_every_command_and_option_is_told() -> None:
    code = [*page(OPERATING).code, *page(GUIDE).code]
    called = [line.partition("fapiao-desk ")[2] for line in code]
    untold = {
        name for name, _ in commands() if not any(f"{c} ".startswith(f"{name} ") for c in called)
    }
    named = {word.strip("[]") for line in code for word in line.split()}
    off = {name for name in EVERY_OPTION if name.startswith("--no-")}
    assert untold | (EVERY_OPTION - named - off) == set()


def test_every_query_can_be_asked(tmp_path: Path) -> None:
    queries = re.findall(r"```sql\n(.*?);\n```", OPERATING.read_text("utf-8"), re.DOTALL)
    Store.open(tmp_path / "desk.db").close()
    with opened(tmp_path / "desk.db") as db:
        assert [db.execute(query).fetchall() for query in queries] == [[]] * len(queries)
    assert queries


def test_every_setting_is_told_with_its_default() -> None:
    rows = re.findall(
        rf"^\| `({PREFIX}\w+)` \| (?:`([^`]+)`|empty) \|", page(OPERATING).text, re.MULTILINE
    )
    assert dict(rows) == DEFAULTS


def test_every_target_of_make_is_told() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert set(phony.split()) - {word for path in OURS for word in made(page(path))} == set()


def test_agents_are_told_every_button_and_command(knowledge: Knowledge) -> None:
    told, texts = page(AGENTS), knowledge.texts
    known = {f"/{name}" for name in (*texts.commands.group, *texts.commands.private)}
    assert {code for code in told.code if re.fullmatch(r"/\w+", code)} == known
    for name in ("claim", "ask", "escalate", "resolve", "note", "reveal"):
        assert f"| {getattr(texts.staff, f'button_{name}')} | `/{name}` |" in told.text


def test_every_page_is_reached_from_the_readme() -> None:
    reached, new = set[Path](), {README}
    while new:
        reached |= new
        links = {path.parent / link.partition("#")[0] for path in new for link in page(path).links}
        new = {link.resolve() for link in links if link.suffix == ".md"} - reached
    assert {*OURS, GUIDE} - reached == set()


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_short_page(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    parts = ["What", "Why", "Tried", "What would change it"]
    assert re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE) == parts


def test_the_plan_draws_the_layers_that_hold() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (core,) = (each for each in contracts if each.get("containers") == ["bot.core"])
    drawn = "".join(f"    {layer}\n" for layer in core["layers"])
    assert f"\n\n{drawn}\n" in (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {name for layer in core["layers"] for name in layer.split(" | ")}
    told = re.findall(r"^\| (`[a-z, `]+`) \|", page(ROOT / "docs" / "architecture.md").text, re.M)
    assert rooms <= {name for row in told for name in re.findall(r"`([a-z]+)`", row)}
