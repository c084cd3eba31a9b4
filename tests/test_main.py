"""The commands, as an operator meets them."""

from __future__ import annotations

import logging
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import pytest
from aiohttp.test_utils import unused_port
from typer.testing import CliRunner, Result

import bot
from bot.__main__ import app
from bot.app.load import folder, read
from bot.cli.output import start_log
from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from tests.elsewhere import TOKEN, Elsewhere

SECRET = TOKEN.partition(":")[2]

pytestmark = pytest.mark.usefixtures("unset")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def ended(result: Result) -> list[str]:
    """What a desk says that does not start, after the log's line that it begins to."""
    first, *lines = result.stderr.splitlines()
    assert " INFO bot: fapiao-desk " in first
    assert " starts: http://127.0.0.1:" in first
    return lines


def test_a_question_is_answered_in_the_terminal(knowledge: Knowledge) -> None:
    entry = knowledge.entries["query-status-meaning"]
    result = run("ask", entry.title)
    assert result.exit_code == 0
    assert entry.answer.strip().splitlines()[0].replace("**", "") in result.stdout


def test_a_broken_faq_is_told_line_by_line(tmp_path: Path) -> None:
    result = run("ask", "在吗", "--faq", str(tmp_path))
    assert result.exit_code == 2
    assert f"faq/tiers.toml  {finding('no_file')}\n" in result.stderr
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
    assert f"faq/tiers.toml  {finding('no_file')}" in result.stderr


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
            await wang.sees("/diagnose", 30)  # the first start learns from all that is written
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
    assert f"FAQ version {read(folder()).version}\n" in result.stderr
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
    assert level == "DEBUG" or len(ended(result)) == 1


def test_a_telegram_that_cannot_be_reached_is_told_without_the_token(
    live: Callable[..., Result],
) -> None:
    """It waits, until it is asked to stop."""
    address = f"http://127.0.0.1:{unused_port()}"
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    log = logging.getLogger("bot.app.wiring")

    def stop(record: logging.LogRecord) -> bool:
        log.removeFilter(stop)
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
        return True

    log.addFilter(stop)
    try:
        result = live(API=address, LOG_LEVEL="DEBUG")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGTERM, before)
    assert result.exit_code == 0
    assert f"no answer from {address}, trying again in 2 s: Telegram cannot be" in result.stderr
    assert result.stderr.splitlines()[-1].endswith("stopped")
    assert SECRET not in result.output


def test_groups_that_cannot_be_used_are_all_named_before_anything_starts(
    live: Callable[..., Result], tmp_path: Path
) -> None:
    result = live(GROUPS="frontline:-100991,technical:-100992,coordination:-100993")
    assert result.exit_code == 2
    lines = ended(result)
    assert [line.startswith("FAPIAO_GROUPS  ") for line in lines] == [True] * 3
    assert not (tmp_path / "fapiao-desk.db").exists()


def test_a_database_that_cannot_be_opened_is_named(live: Callable[..., Result]) -> None:
    result = live(DATABASE="missing/desk.db")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("FAPIAO_DATABASE  ")


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


def test_whoever_reads_only_the_beginning_is_shown_no_error() -> None:
    command = [sys.executable, "-m", "bot", "flow", "--mermaid"]
    root, pipe = Path(bot.__file__).parents[1], subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, cwd=root) as printing:
        assert printing.stdout is not None
        assert printing.stderr is not None
        printing.stdout.close()
        assert (printing.stderr.read(), printing.wait()) == (b"", 0)


def test_the_version_is_told() -> None:
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"fapiao-desk {version('fapiao-desk')}\n")


def test_settings_are_looked_at_before_the_encoder_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def load(wanted: bool | None) -> None:
        raise AssertionError("the encoder was loaded")

    monkeypatch.setattr("bot.app.startup.encoder", load)
    monkeypatch.setenv("FAPIAO_SEMANTIC", "on")
    result = run("run")
    assert result.exit_code == 2
    assert "FAPIAO_TOKEN  is missing" in result.stderr


def test_what_is_missing_is_told_beside_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAPIAO_MODE", "push")
    told = run("run").output
    assert "FAPIAO_MODE  " in told
    assert "FAPIAO_TOKEN  is missing" in told
    assert "FAPIAO_GROUPS  tier 'frontline' has no group" in told


def test_a_webhook_that_telegram_refuses_is_told_in_one_line(live: Callable[..., Result]) -> None:
    address = "https://desk.example/"
    result = live(MODE="webhook", WEBHOOK_URL=address, WEBHOOK_SECRET="s3cret")
    assert result.exit_code == 2
    (line,) = ended(result)
    assert "webhook" in line


def test_a_desk_begins_with_less_than_it_had_only_when_it_is_told_to(
    live: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "fapiao-desk.db.lock").write_bytes(b"0000000007\n")
    (tmp_path / "fapiao-desk.db").touch()
    refused = live()
    assert refused.exit_code == 2
    assert "FAPIAO_DATABASE  fapiao-desk.db: lacks the last 7 commits" in refused.stderr
    assert "run --accept-loss" in refused.stderr
