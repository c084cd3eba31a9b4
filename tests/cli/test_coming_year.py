"""The year that comes: `faq check` reminds of it in December, and fails from the 25th on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.app.doctor import on_calendar
from bot.core.content.knowledge import Knowledge

Check = Callable[[date], Result]


@pytest.fixture
def check(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Check:
    """`faq check` of the calendar alone, on a day."""
    alone = replace(knowledge, entries={})

    def run(day: date) -> Result:
        monkeypatch.setattr("bot.cli.author.today", lambda: day)
        monkeypatch.setattr("bot.cli.author.load", lambda _: alone)
        return CliRunner().invoke(app, ["faq", "check"])

    return run


def test_in_november_nothing_is_said_of_it(check: Check) -> None:
    result = check(date(2026, 11, 30))
    assert (result.exit_code, "2027" in result.stdout) == (0, False)


@pytest.mark.parametrize("day", [1, 24])
def test_from_december_on_it_is_a_reminder(check: Check, day: int) -> None:
    result = check(date(2026, 12, day))
    assert result.exit_code == 0
    first, last = result.stdout.splitlines()
    assert first.startswith("提醒：faq/calendar.toml  years  没有 2027 年的放假、调休和截止日")
    assert last.endswith("没有要改的")


def test_from_the_25th_on_it_is_a_mistake(check: Check) -> None:
    result = check(date(2026, 12, 25))
    assert result.exit_code == 1
    assert "\nfaq/calendar.toml  years  没有 2027 年的" in f"\n{result.stdout}"
    assert "提醒" not in result.stdout


def test_doctor_notes_it_and_then_wants_it_mended(knowledge: Knowledge) -> None:
    said = [
        [str(finding) for finding in on_calendar(knowledge.calendar, day)]
        for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 25))
    ]
    text = "faq  calendar.toml has no 2027; have its author add it from the notices of that year"
    assert said == [[], [f"note: {text}"], [text]]
