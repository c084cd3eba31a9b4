"""The folder that an author works in."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from bot.app.load import folder
from tests.app.load.edits import ENTRY, EXAMPLES, FLOW

OTHERS = ("query-old-invoice", "safety-scam", "safety-delete")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the folder that ships, with a few of its entries and examples: reading all takes a
    while; and with a flow that an author might write.
    """
    root = tmp_path / "faq"
    shutil.copytree(folder(), root, ignore=shutil.ignore_patterns("entries", "examples"))
    related = tomllib.loads((folder() / ENTRY).read_text("utf-8"))["related"]
    for name in ("entries", "examples"):
        (root / name).mkdir()
    shutil.copy(folder() / EXAMPLES, root / EXAMPLES)
    shutil.copy(folder() / ENTRY, root / ENTRY)
    for name in {*related, *OTHERS}:
        text = (folder() / "entries" / f"{name}.toml").read_text("utf-8")
        alone = re.sub(r"^related = .*\n", "", text, flags=re.MULTILINE)
        (root / "entries" / f"{name}.toml").write_text(alone, "utf-8")
    shutil.copy(Path(__file__).parent / "load" / "visit.toml", root / FLOW)
    return root
