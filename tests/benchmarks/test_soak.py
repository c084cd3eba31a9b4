import json
import subprocess
import sys
from pathlib import Path

from bot.local_telegram import Group, LocalTelegram
from tests.benchmarks.contenders import GROUPS
from tests.benchmarks.crowd import sentences
from tests.benchmarks.soak import Window, judge
from tests.benchmarks.soak_guests import AGENT, Guests

ROOT = Path(__file__).parent.parent.parent


def windows(memory: float = 0.0, wait: float = 0.0) -> list[Window]:
    """Forty of them, with so much more memory and wait in each than in the one before."""
    return [Window(10 + n * wait, 20, 150 + n * memory) for n in range(40)]


def test_even_windows_and_no_backlog_are_flat() -> None:
    assert judge(windows(), 0)["flat"] is True


def test_what_grows_or_waits_is_not_flat() -> None:
    assert judge(windows(memory=1.0), 0)["flat_memory"] is False
    assert judge(windows(wait=2.0), 0)["flat_wait"] is False
    for found in (judge(windows(memory=1.0), 0), judge(windows(wait=2.0), 0), judge(windows(), 1)):
        assert found["flat"] is False


def test_a_short_soak_ends_with_a_verdict_and_nothing_left() -> None:
    command = (sys.executable, "-m", "tests.benchmarks.soak", "--minutes", "0.05")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["backlog"] == 0
    assert figures["did"]["asks"] > 0
    assert done.returncode == (0 if figures["flat"] and not figures["missed"] else 1)


async def test_guests_can_do_everything_that_a_soak_counts() -> None:
    groups = [Group(chat, tier, members=(AGENT.id,)) for tier, chat in GROUPS.items()]
    async with LocalTelegram(people=[AGENT], groups=groups) as telegram:
        guests = Guests(telegram, sentences(1), 1)
        await guests.busy(rate=100_000, seconds=0.01)
    # Pressing and helping need a bot that has said something.
    assert set(guests.missed) == {"presses", "helps"}
    assert not guests.refused
