"""A case of which a part cannot be read is a case all the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import Store
from bot.store.codec import CASE
from bot.store.salvage import salvaged
from tests.store.test_codec import AT, FULL, ITEM, LINE

DATA = CASE.dump_python(FULL, mode="json")

FILE, SAID = DATA["files"][0], DATA["talk"][0]


def spoilt(**parts: Any) -> str:
    return json.dumps({**DATA, **parts})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (spoilt(files=[{**FILE, "name": {}}]), replace(FULL, files=(replace(ITEM, name=""),))),
        (spoilt(files=[{**FILE, "ref": 7}, FILE]), FULL),
        (spoilt(talk=[{**SAID, "text": None}, {}, SAID, 5, {"item": {"what": 1}}]), FULL),
        (spoilt(talk=[{**SAID, "item": {}}]), replace(FULL, talk=(replace(LINE, item=None),))),
        (spoilt(tickets=[{"number": "F1"}, *DATA["tickets"]]), FULL),
        (spoilt(thin_at="soon", turn=[]), replace(FULL, thin_at=None)),
    ],
    ids=["name", "file", "lines", "item", "ticket", "times"],
)  # fmt: skip
def test_what_can_be_read_is_left(text: str, left: Any) -> None:
    assert salvaged(CASE, text) == left


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "7", "null", "[" * 5000, spoilt(person=None)]
)
def test_of_what_is_no_case_nothing_is_left(text: str) -> None:
    assert salvaged(CASE, text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(DATA)), JSON, max_size=3))
def test_whatever_stands_there_looking_for_what_is_left_ends(parts: dict[str, Any]) -> None:
    left = salvaged(CASE, spoilt(**parts))
    assert left is None or CASE.validate_json(CASE.dump_json(left)) == left


def test_a_case_that_an_older_desk_spoilt_is_loaded_and_kept_again(store: Store) -> None:
    with store.writing():
        store.cases.save(FULL, 0)
        text = spoilt(files=[{**DATA["files"][0], "name": {}}])
        store._db.execute("update cases set data = ?", [text])
    case = store.cases.load(FULL.id)
    assert case == replace(FULL, files=(replace(ITEM, name=""),))
    with store.writing():
        store.cases.save(replace(case, thin_at=AT), 1)
    assert store.cases.load(FULL.id) == case
