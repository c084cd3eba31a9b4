import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def bench(*options: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "tests.benchmarks.match", *options)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_last_line_holds_every_figure_of_each_size() -> None:
    done = bench("--sizes", "30,60", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    for size in (30, 60):
        for name in ("", "ratio_", "wratio_"):
            assert 0 < figures[f"{name}p50_ms_{size}"] <= figures[f"{name}p99_ms_{size}"]
        assert figures[f"build_s_{size}"] > 0
        times = figures[f"ratio_p50_ms_{size}"] / figures[f"p50_ms_{size}"]
        assert abs(figures[f"times_faster_than_ratio_{size}"] - times) < 0.01


def test_sizes_that_are_no_numbers_are_refused_in_a_line() -> None:
    done = bench("--sizes", "many")
    assert done.returncode == 2
    assert "'many' is no list such as 1000,10000" in done.stderr
