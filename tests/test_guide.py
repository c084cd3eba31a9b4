"""The authors' guide: whoever copies what it shows has content that passes its own check."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.app.load import folder, load, read
from bot.core.content.knowledge import Stages
from bot.core.diagnosis.belief import Known, belief
from bot.core.talk.canned import VARIABLES
from bot.insight.proofread import proofread

GUIDE = (folder() / "README.md").read_text("utf-8")
SAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
ENTRY, FACT, CAUSE, EXAMPLES, STEP, FIELD, SHELF, FESTIVAL, TERM, TIER, REPLY = (
    next(block for block in SAMPLES if mark in block)
    for mark in (
        "answer =", "[[values]]", "remedy =", "messages =", "[steps.branch]", "[[fields]]",
        "[[categories]]", "[[festivals]]", "[seal]", "[[tiers]]", "[[replies]]",
    )
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(), tmp_path / "faq"))


def test_every_sample_is_checked_here() -> None:
    checked = {ENTRY, FACT, CAUSE, EXAMPLES, STEP, FIELD, SHELF, FESTIVAL, TERM, TIER, REPLY}
    assert set(SAMPLES) == checked


def test_the_sample_entry_passes_its_check(root: Path) -> None:
    """As what the guide asks for: a file named as it says, checked on the day it names."""
    (name,) = set(re.findall(r"例如 `(entries/[\w-]+\.toml)`", GUIDE))
    (root / name).write_text(ENTRY, "utf-8")
    found = proofread(load(root), tomllib.loads(ENTRY)["checked"])
    assert [str(mistake) for mistake in found] == []


def named(folder: str) -> str:
    """The file in this folder that the guide names before its sample."""
    (name,) = re.findall(rf"例如 `({folder}/[\w-]+\.toml)`", GUIDE)
    return str(name)


@pytest.fixture
def diagnosed(root: Path) -> Path:
    """With the sample fact, cause and examples, as the guide puts them."""
    for folder_, sample in (("facts", FACT), ("causes", CAUSE), ("examples", EXAMPLES)):
        (root / named(folder_)).write_text(sample, "utf-8")
    order = root / "diagnosis.toml"
    text = order.read_text("utf-8")
    assert '"scope",' in text
    order.write_text(text.replace('"scope",', '"scope",\n    "device",', 1), "utf-8")
    return root


def test_the_sample_cause_is_told_to_whom_its_fact_was_told(diagnosed: Path) -> None:
    diagnosis = read(diagnosed).diagnosis
    assert diagnosis.order[-2] == "device"
    phone = belief(diagnosis, Known(values={"device": "phone", "symptom": "nothing"}))
    assert next(iter(phone)) == "phone-only"
    assert "phone-only" not in belief(diagnosis, Known(values={"device": "computer"}))


def test_the_sample_cause_passes_its_check(diagnosed: Path) -> None:
    found = proofread(load(diagnosed), tomllib.loads(CAUSE)["checked"])
    ours = ("phone-only", "device", "diagnosis.toml")
    assert [str(each) for each in found if any(name in str(each) for name in ours)] == []


def test_the_sample_field_and_step_stand_where_the_guide_puts_them(root: Path) -> None:
    fields, flow = root / "fields.toml", root / "flows/ticket.toml"
    fields.write_text(f"{fields.read_text('utf-8')}\n{FIELD}", "utf-8")
    head, rest = flow.read_text("utf-8").split("[steps.district]")
    step, tail = rest.split("[steps.contact]")
    assert step.count('"contact"') == 2
    step = step.replace('"contact"', '"branch"')
    text = f"{head}[steps.district]{step}{STEP}\n[steps.contact]{tail}"
    flow.write_text(text, "utf-8")
    known = read(root)
    assert "branch" in known.fields
    steps = known.flows["ticket"].steps
    assert (steps["district"].read, steps["branch"].read) == ("branch", "contact")


def test_the_sample_shelf_is_one_that_ships(root: Path) -> None:
    assert SHELF.strip() in (root / "categories.toml").read_text("utf-8")


def test_the_sample_festival_is_one(root: Path) -> None:
    path = root / "vocabulary.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{FESTIVAL}", "utf-8")
    assert read(root).vocabulary.festival("重阳").on(2026) == date(2026, 10, 18)


def test_the_sample_term_is_one(root: Path) -> None:
    path = root / "glossary.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{TERM}", "utf-8")
    assert "发票专用章" in read(root).glossary["seal"].names


def test_the_sample_reply_is_one_and_every_variable_is_explained(root: Path) -> None:
    path = root / "replies.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{REPLY}", "utf-8")
    assert read(root).replies[-1].id == "received"
    chapter = GUIDE.split("## 常用回复 replies.toml")[1].split("\n## ")[0]
    assert all(f"`{{{name}}}`" in chapter for name in VARIABLES)


def test_the_sample_tier_has_targets_and_somebody_who_owns_what_comes(root: Path) -> None:
    (root / "tiers.toml").write_text(TIER, "utf-8")
    tiers = read(root).tiers
    (tier,) = tiers.tiers
    assert tier.targets is not None
    assert tier.coordinator is not None
    assert tiers.stages == Stages()


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
