"""Whatever stands in the place of a value, its author is told in Chinese what belongs there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.app.load import folder
from bot.app.load.schema import Wrong, checked
from bot.core.content.diagnosis import Cause, Examples, Fact, Order
from bot.core.content.findings import FINDINGS, NOUNS
from bot.core.content.knowledge import Category, Entry, Field, Flow, Tiers
from bot.core.content.texts import Commands, Hints, Staff, Talk
from tests.app.load.edits import FLOW

KINDS: dict[str, tuple[Any, str]] = {
    "entries/print-how.toml": (Entry, ""),
    FLOW: (Flow, ""),
    "facts/age.toml": (Fact, ""),
    "causes/just-issued.toml": (Cause, ""),
    "examples/just-issued.toml": (Examples, ""),
    "diagnosis.toml": (Order, ""),
    "categories.toml": (tuple[Category, ...], "categories"),
    "fields.toml": (tuple[Field, ...], "fields"),
    "tiers.toml": (Tiers, ""),
    "messages/zh/talk.toml": (Talk, ""),
    "messages/zh/staff.toml": (Staff, ""),
    "messages/zh/commands.toml": (Commands, ""),
    "messages/zh/hints.toml": (Hints, ""),
}
HERE = Path(__file__).parent
MOST = 12
"""Parts of a table that are replaced."""
OTHERS: list[Any] = [
    *(None, True, 1, -1, 1.5, float("nan"), 10**40, "", "x", "\n", [], [1], ["x"], [[]]),
    *({}, {"x": 1}, date(2026, 11, 24), datetime(2026, 11, 24, 1), time(1)),
]


def replaced(value: Any, other: Any) -> Iterator[Any]:
    """The value with `other` in the place of each of its parts, one at a time."""
    yield other
    if not isinstance(value, dict | list):
        return
    for key, part in list(value.items() if isinstance(value, dict) else enumerate(value))[:MOST]:
        for new in replaced(part, other):
            yield (
                {**value, key: new}
                if isinstance(value, dict)
                else [new if n == key else old for n, old in enumerate(value)]
            )
        if isinstance(value, dict):
            yield {k: v for k, v in value.items() if k != key}
            yield {**value, f"{key}x": part}


def small(name: str) -> Any:
    """The first blocks of a file, with the ids that its steps have by their keys."""
    file = HERE / "visit.toml" if name == FLOW else folder() / name
    raw = tomllib.loads(file.read_text("utf-8"))
    if "steps" in raw:
        kept = ("fresh", "delay", "tomorrow", "number", "solved")
        raw["steps"] = {step: {"id": step, **raw["steps"][step]} for step in kept}
    if name.startswith(("entries", "flows", "facts", "causes", "examples")):
        raw["id"] = "trial"
    if name.startswith("messages"):  # tables first: there is no end of sentences
        raw = dict(sorted(raw.items(), key=lambda item: isinstance(item[1], str)))
    return raw


@pytest.mark.parametrize("name", KINDS)
def test_every_wrong_value_is_told_in_chinese(name: str) -> None:
    kind, under = KINDS[name]
    raw = small(name)
    value = raw[under][:2] if under else raw
    told: set[str] = set()
    for other in OTHERS:
        for changed in replaced(value, other):
            try:
                checked(changed, kind, under)
            except Wrong as wrong:
                told |= {text for _, text in wrong.faults}
    assert told
    assert FINDINGS["wrong"] not in told, "an error of pydantic that has no finding"
    for text in told:
        assert re.search(r"[一-鿿]", text), text
        assert not re.search(r"[Ii]nput|[Ss]hould|Value error|[Uu]nexpected", text), text


def test_every_finding_says_something_to_a_reader_of_chinese() -> None:
    for name, text in {**FINDINGS, **NOUNS}.items():
        assert re.search(r"[一-鿿]", text), name


def test_an_unknown_key_is_told_with_the_one_it_resembles() -> None:
    with pytest.raises(Wrong) as caught:
        checked({"id": "a", "name": "甲", "promiss": "好"}, Tiers)
    texts = dict(caught.value.faults)
    assert texts["tiers"] == FINDINGS["missing"]
    assert texts["promiss"] == "没有这个名称，是不是“promise”？"
