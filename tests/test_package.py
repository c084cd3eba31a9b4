"""What is installed is all that is needed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(CHECKOUT))
    run(*build, cwd=place)
    (built,) = place.glob("fapiao_desk-*.whl")
    return built


def test_the_wheel_has_the_code_the_faq_the_story_and_the_chat_page(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, pattern in (("bot", "**/*.py"), ("faq", "**/*.toml")):
        inside = {path.relative_to(CHECKOUT) for path in (CHECKOUT / folder).glob(pattern)}
        prefix = "" if folder == "bot" else "bot/"
        assert {prefix + path.as_posix() for path in inside} <= names
    assert {"bot/app/demo_story.toml", "bot/local_telegram/page/static/index.html"} <= names
    assert not [name for name in names if name.startswith("tests/") or name.endswith(".db")]


def test_the_installed_desk_finds_its_faq_wherever_it_is_started(
    wheel: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile")
    run(*install, "--target", str(target), str(wheel), cwd=tmp_path)
    program = (
        "from bot.app import load\n"
        "knowledge = load.load(load.folder())\n"
        "print(len(knowledge.entries), load.__file__, load.folder())"
    )
    entries, module, faq = run("-c", program, cwd=tmp_path, PYTHONPATH=str(target)).split()
    assert int(entries) == len(list((CHECKOUT / "faq" / "entries").glob("*.toml")))
    assert Path(module).is_relative_to(target)
    assert Path(faq).is_relative_to(target)
