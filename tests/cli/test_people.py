"""Two people who are one, as an operator tells the desk of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.events import Informed
from bot.core.model.facts import Joined
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.loops import internal_events
from bot.store import Store
from tests.addresses import WANG, on_telegram

pytestmark = pytest.mark.usefixtures("unset")
OFFICE = on_telegram(1002)
AT = datetime(2026, 1, 1, tzinfo=UTC)
TICKET = Ticket(
    number="F2222", summary=Summary("nothing"), status="open", tier="frontline", opened_at=AT
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """That of the desk of no settings, to which somebody wrote from home and from the office."""
    path = tmp_path / "fapiao-desk.db"
    store = Store.open(path)
    with store.writing():
        for address, tickets in ((WANG, (TICKET,)), (OFFICE, ())):
            talk = Conversation(
                id=subject.conversation(address), address=address, person=Person(address, "")
            )
            store.conversations.keep(Decision(conversation=talk, tickets=tickets), 1.0)
    store.close()
    return path


@pytest.mark.parametrize("one", [WANG, "f2222"])
def test_that_two_addresses_are_one_person_is_an_event_for_the_desk(
    database: Path, one: str
) -> None:
    running = Store.open(database)
    result = run("join", one, OFFICE)
    (row,) = running.inbox.waiting(9)
    running.close()
    assert result.exit_code == 0
    assert result.output.startswith(f"{WANG} and {OFFICE} will be one person")
    of = subject.conversation(WANG)
    assert internal_events.event(row, AT) == Informed(seq=row.id, at=AT, to=of, fact=Joined(OFFICE))


@pytest.mark.parametrize("asked", [[WANG, "telegram:99"], ["F9999", OFFICE], [WANG, "1002"]])
def test_an_address_that_nobody_is_at_is_told_in_one_line(database: Path, asked: list[str]) -> None:
    result = run("join", *asked)
    assert result.exit_code == 2
    unknown = next(each for each in asked if each not in (WANG, OFFICE))
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"join  {unknown!r}: nobody is known there")
    store = Store.open(database)
    assert store.inbox.backlog() == 0
    store.close()


def test_whoever_is_one_already_is_not_joined_again(database: Path) -> None:
    store = Store.open(database)
    with store.writing():
        store.people.join(subject.conversation(WANG), OFFICE)
    assert run("join", OFFICE, WANG).output == f"{OFFICE} and {WANG} are one person already\n"
    assert run("join", WANG, WANG).exit_code == 0
    assert store.inbox.backlog() == 0
    store.close()
