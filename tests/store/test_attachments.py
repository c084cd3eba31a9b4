from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.model.case import Case, Status, Summary, Ticket
from bot.core.model.message import Person
from bot.store import Store

ONE, OTHER = "telegram:1", "telegram:2"


def case(id_: str, number: str, status: Status = "open") -> Case:
    opened = datetime(2026, 11, 24, tzinfo=UTC)
    about = Summary("nothing")
    ticket = Ticket(number=number, summary=about, status=status, tier="t", opened_at=opened)
    return Case(id=id_, chat=1, person=Person(1, ""), tickets=(ticket,))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    for each, number in ((ONE, "F1"), (OTHER, "F2")):
        store.cases.save(case(each, number), 1.0)
    yield store
    store.close()


def test_a_file_is_doomed_when_the_last_who_had_it_lets_go(store: Store) -> None:
    assert store.papers.keep(ONE, "a", 1.0) is False
    store.papers.keep(OTHER, "a", 1.0)
    store.papers.drop(ONE)
    assert store.papers.doomed() == []
    store.papers.drop(OTHER)
    assert store.papers.doomed() == ["a"]
    store.papers.gone(["a"])
    assert store.papers.doomed() == []


def test_only_what_came_before_is_let_go(store: Store) -> None:
    store.papers.keep(ONE, "old", 1.0)
    store.papers.keep(ONE, "new", 5.0)
    store.papers.drop(ONE, before=5.0)
    assert store.papers.doomed() == ["old"]


def test_a_doomed_file_that_comes_again_is_kept_and_its_keeper_told(store: Store) -> None:
    store.papers.keep(ONE, "a", 1.0)
    store.papers.drop(ONE)
    assert store.papers.keep(OTHER, "a", 2.0) is True
    assert store.papers.doomed() == []


def test_who_was_forgotten_meanwhile_keeps_nothing(store: Store) -> None:
    store.cases.forget(ONE)
    assert store.papers.keep(ONE, "a", 1.0) is False
    assert store.papers.doomed() == ["a"]


def test_what_a_crash_left_in_the_vault_is_doomed_and_what_somebody_has_is_not(
    store: Store,
) -> None:
    store.papers.keep(ONE, "mine", 1.0)
    store.papers.doom(["mine", "nobody's"])
    assert store.papers.doomed() == ["nobody's"]


def test_open_tickets_of_other_people_about_the_same_invoice_are_found(store: Store) -> None:
    store.papers.about("F1", "2611")
    assert store.papers.sharing("F1") == []
    store.papers.about("F2", "2611")
    assert store.papers.sharing("F1") == [(OTHER, "F2")]
    assert store.papers.sharing("F2") == [(ONE, "F1")]
    store.cases.save(case(OTHER, "F2", "closed"), 2.0)
    assert store.papers.sharing("F1") == []


def test_who_is_forgotten_leaves_no_invoice(store: Store) -> None:
    for number in ("F1", "F2"):
        store.papers.about(number, "2611")
    store.cases.forget(OTHER)
    assert store.papers.sharing("F1") == []
    assert [row["invoice"] for row in store.cases.tickets()] == ["2611", None]
