"""What is due, and a day that is played, as somebody who leads agents meets them."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.core.content.knowledge import Knowledge
from bot.core.content.working_time import NOTHING, after
from bot.core.model import subject
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.core.text.clock import BEIJING
from bot.core.tickets import clocks
from bot.store import Store
from tests.addresses import WANG

pytestmark = pytest.mark.usefixtures("unset")
HOUR = timedelta(hours=1)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def opens(knowledge: Knowledge) -> datetime:
    """When agents began to work on the day that the command is asked, at 11 o'clock."""
    return after(knowledge.calendar, datetime(2026, 11, 24, tzinfo=BEIJING), NOTHING)


@pytest.fixture(autouse=True)
def at_eleven(opens: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", (opens + 2 * HOUR).timestamp)


def ticket(
    knowledge: Knowledge, number: str, since: datetime, tier: str, **known: object
) -> Ticket:
    waiting = clocks.entered(knowledge.tiers.named(tier), since)
    assert waiting is not None
    minutes = waiting.targets["first_reply"]
    made = Ticket(
        number=number,
        summary=Summary("nothing"),
        status="new",
        tier=tier,
        opened_at=since.astimezone(UTC),
        waiting=waiting,
        due_at=(since + timedelta(minutes=minutes)).astimezone(UTC),
    )
    return replace(made, **known)  # type: ignore[arg-type]


def answered(ticket: Ticket, due_at: datetime) -> Ticket:
    """The same, of which only the solution is still to come."""
    assert ticket.waiting is not None
    return replace(ticket, waiting=ticket.waiting.answered(), due_at=due_at.astimezone(UTC))


def keep(path: Path, *tickets: Ticket) -> None:
    store = Store.open(path)
    with store.writing():
        talk = Conversation(
            id=subject.conversation(WANG), address=WANG, person=Person(WANG, "王芳")
        )
        store.conversations.keep(Decision(conversation=talk, tickets=tickets), 1.0)
    store.close()


def test_what_is_due_is_listed_over_all_tiers_the_most_urgent_first(
    knowledge: Knowledge, opens: datetime, tmp_path: Path
) -> None:
    agent = Person("telegram:7", "小李")
    keep(
        tmp_path / "fapiao-desk.db",
        ticket(knowledge, "F2222", opens + HOUR, "frontline"),
        ticket(knowledge, "F2223", opens + HOUR * 1.25, "technical", status="open", owner=agent),
        ticket(knowledge, "F2224", opens + HOUR / 2, "technical"),
        answered(ticket(knowledge, "F2227", opens, "frontline"), opens + 8 * HOUR),
        ticket(knowledge, "F2225", opens, "frontline", due_at=None),
        ticket(knowledge, "F2226", opens, "frontline", status="closed", closed_at=opens),
    )
    result = run("sla")
    assert (result.exit_code, result.stderr) == (0, "")
    first, *rows, last = result.output.splitlines()
    assert first.split() == ["ticket", "tier", "state", "waits", "for", "due", "owner"]
    assert [row.split() for row in rows] == [
        ["F2222", "frontline", "new", "first", "reply", "30", "min", "overdue", "nobody"],
        ["F2224", "technical", "new", "first", "reply", "30", "min", "overdue", "nobody"],
        [*("F2223", "technical", "open", "first", "reply"), "2026-11-24", "11:15", "小李"],
        ["F2227", "frontline", "new", "resolve", "2026-11-24", "17:00", "nobody"],
    ]
    assert last == "no more"


def test_only_fifty_are_shown_and_the_rest_is_counted(
    knowledge: Knowledge, opens: datetime, tmp_path: Path
) -> None:
    many = [
        ticket(knowledge, f"F{tier[0]}{n:02}", opens + timedelta(minutes=n), tier)
        for tier, count in {"frontline": 30, "technical": 23}.items()
        for n in range(count)
    ]
    keep(tmp_path / "fapiao-desk.db", *many)
    _, *rows, last = run("sla").output.splitlines()
    assert len(rows) == 50
    assert last == "3 more"
    assert rows[0].startswith("Ff00")


def test_overdue_is_told_in_working_time(
    knowledge: Knowledge, opens: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path / "fapiao-desk.db", ticket(knowledge, "F2222", opens, "frontline"))
    monkeypatch.setattr(time, "time", (opens + 24 * HOUR).timestamp)
    assert "420 min overdue" in run("sla").output


def test_where_nothing_is_due_that_is_told(tmp_path: Path) -> None:
    assert run("sla").exit_code == 2
    keep(tmp_path / "fapiao-desk.db")
    assert run("sla").output == "nothing is due of any ticket\n"


@pytest.mark.parametrize("tickets", ["0", "-1", "1001"])
def test_a_day_has_some_tickets_and_not_too_many(tickets: str) -> None:
    result = run("sla", "--simulate", "--tickets", tickets)
    assert result.exit_code == 2
    assert result.stderr == f"--tickets {tickets}  give 1 to 1000\n"


def test_a_day_is_told_by_tier_and_as_json(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.service.load", lambda folder: knowledge)
    result = run("sla", "--simulate", "--tickets", "2", "--seed", "3")
    assert result.exit_code == 0
    head, *tiers, last = result.output.splitlines()
    assert head.split()[:2] == ["tier", "tickets"]
    assert [row.split()[0] for row in tiers] == [tier.id for tier in knowledge.tiers.tiers]
    assert json.loads(last)["tickets"] == 2
    assert {"at_night": 0, "twice": 0}.items() <= json.loads(last).items()
