import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.trace import Walk, figures, package, table, whole

ROOT = Path(__file__).parent.parent.parent
FIRST = """
def outer(call):
    inner(call)
    return list(each for each in call(3))

def inner(call):
    call(1)
    call(0)
    return (lambda: len(list(call(0))))()
"""
SECOND = """
def several(count):
    for each in range(count):
        yield each

def shown(count):
    return list(several(count))
"""


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    """Of a call of `outer`, whose file is one of two."""
    names: dict[str, object] = {}
    for path, source in ((tmp_path / "core/a.py", FIRST), (tmp_path / "store/b.py", SECOND)):
        exec(compile(source, str(path), "exec"), names)
    walk, outer, shown = Walk(tmp_path), names["outer"], names["shown"]
    assert callable(outer)
    sys.setprofile(walk)
    try:
        outer(shown)
    finally:
        sys.setprofile(None)
    return walk


def test_a_step_is_wherever_another_file_is_entered(walk: Walk) -> None:
    first, second = "core/a.py", "  store/b.py"
    assert list(whole(walk)) == [first, second, first, second, first]
    found = figures(walk)
    assert (found["files"], found["switches"], found["returns"]) == (2, 4, 3)
    assert found["functions"] == 4
    assert (found["core_files"], found["core_steps"], found["core_functions"]) == (1, 3, 2)


def test_the_table_has_the_files_in_the_order_in_which_they_were_entered(walk: Walk) -> None:
    rows = [line.split() for line in table(walk)][1:]
    assert rows == [["1", "core/a.py", "3", "2"], ["2", "store/b.py", "2", "2"]]


def test_a_file_in_no_folder_is_of_the_package_itself() -> None:
    assert package("live.py") == "bot"
    assert package(os.path.join("core", "kinds", "page.py")) == "core"


def test_two_runs_find_the_same() -> None:
    command = (sys.executable, "-m", "tests.benchmarks.trace", "--walk")
    runs = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        for seed in "12"
    ]
    told = []
    for run in runs:
        out, error = run.communicate()
        assert run.returncode == 0, error
        told.append(out.splitlines())
    assert told[0] == told[1]
    *steps, last = told[0]
    found = json.loads(last)
    files = [step.strip() for step in steps]
    assert found["switches"] == len(files) - 1
    assert found["files"] == len(set(files))
    assert found["returns"] == found["switches"] + 1 - found["files"]
    for folder in ("channels", "core", "loops", "matching", "store"):
        assert found[f"{folder}_files"] == len({f for f in files if package(f) == folder})
        assert found[f"{folder}_functions"] > 0
