"""The real desk as a process: killed at random moments, and asked to leave."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.crash_desk import Desk
from tests.benchmarks.crash_wire import Wire

ROOT = Path(__file__).parent.parent


def test_killed_at_random_moments_the_desk_loses_nothing_and_doubles_nothing() -> None:
    """The short form of `make crash`."""
    command = (sys.executable, "-m", "tests.benchmarks.crash", "--no-hang")
    options = ("--kills", "5", "--people", "2")
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["kills"] >= 5
    assert figures["sent"] > 10
    assert figures["repeated"] <= figures["kills"]
    for name in ("lost", "applied_twice", "tickets_lost", "tickets_twice", "unheard"):
        assert figures[name] == 0


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
async def test_a_desk_that_waits_for_telegram_in_its_start_leaves_when_asked(
    tmp_path: Path, method: str
) -> None:
    wire = Wire(1, "")
    wire.deaf = frozenset({method})
    async with wire.telegram:
        desk = Desk("polling", wire.telegram, tmp_path)
        async with desk.alive():
            await wire.unanswered.wait()
            await desk.leave(2.0)


STUCK = """
import asyncio, time
from bot import __main__ as desk
desk.LEAVES = 0.2

async def main():
    stop = desk._stop_signal()
    print("ready", flush=True)
    await stop.wait()
    time.sleep(60)

asyncio.run(main())
"""


LOADING = """
import time
from bot import __main__ as desk

def prepare():
    print("loading", flush=True)
    time.sleep(60)

desk.prepare = prepare
desk.app(["run"])
"""


def test_a_desk_that_still_loads_leaves_when_asked() -> None:
    command = (sys.executable, "-c", LOADING)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as loading:
        assert loading.stdout is not None
        assert loading.stdout.readline() == b"loading\n"
        loading.terminate()
        assert loading.wait(timeout=20) == 0


def test_what_nothing_can_end_does_not_keep_the_desk_from_leaving() -> None:
    """As a thread that waits for a name server."""
    command = (sys.executable, "-c", STUCK)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as stuck:
        assert stuck.stdout is not None
        assert stuck.stdout.readline() == b"ready\n"
        stuck.terminate()
        assert stuck.wait(timeout=5) == -signal.SIGALRM
