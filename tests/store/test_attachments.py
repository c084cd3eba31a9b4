from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.store import Store

ONE, OTHER = "telegram:1", "telegram:2"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    for each in (ONE, OTHER):
        known = Conversation(id=each, chat=1, person=Person(1, ""))
        store.conversations.keep(Decision(conversation=known), 1.0)
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
    store.conversations.forget(ONE)
    assert store.papers.keep(ONE, "a", 1.0) is False
    assert store.papers.doomed() == ["a"]


def test_what_a_crash_left_in_the_vault_is_doomed_and_what_somebody_has_is_not(
    store: Store,
) -> None:
    store.papers.keep(ONE, "mine", 1.0)
    store.papers.doom(["mine", "nobody's"])
    assert store.papers.doomed() == ["nobody's"]
