"""What comes in can be kept, and what makes no sense is known as such before it is decided."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import door
from bot.channels.telegram.door import Nonsense, checked, parsed, written

CHAT: dict[str, Any] = {"id": 1001, "type": "private", "first_name": "王芳"}
WANG: dict[str, Any] = {"id": 1001, "is_bot": False, "first_name": "王芳"}
SAID: dict[str, Any] = {"message_id": 5, "date": 0, "chat": CHAT, "from": WANG, "text": "您好"}
HALF = "\ud83d"


def update(**message: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {**SAID, **message}}


def arrived(raw: Any) -> Any:
    """As it comes over the wire, is kept, and is read again."""
    return checked(written(parsed(json.dumps(raw))))


@pytest.mark.parametrize(
    "raw",
    [
        update(),
        update(text="😀 \\ud83d {\"too deep\": true}"),
        update(photo=[{"file_id": "f"}], caption="图", media_group_id="7"),
        update(something_new={"of": ["next", {"year": None}]}),
        {"update_id": 2, "of_next_year": {"chat": "abc"}},
    ],
)  # fmt: skip
def test_what_telegram_sends_passes_as_it_is(raw: Any) -> None:
    assert arrived(raw) == raw


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("message_thread_id", {"message_thread_id": 2**63, "is_topic_message": True}),
        ("message_thread_id", {"message_thread_id": -(2**70)}),
        ("message_id", {"message_id": 2**52 + 1}),
        ("message_id", {"message_id": True}),
        ("message_id", {"message_id": float("nan")}),
        ("message_id", {"message_id": float("inf")}),
        ("reply_to_message.message_id", {"reply_to_message": {"message_id": [1]}}),
        ("reply_to_message.message_id", {"reply_to_message": {"message_id": 2**63}}),
        ("reply_to_message", {"reply_to_message": 7}),
        ("document.file_name", {"document": {"file_id": "f", "file_name": {"a": 1}}}),
        ("document.file_size", {"document": {"file_id": "f", "file_size": -1}}),
        ("chat.id", {"chat": {**CHAT, "id": "abc"}}),
        ("chat.id", {"chat": {**CHAT, "id": 1.5}}),
        ("chat.id", {"chat": {**CHAT, "id": None}}),
        ("from.first_name", {"from": {"id": 1001, "is_bot": False}}),
        ("from.last_name", {"from": {**WANG, "last_name": ["芳"]}}),
        ("text", {"text": None}),
        ("photo", {"photo": []}),
        ("entities.0", {"entities": ["bold"]}),
        ("date", {"date": 10**12}),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place_and_without_its_value(
    field: str, message: dict[str, Any]
) -> None:
    with pytest.raises(Nonsense) as refused:
        arrived(update(**message))
    assert str(refused.value).startswith(f"message.{field}: ")
    assert "王芳" not in str(refused.value)


@pytest.mark.parametrize(
    "message", [{"text": f"好{HALF}"}, {"from": {**WANG, "last_name": HALF}}, {"new": {HALF: 1}}]
)
def test_half_of_a_character_is_refused_wherever_it_stands(message: dict[str, Any]) -> None:
    kept = written(update(**message))
    assert kept.encode()
    with pytest.raises(Nonsense, match="half of a character"):
        checked(kept)


@pytest.mark.parametrize("brackets", ["[]", '{"a":}'])
def test_what_is_nested_too_deep_is_refused_and_the_updates_beside_it_are_whole(
    brackets: str,
) -> None:
    opening, closing = brackets[:-1] * 100_000, brackets[-1] * 100_000
    deep = json.dumps(update(new="HERE")).replace('"HERE"', f'{opening}"]"{closing}')
    batch = parsed(f'{{"ok": true, "result": [{deep}, {json.dumps(update(text="]}"))}]}}')
    first, second = map(written, batch["result"])
    with pytest.raises(Nonsense, match="nested"):
        checked(first)
    assert checked(second) == update(text="]}")


def test_a_number_of_five_thousand_digits_is_no_number() -> None:
    text = json.dumps(update(message_id=0)).replace(
        '"message_id": 0', f'"message_id": {"9" * 5000}'
    )
    with pytest.raises(Nonsense, match="message_id"):
        checked(written(parsed(text)))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING)
def test_whatever_comes_can_be_kept_and_read_again(anything: Any) -> None:
    kept = written(parsed(json.dumps({"update_id": 1, "new": anything})))
    assert kept.encode()
    assert door.parsed(kept) == parsed(json.dumps({"update_id": 1, "new": anything}))
