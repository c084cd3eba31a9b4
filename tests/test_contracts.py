"""The rules of the house about imports fail when they are broken."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BREAKS = {
    "Each layer imports only those below it, and no sibling": (
        "bot/store/inbox.py",
        "import bot.channels.telegram.reading",
    ),
    "Each room of the core imports only those below it, and no sibling": (
        "bot/core/tickets/card.py",
        "import bot.core.staff.actions",
    ),
    "What makes a desk of the parts is put together in one direction": (
        "bot/app/settings.py",
        "import bot.app.load",
    ),
    "Commands share their output and nothing else": (
        "bot/cli/operator.py",
        "import bot.cli.author",
    ),
    "Each room of the local Telegram imports only those below it, and no sibling": (
        "bot/local_telegram/client_api/sending.py",
        "import bot.local_telegram.bot_api.targets",
    ),
    "Core, matching and surge have no I/O, clock, randomness or logging": (
        "bot/core/tickets/lifecycle.py",
        "import time",
    ),
    "Only the Telegram channel knows python-telegram-bot": (
        "bot/channels/telegram/reading.py",
        "import telegram",
    ),
    "Only the store knows SQL": ("bot/loops/work.py", "import sqlite3"),
    "The local Telegram knows nothing of the desk": (
        "bot/local_telegram/world/world.py",
        "import bot.core.model.case",
    ),
}


def linted(tree: Path) -> dict[str, str]:
    """What each contract came to, by its name."""
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=tree,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tree), "PATH": "", "NO_COLOR": "1"},
    )
    return dict(re.findall(r"^(.+) (KEPT|BROKEN)$", run.stdout, re.MULTILINE))


def test_every_contract_fails_when_it_is_broken(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in BREAKS.values():
        path = tmp_path / file
        path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    assert linted(tmp_path) == dict.fromkeys(BREAKS, "BROKEN")


@pytest.mark.parametrize(
    "file",
    ["bot/channels/__init__.py", "bot/channels/console/__init__.py", "bot/loops/deliver.py"],
)
def test_no_other_channel_and_no_loop_may_know_telegrams_library(tmp_path: Path, file: str) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / file
    path.write_text(path.read_text("utf-8") + "\nfrom telegram.error import TimedOut\n", "utf-8")
    broken = [name for name, found in linted(tmp_path).items() if found == "BROKEN"]
    assert broken == ["Only the Telegram channel knows python-telegram-bot"]


@pytest.mark.parametrize(
    ("room", "contract"),
    [
        (".", "Each layer imports only those below it, and no sibling"),
        ("core", "Each room of the core imports only those below it, and no sibling"),
        (
            "local_telegram",
            "Each room of the local Telegram imports only those below it, and no sibling",
        ),
        ("app", "What makes a desk of the parts is put together in one direction"),
        ("cli", "Commands share their output and nothing else"),
    ],
)
def test_a_new_file_must_be_given_a_layer(tmp_path: Path, room: str, contract: str) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "bot" / room / "stray.py").write_text("", "utf-8")
    assert linted(tmp_path).get(contract) != "KEPT"


def words(tree: ast.AST) -> set[str]:
    """What code makes sentences with: the texts of authors, and what fills and joins them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names} | {str(node.module)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.Attribute) and node.attr == "texts":
            found.add("texts")
    return found & {"bot.core.text.render", "texts"}


@pytest.mark.parametrize(
    "line",
    [
        "from bot.core.text import render",
        "from bot.core.text.render import fill",
        "import bot.core.text.render",
        "said = desk.knowledge.texts.staff.failed",
    ],
)
def test_what_makes_a_sentence_is_noticed(line: str) -> None:
    assert words(ast.parse(line))


LOOPS = {
    file.name: ast.parse(file.read_text("utf-8")) for file in (ROOT / "bot" / "loops").glob("*.py")
}


def test_no_loop_makes_a_sentence() -> None:
    assert LOOPS
    assert [name for name, tree in LOOPS.items() if words(tree)] == []


def test_the_loops_know_a_store_by_its_protocols_alone() -> None:
    imported = {
        (node.module, each.name)
        for tree in LOOPS.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    assert ("bot.store.protocol", "Store") in imported
    assert ("bot.store", "Store") not in imported
