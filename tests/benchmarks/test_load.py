import json
import subprocess
import sys
from pathlib import Path

from bot.core.model.ticket import Summary
from bot.store import Store
from tests.addresses import on_telegram
from tests.benchmarks import past
from tests.benchmarks.crowd import percentile
from tests.benchmarks.load import Contender, summary
from tests.benchmarks.load_plot import draw

ROOT = Path(__file__).parent.parent.parent


def test_the_past_is_one_that_the_desk_itself_can_read(tmp_path: Path) -> None:
    past.make(tmp_path / "past.db", 1000)
    store = Store.open(tmp_path / "past.db")
    case = store.conversations.load(f"conversation:telegram:{past.FIRST + 2}")
    assert case is not None
    assert case.address == on_telegram(past.FIRST + 2)
    lines = [row for row in store._db["messages"].rows if row["conversation"] == case.id]
    assert len(lines) == 2 * past.EACH
    ticket = store.tickets.named(f"P-{past.FIRST + 2}")
    assert ticket is not None
    assert ticket.summary == Summary("said", "查不到")
    assert len(store.tickets.rows()) == 100
    assert store.tickets.open_in() == {"frontline": 2}
    assert store.inbox.backlog() == store.outbox.backlog() == 0
    store.close()


def test_the_last_line_holds_every_figure_and_ratio() -> None:
    options = ("--rounds=1", "--messages=8", "--together=4", "--seconds=0.1", "--sizes=0,100")
    command = (sys.executable, "-m", "tests.benchmarks.load", *options)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert {"desk_over_ptb", "desk_over_aiogram"} < figures.keys()
    assert "desk_over_pieces" not in figures
    for bot in ("ptb", "aiogram", "desk_100", "pieces"):
        assert figures[f"{bot}_per_second"] > 0
        assert 0 < figures[f"{bot}_p50_ms"] <= figures[f"{bot}_p99_ms"]
        assert 0 < figures[f"{bot}_ready_s"] < figures[f"{bot}_first_s"]
        assert figures[f"{bot}_again_s"] > 0
        assert figures[f"{bot}_memory_mb"] > 1


def test_ratios_compare_the_empty_and_the_large_desk() -> None:
    speeds = {"ptb": 100.0, "aiogram": 200.0}
    figures = {Contender(bot, bot): {"per_second": speed} for bot, speed in speeds.items()}
    figures[Contender("desk, 0", "desk")] = {"per_second": 150.0}
    figures[Contender("desk, 9", "desk", 9)] = {"per_second": 120.0}
    found = summary(figures)
    assert found["desk_over_ptb"] == 1.5
    assert found["desk_over_aiogram"] == 0.75
    assert found["large_over_empty"] == 0.8


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


def test_the_plot_shows_each_size_and_each_echo(tmp_path: Path) -> None:
    desk = {"per_second": 150.0, "p50_ms": 5.0, "p99_ms": 30.0}
    draw(tmp_path / "load.svg", {0: desk, 1_000_000: desk}, {"PTB echo": 140.0})
    drawn = (tmp_path / "load.svg").read_text()
    for words in ("1,000,000", "PTB echo", "p99", "Messages a second"):
        assert words in drawn
