"""A conversation of which a part cannot be read is a conversation all the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.model.conversation import Draft, Flood
from bot.core.model.state import Decision
from bot.store import Store
from bot.store.conversations import CONVERSATION
from bot.store.salvage import salvaged
from tests.store.test_codec import AT, FULL, ITEM, LINE

DATA = CONVERSATION.dump_python(FULL, mode="json")
DRAFT, FLOOD = DATA["draft"], DATA["flood"]
FILE, SAID = DRAFT["files"][0], FLOOD["kept"][0]


def spoilt(**parts: Any) -> str:
    return json.dumps({**DATA, **parts})


def files(*given: Any) -> str:
    return spoilt(draft={**DRAFT, "files": given})


def said(*given: Any) -> str:
    return spoilt(flood={**FLOOD, "kept": given})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            files({**FILE, "name": {}}),
            replace(FULL, draft=replace(FULL.draft, files=(replace(ITEM, name=""),))),
        ),
        (files({**FILE, "ref": 7}, FILE), FULL),
        (said({**SAID, "text": None}, {}, SAID, 5, {"item": {"what": 1}}), FULL),
        (
            said({**SAID, "item": {}}),
            replace(FULL, flood=Flood(AT, kept=(replace(LINE, item=None),))),
        ),
        (spoilt(thin_at="soon"), replace(FULL, thin_at=None)),
        (spoilt(draft=7), replace(FULL, draft=Draft())),
    ],
    ids=["name", "file", "lines", "item", "times", "draft"],
)
def test_what_can_be_read_is_left(text: str, left: Any) -> None:
    assert salvaged(CONVERSATION, text) == left


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "7", "null", "[" * 5000, spoilt(person=None)]
)
def test_of_what_is_no_conversation_nothing_is_left(text: str) -> None:
    assert salvaged(CONVERSATION, text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(DATA)), JSON, max_size=3))
def test_whatever_stands_there_looking_for_what_is_left_ends(parts: dict[str, Any]) -> None:
    left = salvaged(CONVERSATION, spoilt(**parts))
    assert left is None or CONVERSATION.validate_json(CONVERSATION.dump_json(left)) == left


def test_a_conversation_that_an_older_desk_spoilt_is_loaded_and_kept_again(store: Store) -> None:
    with store.writing():
        store.conversations.keep(Decision(conversation=FULL), 0)
        text = files({**FILE, "name": {}})
        store._db.execute("update conversations set data = ?", [text])
    known = store.conversations.load(FULL.id)
    assert known is not None
    assert known.draft.files == (replace(ITEM, name=""),)
    with store.writing():
        store.conversations.keep(Decision(conversation=replace(known, thin_at=AT)), 1)
    assert store.conversations.load(FULL.id) == known
