"""The command that proves the watch over surges."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.insight import demand, surges

KEYS = {"median_min", "p95_min", "missed", "bound_median_min"}


def simulate(*options: str) -> Result:
    return CliRunner().invoke(app, ["simulate", "--quick", *options])


def test_the_last_line_has_every_rate_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surges, "QUICK", 1)
    result = simulate("--days", "3", "--seed", "2")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout.splitlines()[-1])
    assert figures["false_drafts_30d"] >= 0
    named = {f"{rate}/h {size}x" for rate in surges.RATES for size in demand.SIZES}
    assert named <= figures.keys()
    assert all(figures[name].keys() >= KEYS for name in named)


def test_more_days_than_the_calendar_has_are_refused() -> None:
    result = simulate("--days", "400")
    assert result.exit_code == 2
    assert result.stderr == "--days 400  calendar.toml has 309 behind 56 of history\n"
