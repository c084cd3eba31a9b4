from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.store.protocol import Store

ONE, OTHER = "conversation:telegram:1", "conversation:telegram:2"


@pytest.fixture(autouse=True)
def known(store: Store) -> None:
    """Two conversations."""
    for each in (ONE, OTHER):
        person = Conversation(id=each, address="telegram:1", person=Person("telegram:1", ""))
        store.conversations.keep(Decision(conversation=person), 1.0)


def test_a_file_is_doomed_when_the_last_who_had_it_lets_go(store: Store) -> None:
    assert store.attachments.keep(ONE, "a", "发票.pdf", 1.0) is False
    store.attachments.keep(OTHER, "a", "发票.pdf", 1.0)
    store.retention.forget(ONE)
    assert store.attachments.doomed(9) == []
    store.retention.forget(OTHER)
    assert store.attachments.doomed(9) == ["a"]
    store.attachments.gone(["a"])
    assert store.attachments.doomed(9) == []


def test_only_what_came_before_is_let_go(store: Store) -> None:
    store.attachments.keep(ONE, "old", "发票.pdf", 1.0)
    store.attachments.keep(ONE, "new", "发票.pdf", 5.0)
    store.retention.thin(ONE, datetime.fromtimestamp(5, UTC))
    assert store.attachments.doomed(9) == ["old"]


def test_a_doomed_file_that_comes_again_is_kept_and_its_keeper_told(store: Store) -> None:
    store.attachments.keep(ONE, "a", "发票.pdf", 1.0)
    store.retention.forget(ONE)
    assert store.attachments.keep(OTHER, "a", "发票.pdf", 2.0) is True
    assert store.attachments.doomed(9) == []


def test_who_was_forgotten_meanwhile_keeps_nothing(store: Store) -> None:
    store.retention.forget(ONE)
    assert store.attachments.keep(ONE, "a", "发票.pdf", 1.0) is False
    assert store.attachments.doomed(9) == ["a"]


def test_what_a_crash_left_in_the_vault_is_doomed_and_what_somebody_has_is_not(
    store: Store,
) -> None:
    store.attachments.keep(ONE, "mine", "发票.pdf", 1.0)
    store.attachments.doom(["mine", "nobody's"])
    assert store.attachments.doomed(9) == ["nobody's"]


def test_the_files_of_a_ticket_are_those_since_the_one_before(store: Store) -> None:
    opened = datetime.fromtimestamp(100, UTC)
    old = Ticket(
        number="F1",
        summary=Summary("nothing"),
        status="closed",
        tier="t",
        opened_at=opened,
        closed_at=datetime.fromtimestamp(200, UTC),
    )
    new = replace(old, number="F2", status="open", closed_at=None)
    somebody = Conversation(id=ONE, address="telegram:1", person=Person("telegram:1", ""))
    store.conversations.keep(Decision(conversation=somebody, tickets=(old, new)), 1.0)
    for at, name in ((150.0, "old"), (300.0, "second"), (250.0, "first")):
        store.attachments.keep(ONE, name, f"{name}.pdf", at)
    store.attachments.keep(OTHER, "other", "other.pdf", 400.0)
    found = store.attachments.of_ticket(ONE, "F2", 10)
    assert [(file.name, file.title) for file in found] == [
        ("first", "first.pdf"),
        ("second", "second.pdf"),
    ]
    assert [file.name for file in store.attachments.of_ticket(ONE, "F2", 1)] == ["first"]
