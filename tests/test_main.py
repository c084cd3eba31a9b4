"""The commands, as an operator meets them."""

from __future__ import annotations

import logging
import os
import signal
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from aiohttp.test_utils import unused_port
from typer.testing import CliRunner, Result

from bot import demo
from bot.__main__ import app
from bot.core.knowledge import Knowledge
from bot.terminal import start_log
from tests.elsewhere import TOKEN, Elsewhere

SECRET = TOKEN.partition(":")[2]

pytestmark = pytest.mark.usefixtures("unset")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def live(
    elsewhere: Elsewhere, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Runs the desk on that Telegram, with everything set but for what the test sets."""

    def start(**changed: str) -> Result:
        groups = ",".join(f"{tier}:{chat}" for tier, chat in demo.groups_of(knowledge).items())
        given = {
            "TOKEN": elsewhere.telegram.token,
            "API": elsewhere.telegram.url,
            "GROUPS": groups,
        } | changed
        for name, value in given.items():
            monkeypatch.setenv(f"FAPIAO_{name}", value)
        return run("run")

    return start


def test_a_question_is_answered_in_the_terminal(knowledge: Knowledge) -> None:
    entry = knowledge.entries["query-status-meaning"]
    result = run("ask", entry.title)
    assert result.exit_code == 0
    assert entry.answer.strip().splitlines()[0].replace("**", "") in result.stdout


def test_a_broken_faq_is_told_line_by_line(tmp_path: Path) -> None:
    result = run("ask", "在吗", "--faq", str(tmp_path))
    assert result.exit_code == 2
    assert "faq/tiers.toml  file is missing\n" in result.stderr
    assert result.stdout == ""


def test_the_flows_are_drawn_into_a_file(tmp_path: Path, knowledge: Knowledge) -> None:
    result = run("flow", "--svg", "flows.svg")
    assert result.exit_code == 0
    root = ElementTree.parse(tmp_path / "flows.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    drawn = "".join(root.itertext())
    assert all(flow.title in drawn for flow in knowledge.flows.values())


def test_the_flows_are_printed_as_mermaid() -> None:
    result = run("flow", "--mermaid")
    assert result.exit_code == 0
    assert result.stdout.startswith("flowchart")


def test_drawing_says_what_it_needs() -> None:
    result = run("flow")
    assert result.exit_code == 2
    assert "--svg" in result.stderr


def test_without_settings_the_desk_says_all_that_is_missing_and_touches_no_network(
    monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"connected to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    result = run("run")
    assert result.exit_code == 2
    first, *others = result.stderr.splitlines()
    assert first.startswith("FAPIAO_TOKEN  is missing")
    for tier, line in zip(knowledge.tiers.tiers, others, strict=True):
        assert line.startswith(f"FAPIAO_GROUPS  tier {tier.id!r} has no group")


def test_what_is_wrong_in_settings_and_faq_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FAPIAO_GROUPS", "?")
    monkeypatch.setenv("FAPIAO_LOG_LEVEL", "LOUD")
    result = run("run")
    assert [line.partition("  ")[0] for line in result.stderr.splitlines()] == [
        "FAPIAO_GROUPS",
        "FAPIAO_LOG_LEVEL",
        "FAPIAO_TOKEN",
    ]
    monkeypatch.delenv("FAPIAO_GROUPS")
    monkeypatch.delenv("FAPIAO_LOG_LEVEL")
    monkeypatch.setenv("FAPIAO_FAQ", str(tmp_path))
    monkeypatch.setenv("FAPIAO_GROUPS", "frontlin:-1001")
    result = run("run")
    assert result.exit_code == 2
    assert "faq/tiers.toml  file is missing" in result.stderr


def test_a_group_of_no_tier_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAPIAO_GROUPS", "frontlin:-1001")
    assert "FAPIAO_GROUPS  no tier 'frontlin'" in run("run").stderr


def test_the_desk_answers_until_it_is_asked_to_stop(
    live: Callable[..., Result], elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """At the most talkative log level, on which the token must not show either."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    stopped: list[float] = []

    async def talk() -> None:
        wang = elsewhere.telegram.person(1001)
        try:
            await wang.says("/help")
            await wang.sees("/diagnose")
        finally:
            stopped.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGTERM)

    talking = elsewhere.do(talk())
    try:
        result = live(LOG_LEVEL="DEBUG")
        took = time.monotonic() - stopped[0]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGTERM, before)
    talking.result(0)
    assert result.exit_code == 0
    assert took < 10
    assert "ready as @fapiao_desk_bot, polling" in result.stderr
    assert "Calling Bot API endpoint" not in result.stderr, "a library tells what people wrote"
    assert SECRET not in result.output
    assert stat.S_IMODE((tmp_path / "fapiao-desk.db").stat().st_mode) == 0o600
    assert len(elsewhere.telegram.world.commands) == 2


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_a_wrong_token_ends_with_one_clear_line(live: Callable[..., Result], level: str) -> None:
    result = live(TOKEN="7000000001:mistyped", LOG_LEVEL=level)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "Telegram does not know this token"
    assert "mistyped" not in result.output
    assert level == "DEBUG" or len(result.stderr.splitlines()) == 1


def test_a_telegram_that_cannot_be_reached_is_told_without_the_token(
    live: Callable[..., Result],
) -> None:
    result = live(API=f"http://127.0.0.1:{unused_port()}", LOG_LEVEL="DEBUG")
    assert result.exit_code == 2
    assert "Telegram cannot be reached" in result.stderr
    assert SECRET not in result.output


def test_groups_that_cannot_be_used_are_all_named_before_anything_starts(
    live: Callable[..., Result], tmp_path: Path
) -> None:
    result = live(GROUPS="frontline:-100991,technical:-100992,coordination:-100993")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert [line.startswith("FAPIAO_GROUPS  ") for line in lines] == [True] * 3
    assert not (tmp_path / "fapiao-desk.db").exists()


def test_a_database_that_cannot_be_opened_is_named(live: Callable[..., Result]) -> None:
    result = live(DATABASE="missing/desk.db")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("FAPIAO_DATABASE  ")


def test_a_webhook_that_telegram_refuses_is_told_in_one_line(live: Callable[..., Result]) -> None:
    address = "https://desk.example/"
    result = live(MODE="webhook", WEBHOOK_URL=address, WEBHOOK_SECRET="s3cret")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "webhook" in line


def test_a_secret_shows_in_no_log_line_and_in_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_log("DEBUG", TOKEN, "")
    log = logging.getLogger("bot.test")
    log.debug("GET %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    try:
        raise RuntimeError(f"the token `{TOKEN}` was rejected")
    except RuntimeError:
        log.exception("failed")
    written = capsys.readouterr().err
    assert SECRET not in written
    assert written.count("***") == 2
    assert "RuntimeError" in written


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("demo", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "address already in use" in result.output
    assert "Traceback" not in result.output


def test_a_drawing_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    result = run("flow", "--svg", str(tmp_path / "nowhere" / "flow.svg"))
    assert (result.exit_code, result.output.count("\n")) == (2, 1)


def test_what_is_missing_is_told_beside_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAPIAO_MODE", "push")
    told = run("run").output
    assert "FAPIAO_MODE  " in told
    assert "FAPIAO_TOKEN  is missing" in told
    assert "FAPIAO_GROUPS  tier 'frontline' has no group" in told


def test_a_desk_begins_with_less_than_it_had_only_when_it_is_told_to(
    live: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "fapiao-desk.db.lock").write_bytes(b"0000000007\n")
    (tmp_path / "fapiao-desk.db").touch()
    refused = live()
    assert refused.exit_code == 2
    assert "FAPIAO_DATABASE  fapiao-desk.db: lacks the last 7 commits" in refused.stderr
    assert "run --accept-loss" in refused.stderr
