"""What takes long to build is built once for the same files, and never trusted when in doubt."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.app.load import folder, read, with_matcher
from bot.app.load.compiled import kept


class Builds:
    """Counts how often it had to build."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> list[int]:
        self.count += 1
        return [self.count]


@pytest.fixture
def build() -> Builds:
    return Builds()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "desk.index"


def test_the_same_files_are_built_once(index: Path, build: Builds) -> None:
    assert kept(index, "a", build) == kept(index, "a", build) == [1]


def test_other_files_are_built_anew(index: Path, build: Builds) -> None:
    kept(index, "a", build)
    assert kept(index, "b", build) == [2]
    assert kept(index, "b", build) == [2]


@pytest.mark.parametrize("keep", [0, 10, 70])
def test_a_damaged_file_is_built_anew(index: Path, build: Builds, keep: int) -> None:
    kept(index, "a", build)
    index.write_bytes(index.read_bytes()[:keep])
    assert kept(index, "a", build) == [2]
    assert kept(index, "a", build) == [2]


def test_what_cannot_be_kept_is_used_all_the_same(
    tmp_path: Path, build: Builds, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert kept(tmp_path / "nowhere" / "desk.index", "a", build) == [1]
    assert "cannot be kept" in caplog.text


def test_it_is_the_operators_alone(index: Path, build: Builds) -> None:
    kept(index, "a", build)
    assert index.stat().st_mode & 0o777 == 0o600


def test_a_kept_desk_understands_the_same(index: Path) -> None:
    knowledge = read(folder())
    built, again = (with_matcher(knowledge, index=index) for _ in range(2))
    assert again.matcher is not built.matcher
    for text in ("发票怎么打印", "昨天开的票客户查不到", "转人工"):
        assert again.matcher.consider(text) == built.matcher.consider(text)
        assert again.facts.tells(text) == built.facts.tells(text)
        assert again.facts.aims(text) == built.facts.aims(text)
        assert again.facts.answer("party", text) == built.facts.answer("party", text)
