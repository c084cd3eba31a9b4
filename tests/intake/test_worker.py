"""A worker alone: what it gives up, and that it ends whatever becomes of the desk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.confined.framing import LENGTH, frame

ROOT = Path(__file__).parents[2]
MEMORY = 256 * 2**20
Worker = subprocess.Popen[bytes]


def start(seconds: float = 10, memory: int = MEMORY, reader: str = "tests.intake.unruly") -> Worker:
    command = [sys.executable, "-m", "bot.intake.worker", str(seconds), str(memory), reader]
    return subprocess.Popen(command, stdin=-1, stdout=-1, stderr=subprocess.DEVNULL, cwd=ROOT)


@pytest.fixture
def worker() -> Iterator[Worker]:
    with start() as process:
        assert process.stdout is not None
        (size,) = LENGTH.unpack(process.stdout.read(LENGTH.size))
        assert json.loads(process.stdout.read(size))["limits"] == ""
        yield process
        process.kill()


def send(worker: Worker, *orders: bytes) -> None:
    assert worker.stdin is not None
    worker.stdin.write(b"".join(frame(b"x.pdf") + frame(order) for order in orders))
    worker.stdin.flush()


def test_a_worker_that_waits_ends_with_the_desk(worker: Worker) -> None:
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(5) == 0


def test_a_worker_ends_when_the_desk_dies_amid_a_file(worker: Worker) -> None:
    assert worker.stdin is not None
    worker.stdin.write(frame(b"x.pdf") + LENGTH.pack(10**6) + b"half")
    worker.stdin.close()
    assert worker.wait(5) == 0


def test_a_worker_that_hangs_ends_by_itself_with_nobody_there_to_kill_it() -> None:
    with start(seconds=0.2) as worker:
        send(worker, b"sleep")
        assert worker.wait(5) == -signal.SIGALRM


def test_a_worker_reads_one_file_and_ends(worker: Worker) -> None:
    send(worker, b"tell 1", b"tell 2")
    assert worker.stdout is not None
    assert worker.stdout.read().count(b"of x.pdf") == 1
    assert worker.wait(5) == 0


@pytest.mark.parametrize("order", ["spin", "outlast"] if sys.platform == "linux" else ["spin"])
def test_no_worker_is_left_when_the_desk_is_killed(order: str) -> None:
    desk = """
import asyncio, sys
from bot.intake.workers import Workers
async def main():
    async with Workers(seconds=0.5, reader="tests.intake.unruly") as workers:
        names = [(await workers.read(b"tell")).host]
        async with asyncio.TaskGroup() as group:
            group.create_task(workers.read(sys.argv[1].encode()))
            await asyncio.sleep(0.2)
            print(*[p.pid for p in workers._running], flush=True)
            await asyncio.sleep(60)
asyncio.run(main())
"""
    command = [sys.executable, "-c", desk, order]
    with subprocess.Popen(command, stdout=-1, cwd=ROOT) as process:
        assert process.stdout is not None
        workers = [int(number) for number in process.stdout.readline().split()]
        assert len(workers) == 2  # the one that spins, and the spare
        process.kill()
    until = time.monotonic() + 10
    while any(map(lives, workers)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(lives, workers))


def lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_memory_is_watched_where_the_kernel_does_not_bound_it() -> None:
    hungry = """
import threading, time
from bot.confined import watch
threading.Thread(target=watch, args=(100 * 2**20,), daemon=True).start()
time.sleep(0.1)
print("small", flush=True)
kept = b"x" * (200 * 2**20)
time.sleep(20)
"""
    # By way of a shell, which is small: Linux counts the memory of whoever starts a program as its.
    shell = ["/bin/sh", "-c", '"$0" -c "$1"; exit $?', sys.executable, hungry]
    done = subprocess.run(shell, cwd=ROOT, stdout=-1, stderr=subprocess.DEVNULL, timeout=15)
    assert done.returncode == 128 + signal.SIGKILL
    assert done.stdout == b"small\n"


HEAVY = {
    *("asyncio", "pydantic", "telegram", "rapidfuzz", "sqlite3", "ssl", "opencc", "stdnum"),
    *("bot.app.settings", "bot.matching", "bot.core.content"),
}
"""Each of these costs every file its time to start, and memory out of its bound."""


@pytest.mark.parametrize(
    ("started", "heavy"),
    [
        ("import bot.intake.worker", {*HEAVY, "numpy"}),
        ("import bot.intake; bot.intake.prepare()", HEAVY),  # of pictures numpy is needed
    ],
)
def test_a_worker_loads_nothing_that_it_does_not_need(started: str, heavy: set[str]) -> None:
    loaded = f"import sys; {started}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, stdout=-1, check=True)
    assert heavy.isdisjoint(done.stdout.decode().split())
