"""What is written can be read again: what could not be is never committed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.chart import Lines, Part, Usual
from bot.core.model.conversation import Album, Conversation, Draft, Flood
from bot.core.model.effects import (
    Button,
    Chat,
    Edit,
    Outgoing,
    Picture,
    Pin,
    React,
    Read,
    Relay,
    Respond,
    Room,
    Send,
    TakeBack,
    Topic,
)
from bot.core.model.message import Item, Line, Person, Ref
from bot.core.model.state import Decision
from bot.core.model.ticket import Slot
from bot.store import Store
from bot.store.codec import EFFECT, REMEMBERED, Codec
from bot.store.conversations import CONVERSATION
from bot.store.tickets import REST, Rest

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
WANG = Person("telegram:1001", "王芳")
ITEM = Item(Ref(WANG.address, 5), "document", "f", "发票.pdf")
LINE = Line(seq=1, at=AT, who="person", name="王芳", text="您好", item=ITEM)
FULL = Conversation(
    id="conversation:telegram:1001",
    address=WANG.address,
    person=WANG,
    draft=Draft(slots={"number": Slot("2")}, files=(ITEM,)),
    albums={"7": Album((ITEM,), who=WANG)},
    flood=Flood(AT, kept=(LINE,)),
    thin_at=AT,
)
CHAT, ROOM = Chat(WANG.address), Room("F2222", "frontline")
EFFECTS: list[Outgoing] = [
    Send(to=CHAT, text="好", buttons=((Button("是", "yes"),),), reply_to=Ref("telegram:1", 2)),
    Picture(
        to=CHAT,
        chart=Lines(
            title="提问",
            unit="条",
            moments=("9:00",),
            parts=(Part("今天", (None,)),),
            usual=Usual("平时", (1,), (2.5,)),
        ),
        text="日报",
    ),
    Edit(to=ROOM, key="card", text="卡片"),
    Respond(to=CHAT, query="q"),
    Relay(to=ROOM, items=(ITEM,)),
    Topic(to=ROOM, title="F2222"),
    TakeBack(to=CHAT, refs=(Ref("telegram:-1", 2),), ticket="F2222", by=WANG, asked=ITEM.ref),
    Read(to=CHAT, items=(ITEM,)),
    Pin(to=ROOM, key="card"),
    React(to=CHAT, ref=Ref("telegram:1", 2), sign="👍"),
]
OLDER = {
    '{"to":{"address":"telegram:1","kind":"chat","thread":null},"text":"好","buttons":[[{"label":"是",'
    '"data":"yes"}]],"key":"","reply_to":null,"news":false,"kind":"send"}': Send(
        to=Chat("telegram:1"), text="好", buttons=((Button("是", "yes"),),)
    ),
    '{"to":{"ticket":"F2222","tier":"frontline","kind":"room"},"title":"F2222","closed":false,'
    '"news":false,"kind":"topic"}': Topic(to=ROOM, title="F2222"),
}
"""Rows of desks that knew no colours, no icons and nothing for one person alone."""
STRANGE = st.sampled_from([
    "字", "\ud83d", "", "9" * 5000, 7, 2**63, -(2**70), 1.5, float("nan"), float("inf"), None, True,
    (), (1,), ("a", None), {"a": 1}, {}, [[]], b"\xff", AT, WANG, ITEM, CHAT, object(),
])  # fmt: skip


def with_part(part: Any) -> Conversation:
    match part:
        case Person():
            return replace(FULL, person=part)
        case Item():
            line = replace(LINE, item=part)
            return replace(FULL, draft=Draft(files=(part,)), flood=Flood(AT, kept=(line,)))
        case Line():
            return replace(FULL, flood=Flood(AT, kept=(part,)))
        case Draft():
            return replace(FULL, draft=part)
        case Slot():
            return replace(FULL, draft=Draft(slots={"number": part}))
        case _:
            assert isinstance(part, Conversation)
            return part


def read_again(adapter: Any, value: Any) -> None:
    """It is refused or comes back the same, also to somebody who did not write it."""
    try:
        text = Codec(adapter).text(value)
    except ValueError:
        return
    assert text.encode()
    assert Codec(adapter).text(Codec(adapter).value(text)) == text


@given(st.sampled_from([FULL, WANG, ITEM, LINE, FULL.draft, Slot("2")]), st.data())
def test_a_conversation_with_anything_in_it_is_refused_or_can_be_read_again(
    part: Any, data: Any
) -> None:
    name = data.draw(st.sampled_from([each.name for each in fields(part)]))
    read_again(CONVERSATION, with_part(replace(part, **{name: data.draw(STRANGE)})))


@given(st.sampled_from([each.name for each in fields(Rest)]), STRANGE)
def test_a_ticket_with_anything_in_it_is_refused_or_can_be_read_again(
    name: str, strange: Any
) -> None:
    read_again(REST, replace(Rest(), **{name: strange}))


@given(st.sampled_from([*EFFECTS, ITEM, Ref("telegram:1", 2)]), st.data())
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


@pytest.mark.parametrize("where", ["conversation", "line"])
def test_what_could_not_be_read_again_leaves_what_was_before(store: Store, where: str) -> None:
    with store.writing():
        store.conversations.keep(Decision(conversation=FULL), 0)
    strange: Any = {"a": 1}
    spoilt = replace(ITEM, name=strange)
    files, lines = (spoilt,), (replace(LINE, item=spoilt),)
    wrong = (
        Decision(conversation=replace(FULL, draft=Draft(files=files)))
        if where == "conversation"
        else Decision(conversation=replace(FULL, turn=9), lines=lines)
    )
    with pytest.raises(ValueError, match="Expected"), store.writing():
        store.conversations.keep(wrong, 1)
    assert store.conversations.load(FULL.id) == FULL


def test_what_was_written_is_read_once_and_never_remembered_without_end() -> None:
    codec = Codec(EFFECT)
    texts = [codec.text(Send(to=Chat(f"telegram:{n}"), text="字" * 4000)) for n in range(1000)]
    assert sum(map(len, codec._read)) == codec._size <= REMEMBERED
    assert [codec.value(text) for text in texts] == [
        Send(to=Chat(f"telegram:{n}"), text="字" * 4000) for n in range(1000)
    ]
    assert (codec._read, codec._size) == ({}, 0)


@pytest.mark.parametrize("row", OLDER)
def test_a_row_of_an_older_desk_is_still_the_effect_that_it_was(row: str) -> None:
    assert Codec(EFFECT).value(row) == OLDER[row]
