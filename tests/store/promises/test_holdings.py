"""A person is shown all that is kept of them at every address, and nothing once they are erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.model import subject
from bot.core.model.message import Item, Line, Person, Ref, Who
from bot.core.model.record import Record
from bot.core.model.state import Decision
from bot.store import Arrival
from bot.store.protocol import Store
from tests.addresses import WANG
from tests.store.two_addresses import AT, CHEN, LATER, OFFICE, TICKET, joined, talk, writes

HOME, THERE = subject.conversation(WANG), subject.conversation(OFFICE)


def said(number: int, who: Who, text: str, *, edit: bool = False) -> Line:
    item = Item(Ref(WANG, number), "text")
    return Line(
        seq=number, at=AT, who=who, name="小李", text=text, item=item, ticket="F2222", edit=edit
    )


def test_all_of_a_person_is_brought_conversation_by_conversation(store: Store) -> None:
    joined(store)
    writes(store, CHEN, replace(TICKET, number="F9999"))
    store.attachments.keep(HOME, "a" * 64, "发票.pdf", AT.timestamp())
    older = replace(TICKET, number="F2221", opened_at=AT - timedelta(days=9), status="closed")
    writes(store, WANG, older, TICKET)
    assert store.holdings.whose(HOME) == (HOME, THERE)
    assert store.holdings.whose(THERE) == (THERE, HOME)
    home, there = store.holdings.held(HOME), store.holdings.held(THERE)
    assert home is not None
    assert there is not None
    assert home.conversation == talk(WANG)
    assert [each.number for each in home.tickets] == ["F2221", "F2222"]
    assert [each.number for each in there.tickets] == [LATER.number]
    assert [(file.title, file.at) for file in home.files] == [("发票.pdf", AT)]
    assert there.files == ()


def test_what_happened_to_a_ticket_and_the_word_on_it_are_told(store: Store) -> None:
    writes(store, WANG, TICKET)
    store.inbox.take([Arrival("telegram", "1", WANG, "{}")], 1.0)
    (row,) = store.inbox.waiting(1)
    rated = Record(
        at=AT, kind="rating", what="commented", role="person", ticket="F2222", question="谢谢"
    )
    opened = Record(
        at=AT, kind="ticket", what="opened", role="person", ticket="F2222", to_tier="frontline"
    )
    store.inbox.done(row, HOME)
    store.records.add(HOME, row.id, (opened, rated))
    held = store.holdings.held(HOME)
    assert held is not None
    assert held.comments == {"F2222": "谢谢"}
    assert [(each.what, each.tier) for each in held.happened["F2222"]] == [("opened", "frontline")]


def test_lines_come_a_part_at_a_time_as_they_read_now_and_without_notes(store: Store) -> None:
    lines = [said(n, "person", f"第{n}句") for n in range(1, 6)]
    lines += [said(7, "note", "内部"), said(8, "agent", "您好"), said(9, "desk", "收到")]
    lines.append(said(2, "person", "第二句", edit=True))
    store.conversations.keep(Decision(conversation=talk(WANG), lines=tuple(lines)), 1.0)
    found, after = list[str](), 0
    while True:
        part, after = store.holdings.lines(HOME, after, 3)
        found += [line.text for line in part]
        if len(part) < 3:
            break
    assert found == ["第1句", "第二句", "第3句", "第4句", "第5句", "您好", "收到"]
    assert store.holdings.lines(THERE, 0, 9) == ([], 0)


def test_nothing_is_brought_of_somebody_from_the_moment_they_are_erased(store: Store) -> None:
    joined(store)
    store.retention.forget(HOME)
    assert store.holdings.whose(HOME) == ()
    assert store.holdings.held(HOME) is None
    assert store.holdings.whose(THERE) == ()
    store.conversations.keep(Decision(conversation=talk(WANG)), 9.0)
    while store.retention.begun:
        store.retention.step()
    assert store.holdings.whose(HOME) == (HOME,)
    held = store.holdings.held(HOME)
    assert held is not None
    assert (held.tickets, held.files, held.comments) == ((), (), {})
    assert Person(WANG, "王芳") == held.conversation.person
