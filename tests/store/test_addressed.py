"""A value of an older desk, with Telegram's numbers, is one of this desk, with addresses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.store.addressed import address, addressed

REF, NOW_REF = {"chat": -100, "message": 7}, {"chat": "telegram:-100", "message": 7}
LI, NOW_LI = {"id": 2001, "name": "小李"}, {"address": "telegram:2001", "name": "小李"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (REF, NOW_REF),
        (LI, NOW_LI),
        (
            {"id": 1001, "kind": "chat", "thread": 5},
            {"address": "telegram:1001", "kind": "chat", "thread": 5},
        ),
        (
            {"id": "conversation:telegram:1001", "chat": 1001, "person": LI, "turn": 4},
            {
                "address": "telegram:1001",
                "id": "conversation:telegram:1001",
                "person": NOW_LI,
                "turn": 4,
            },
        ),
        ({"noting": [7, 8], "version": 2}, {"noting": ["telegram:7", "telegram:8"], "version": 2}),
        (
            {"items": [{"ref": REF, "name": "1.pdf"}], "albums": {"a": {"who": LI}}},
            {"items": [{"ref": NOW_REF, "name": "1.pdf"}], "albums": {"a": {"who": NOW_LI}}},
        ),
        (
            {"kind": "room", "ticket": "F2222", "tier": "frontline"},
            {"kind": "room", "ticket": "F2222", "tier": "frontline"},
        ),
    ],
    ids=["message", "person", "chat", "conversation", "ticket", "inside", "room"],
)
def test_numbers_of_chats_and_people_become_addresses(before: Any, after: Any) -> None:
    assert json.loads(addressed(json.dumps(before))) == after
    assert json.loads(addressed(json.dumps(after))) == after


@pytest.mark.parametrize("text", ["", "旧话", '{"chat":', "9" * 5000])
def test_what_is_no_json_stays_as_it_is(text: str) -> None:
    assert addressed(text) == text


def test_half_a_character_keeps_no_value_from_being_kept() -> None:
    assert addressed('{"text":"\\ud83d您好"}').encode() == '{"text":"?您好"}'.encode()


def test_nobody_has_no_address() -> None:
    assert [address(number) for number in (1001, -5, 0, None)] == [
        *("telegram:1001", "telegram:-5"),
        *("", ""),
    ]
