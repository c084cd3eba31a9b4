"""Files at rest: nobody without the key reads one, changes one, or knows what it is."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app.vault import BadKey, Unreadable, Vault, new_key

DATA = "发票号码 26112000000000000001".encode() * 100
KEY, NEWER = new_key(), new_key()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "files", [KEY])


def test_a_file_comes_back_as_it_was_put(vault: Vault) -> None:
    name = vault.put(DATA)
    assert vault.get(name) == DATA
    assert vault.size(name) == len(DATA)
    assert list(vault.names()) == [name]


@pytest.mark.parametrize("data", [b"", b"\0", bytes(range(256)) * 4096])
def test_any_bytes_are_a_file(vault: Vault, data: bytes) -> None:
    assert vault.get(vault.put(data)) == data


def test_the_same_file_is_kept_once(vault: Vault) -> None:
    assert vault.put(DATA) == vault.put(DATA)
    before = (vault.root / vault.put(DATA)).stat()
    vault.put(DATA)
    assert (vault.root / vault.put(DATA)).stat().st_mtime_ns == before.st_mtime_ns


def test_the_folder_tells_nothing_of_what_a_file_says(vault: Vault) -> None:
    name = vault.put(DATA)
    kept = (vault.root / name).read_bytes()
    assert DATA[:12] not in kept
    assert hashlib.sha256(DATA).hexdigest() != name
    assert Vault(vault.root.with_name("other"), [NEWER]).put(DATA) != name
    assert len(kept) == len(DATA) + 36  # and costs next to nothing


def test_the_same_file_never_looks_the_same_twice(vault: Vault) -> None:
    name = vault.put(DATA)
    first = (vault.root / name).read_bytes()
    vault.delete(name)
    vault.put(DATA)
    assert (vault.root / name).read_bytes()[8:] != first[8:]


def test_only_the_owner_may_look(vault: Vault) -> None:
    old = os.umask(0)
    try:
        name = vault.put(DATA)
        closed = Vault(vault.root / "a" / "b", [KEY])
    finally:
        os.umask(old)
    assert stat.S_IMODE((vault.root / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(closed.root.stat().st_mode) == 0o700


@settings(max_examples=50, deadline=None)
@given(where=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_one_changed_byte_anywhere_is_noticed(
    where: int, flip: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    vault = Vault(tmp_path_factory.getbasetemp() / "changed", [KEY])
    path = vault.root / vault.put(DATA)
    kept = bytearray(path.read_bytes())
    kept[where % len(kept)] ^= flip
    path.write_bytes(kept)
    with pytest.raises(Unreadable):
        vault.get(path.name)
    assert vault.put(DATA) == path.name  # and putting it again makes it whole
    assert vault.get(path.name) == DATA


@pytest.mark.parametrize("length", [0, 3, 7, 8, 20, 35, 36, 100])
def test_a_file_cut_short_is_noticed(vault: Vault, length: int) -> None:
    path = vault.root / vault.put(DATA)
    os.truncate(path, length)
    with pytest.raises(Unreadable):
        vault.get(path.name)


def test_a_file_in_the_place_of_another_is_noticed(vault: Vault) -> None:
    one, other = vault.put(DATA), vault.put(b"another")
    (vault.root / one).replace(vault.root / other)
    with pytest.raises(Unreadable):
        vault.get(other)
    with pytest.raises(FileNotFoundError):
        vault.get(one)


def test_what_is_deleted_is_gone(vault: Vault) -> None:
    name = vault.put(DATA)
    assert vault.delete(name)
    assert not vault.delete(name)
    assert not list(vault.root.iterdir())
    with pytest.raises(FileNotFoundError):
        vault.get(name)


@pytest.mark.parametrize("name", ["", "../x", "/etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_no_other_file_can_be_named(vault: Vault, name: str) -> None:
    (vault.root.parent / "x").write_bytes(b"not of the vault")
    with pytest.raises(FileNotFoundError):
        vault.get(name)
    assert not vault.delete(name)
    assert (vault.root.parent / "x").exists()


def test_a_key_is_replaced_without_losing_a_file(vault: Vault) -> None:
    name = vault.put(DATA)
    both = Vault(vault.root, [NEWER, KEY])
    assert both.get(name) == DATA
    new = both.put(b"under the newer key")
    assert both.renew() == 1
    assert both.renew() == 0
    alone = Vault(vault.root, [NEWER])
    assert alone.get(name) == DATA
    assert alone.get(new) == b"under the newer key"
    with pytest.raises(Unreadable, match="key"):
        vault.get(name)


@pytest.mark.parametrize("keys", [[], [""], ["x"], [KEY[:-1]], [KEY + "="], [KEY, "!" * 44]])
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path: Path, keys: list[str]) -> None:
    with pytest.raises(BadKey) as error:
        Vault(tmp_path / "files", keys)
    assert KEY[:-1] not in str(error.value)


def test_no_key_is_ever_shown(vault: Vault) -> None:
    assert KEY not in repr(vault)


def test_a_crash_while_writing_leaves_the_old_file_or_none(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    name = vault.put(DATA)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            vault.put(b"another")
    assert [path.name for path in vault.root.iterdir()] == [name]


def test_what_a_crash_left_is_tidied_and_nothing_else(vault: Vault) -> None:
    name = vault.put(DATA)
    (vault.root / ".new-0011").write_bytes(b"half")
    assert list(vault.names()) == [name]
    assert vault.used() == (vault.root / name).stat().st_size
    assert vault.tidy() == 1
    assert [path.name for path in vault.root.iterdir()] == [name]
