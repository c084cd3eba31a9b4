"""Slips of an author, made in a copy of the folder that ships, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app.load import Mistakes, read

Edit = Callable[[str], str]
ENTRY = "entries/query-not-shown.toml"
EXAMPLES = "examples/just-issued.toml"
FLOW = "flows/visit.toml"
"""A flow with every kind of step, which the folder that ships does not have."""


def change(root: Path, name: str, edit: Edit) -> None:
    before = (root / name).read_text("utf-8")
    after = edit(before)
    assert after != before
    (root / name).write_text(after, "utf-8")


def swap(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


def add(text: str) -> Edit:
    return lambda before: f"{before}\n{text}\n"


def line(key: str, new: str = "") -> Edit:
    """Replace the line on which the key stands."""
    return lambda text: "\n".join(
        new if each.startswith(f"{key} =") else each for each in text.split("\n")
    )


def table(key: str, new: str) -> Edit:
    """Rename a table."""
    return swap(f"[{key}]", f"[{new}]")


def mistakes(root: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Mistakes) as caught:
        read(root)
    assert str(caught.value).count("\n") + 1 >= len(caught.value.mistakes)
    return [(each.file, each.key, each.text) for each in caught.value.mistakes]
