"""What takes long to build is built once for the same files, and never trusted when in doubt."""

from __future__ import annotations

import logging
import multiprocessing
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from bot.app.load import folder, read, with_matcher
from bot.app.load.compiled import Index


class Builds:
    """Makes a number and an array, and writes down each time that it had to."""

    def __init__(self, told: Path) -> None:
        self.told = told

    @property
    def count(self) -> int:
        return len(self.told.read_text()) if self.told.exists() else 0

    def __call__(self) -> tuple[int, list[float]]:
        with self.told.open("a") as file:
            file.write(".")
        return self.count, np.array([0.5, self.count]).tolist()


@pytest.fixture
def build(tmp_path: Path) -> Builds:
    return Builds(tmp_path / "built")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.index"


def made(path: Path, key: str, build: Builds) -> object:
    index = Index(path, key)
    return index.recalled() or index.kept(build)()


def test_the_same_files_are_built_once(path: Path, build: Builds) -> None:
    assert made(path, "a", build) == made(path, "a", build) == (1, [0.5, 1.0])
    assert build.count == 1


def test_other_files_are_built_anew(path: Path, build: Builds) -> None:
    made(path, "a", build)
    assert made(path, "b", build) == made(path, "b", build) == (2, [0.5, 2.0])
    assert build.count == 2


def test_what_python_keeps_beside_the_sources_does_not_matter(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.load.compiled.PROGRAM", tmp_path)
    source = tmp_path / "core" / "turn.py"
    compiled = source.parent / "__pycache__" / "turn.cpython-311.pyc"
    compiled.parent.mkdir(parents=True)
    source.write_text("NOW = 1")
    before = Index.of(path, tmp_path / "faq")
    compiled.write_bytes(b"any")
    assert Index.of(path, tmp_path / "faq") == before
    source.write_text("NOW = 2")
    assert Index.of(path, tmp_path / "faq") != before


@pytest.mark.parametrize("keep", [0, 1, 3, 10, 70])
def test_a_damaged_file_is_built_anew(path: Path, build: Builds, keep: int) -> None:
    made(path, "a", build)
    path.write_bytes(path.read_bytes()[:keep])
    assert made(path, "a", build) == made(path, "a", build) == (2, [0.5, 2.0])


def test_of_an_array_that_lacks_its_end_nothing_is_used(path: Path) -> None:
    Index(path, "a").keep(lambda: np.arange(1000.0))
    path.write_bytes(path.read_bytes()[:-4000])
    assert Index(path, "a").recalled() is None


def test_arrays_come_back_as_they_were_and_cannot_be_changed(path: Path) -> None:
    arrays = [np.arange(5.0), np.zeros(0), np.arange(12, dtype=np.int32).reshape(3, 4).T]
    Index(path, "a").keep(lambda: arrays)
    for array, again in zip(arrays, Index(path, "a").recalled(), strict=True):
        assert np.array_equal(array, again)
        assert array.dtype == again.dtype
        assert not again.flags.writeable or not again.size


def test_what_cannot_be_kept_is_used_all_the_same(
    tmp_path: Path, build: Builds, caplog: pytest.LogCaptureFixture
) -> None:
    index = Index(tmp_path / "nowhere" / "desk.index", "a")
    assert index.kept(build)() == (1, [0.5, 1.0])
    with caplog.at_level(logging.WARNING):
        index.keep(build)
    assert "cannot be kept" in caplog.text
    assert build.count == 1


def test_where_no_process_can_be_split_off_it_is_built_in_this_one(
    path: Path, build: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert made(path, "a", build) == (1, [0.5, 1.0])
    assert made(path, "a", build) == (1, [0.5, 1.0])


def test_what_fails_fails_here(path: Path) -> None:
    def build() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Index(path, "a").kept(build)()


def test_it_is_the_operators_alone(path: Path, build: Builds) -> None:
    made(path, "a", build)
    assert path.stat().st_mode & 0o777 == 0o600


def test_any_change_in_the_folder_is_another_index(path: Path, tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "faq", tmp_path / "elsewhere"
    copytree(folder(), elsewhere)
    root.symlink_to(elsewhere)
    keys = {Index.of(path, root).key}
    for name in ("entries/new.toml", "notes.toml", "messages/zh/talk.toml", "drafts/deep/a.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("a") as file:
            file.write("# more\n")
        keys.add(Index.of(path, root).key)
    (root / "notes.toml").unlink()
    keys.add(Index.of(path, root).key)
    assert len(keys) == 6
    assert Index.of(path, root).key in keys


def test_a_kept_desk_knows_and_understands_the_same(path: Path) -> None:
    built = with_matcher(read(folder()))
    Index(path, "a").keep(lambda: built)
    again = Index(path, "a").recalled()
    assert again.matcher is not built.matcher
    for name in ("entries", "flows", "diagnosis", "texts", "glossary", "calendar", "version"):
        assert getattr(again, name) == getattr(built, name)
    for text in ("发票怎么打印", "昨天开的票客户查不到", "转人工"):
        assert again.matcher.consider(text) == built.matcher.consider(text)
        assert again.facts.tells(text) == built.facts.tells(text)
        assert again.facts.aims(text) == built.facts.aims(text)
        assert again.facts.answer("party", text) == built.facts.answer("party", text)
        assert again.words.means(text) == built.words.means(text)
