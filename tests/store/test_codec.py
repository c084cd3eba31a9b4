"""What is written can be read again: what could not be is never committed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.case import Album, Case, Line, Slot, Summary, Ticket
from bot.core.model.effects import (
    Button,
    Chat,
    Edit,
    Outgoing,
    Read,
    Relay,
    Respond,
    Room,
    Send,
    Topic,
)
from bot.core.model.message import Item, Person, Ref
from bot.store import Store
from bot.store.codec import CASE, EFFECT, REMEMBERED, Codec

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
WANG = Person(1001, "王芳")
ITEM = Item(Ref(1001, 5), "document", "f", "发票.pdf")
LINE = Line(AT, "person", "王芳", "您好", ITEM)
TICKET = Ticket(
    number="F2222",
    summary=Summary("said", "查不到"),
    status="new",
    tier="frontline",
    opened_at=AT,
    talk=(LINE,),
)
FULL = Case(
    id="telegram:1001", chat=1001, person=WANG, slots={"number": Slot("2")}, files=(ITEM,),
    talk=(LINE,), albums={"7": Album((ITEM,), who=WANG)}, tickets=(TICKET,), thin_at=AT,
)  # fmt: skip
ROOM = Room("F2222", "frontline")
EFFECTS: list[Outgoing] = [
    Send(to=Chat(1001), text="好", buttons=((Button("是", "yes"),),), reply_to=Ref(1, 2)),
    Edit(to=ROOM, key="card", text="卡片"),
    Respond(to=Chat(1001), query="q"),
    Relay(to=ROOM, items=(ITEM,)),
    Topic(to=ROOM, title="F2222"),
    Read(to=Chat(1001), items=(ITEM,)),
]
STRANGE = st.sampled_from([
    "字", "\ud83d", "", "9" * 5000, 7, 2**63, -(2**70), 1.5, float("nan"), float("inf"), None, True,
    (), (1,), ("a", None), {"a": 1}, {}, [[]], b"\xff", AT, WANG, ITEM, Chat(1), object(),
])  # fmt: skip


def with_part(part: Any) -> Case:
    match part:
        case Person():
            return replace(FULL, person=part)
        case Item():
            return replace(FULL, files=(part,), talk=(replace(LINE, item=part),))
        case Line():
            return replace(FULL, talk=(part,))
        case Ticket():
            return replace(FULL, tickets=(part,))
        case Slot():
            return replace(FULL, slots={"number": part})
        case _:
            assert isinstance(part, Case)
            return part


def read_again(adapter: Any, value: Any) -> None:
    """It is refused or comes back the same, also to somebody who did not write it."""
    try:
        text = Codec(adapter).text(value)
    except ValueError:
        return
    assert text.encode()
    assert Codec(adapter).text(Codec(adapter).value(text)) == text


@given(st.sampled_from([FULL, WANG, ITEM, LINE, TICKET, Slot("2")]), st.data())
def test_a_case_with_anything_in_it_is_refused_or_can_be_read_again(part: Any, data: Any) -> None:
    name = data.draw(st.sampled_from([each.name for each in fields(part)]))
    read_again(CASE, with_part(replace(part, **{name: data.draw(STRANGE)})))


@given(st.sampled_from([*EFFECTS, ITEM, Ref(1, 2)]), st.data())
def test_an_effect_with_anything_in_it_is_refused_or_can_be_read_again(
    part: Any, data: Any
) -> None:
    name = data.draw(st.sampled_from([each.name for each in fields(part)]))
    changed = replace(part, **{name: data.draw(STRANGE)})
    if isinstance(changed, Item):
        changed = Relay(to=ROOM, items=(changed,))
    if isinstance(changed, Ref):
        changed = Send(to=ROOM, text="好", reply_to=changed)
    read_again(EFFECT, changed)


def test_a_case_that_could_not_be_read_again_leaves_the_one_before(store: Store) -> None:
    with store.writing():
        store.cases.save(FULL, 0)
    strange: Any = {"a": 1}
    with pytest.raises(ValueError, match="Expected"), store.writing():
        store.cases.save(replace(FULL, files=(replace(ITEM, name=strange),)), 1)
    assert store.cases.load(FULL.id) == FULL


def test_what_was_written_is_read_once_and_never_remembered_without_end() -> None:
    codec = Codec(EFFECT)
    texts = [codec.text(Send(to=Chat(n), text="字" * 4000)) for n in range(1000)]
    assert sum(map(len, codec._read)) == codec._size <= REMEMBERED
    assert [codec.value(text) for text in texts] == [
        Send(to=Chat(n), text="字" * 4000) for n in range(1000)
    ]
    assert (codec._read, codec._size) == ({}, 0)
