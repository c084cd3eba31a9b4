"""The authors' guide: whoever copies what it shows has content that passes its own check."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.app.load import folder, load, read
from bot.insight.proofread import proofread

GUIDE = (folder() / "README.md").read_text("utf-8")
ENTRY, STEP, FIELD, SHELF, FESTIVAL = (
    next(block for block in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL) if mark in block)
    for mark in ("phrasings =", "[steps.vpn]", "[[fields]]", "[[categories]]", "[[festivals]]")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(), tmp_path / "faq"))


def test_every_sample_is_checked_here() -> None:
    samples = {ENTRY, STEP, FIELD, SHELF, FESTIVAL}
    assert set(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)) == samples


def test_the_sample_entry_passes_its_check(root: Path) -> None:
    """As what the guide asks for: a file named as it says, checked on the day it names."""
    (name,) = set(re.findall(r"例如 `(entries/[\w-]+\.toml)`", GUIDE))
    (root / name).write_text(ENTRY, "utf-8")
    found = proofread(load(root), tomllib.loads(ENTRY)["checked"])
    assert [str(mistake) for mistake in found] == []


def test_the_sample_step_stands_where_the_guide_puts_it(root: Path) -> None:
    path = root / "flows/diagnose.toml"
    text = path.read_text("utf-8")
    head, tail = text.split("[steps.relogin]")
    assert head.count('next = "relogin"') == 1
    changed = head.replace('next = "relogin"', 'next = "vpn"') + STEP + "\n[steps.relogin]" + tail
    path.write_text(changed, "utf-8")
    steps = read(root).flows["diagnose"].steps
    assert {option.next for option in steps["vpn"].options} == {"solved", "relogin"}


def test_the_sample_field_is_one(root: Path) -> None:
    path = root / "fields.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{FIELD}", "utf-8")
    assert "branch" in read(root).fields


def test_the_sample_shelf_is_one_that_ships(root: Path) -> None:
    assert SHELF.strip() in (root / "categories.toml").read_text("utf-8")


def test_the_sample_festival_is_one(root: Path) -> None:
    path = root / "vocabulary.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{FESTIVAL}", "utf-8")
    assert read(root).vocabulary.festival("重阳").on(2026) == date(2026, 10, 18)


def test_every_list_of_words_is_explained() -> None:
    words = tomllib.loads((folder() / "vocabulary.toml").read_text("utf-8"))
    chapter = GUIDE.split("## 认得的词 vocabulary.toml")[1].split("\n## ")[0]
    assert all(f"`{key}`" in chapter or f"`[[{key}]]`" in chapter for key in words)


def test_an_author_is_told_how_to_check_rehearse_and_have_it_seen() -> None:
    for command in ("faq check", "ask ", "flow --svg", "demo --faq"):
        assert f"fapiao-desk {command}" in GUIDE
    assert "重启" in GUIDE
    assert "UTF-8" in GUIDE
    assert ".toml.txt" in GUIDE
