import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.intake import AT_LEAST, AT_MOST, dates, outside

ROOT = Path(__file__).parent.parent.parent


def test_the_last_line_holds_every_figure() -> None:
    options = ("--pictures=1", "--files=1", "--hostile=4")
    command = (sys.executable, "-m", "tests.benchmarks.intake", *options)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert {*AT_LEAST, *AT_MOST} <= figures.keys()
    assert figures["hostile_files"] == 4
    assert figures["pdf_s"] > 0
    assert done.returncode == (1 if outside(figures) else 0)


def test_every_form_of_a_day_counts_once() -> None:
    figures = dates()
    counted = (figures[f"dates_{outcome}"] for outcome in ("right", "asked", "wrong"))
    assert sum(counted) == figures["date_forms"]


def test_a_figure_outside_its_bound_is_named() -> None:
    fine = {**AT_LEAST, **AT_MOST}
    assert outside(fine) == []
    assert outside({**fine, "qr_clean": 0.97, "qr_wrong": 1}) == ["qr_clean", "qr_wrong"]
