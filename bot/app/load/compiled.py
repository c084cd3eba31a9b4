"""What is read and built from the authors' files, kept beside the database for the next start.

Building takes seconds, reading it back a moment. The file is worth nothing to anybody else: it is
named by what it was built from, and where it does not fit, cannot be read or cannot be written, all
is built anew. It is trusted as the database is, whose folder it lies in: both are the operator's.
"""

from __future__ import annotations

import copyreg
import io
import logging
import mmap
import multiprocessing
import pickle
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")
log = logging.getLogger(__name__)

PROGRAM = Path(__file__).parents[2]
MAKES = ("app/load", "core", "matching")
"""The sources of which it depends what files come to."""
ALIGNED = 64
"""Bytes at a multiple of which each array begins."""


@dataclass(frozen=True, slots=True)
class Index:
    """The file at `path`, which is worth something if it begins with this `key`."""

    path: Path
    key: str

    @classmethod
    def of(cls, path: Path, root: Path) -> Index:
        """The one for the files in the folder `root` as they are now, and for this program."""
        told = sha256(f"{sys.version} {np.__version__} {version('rjieba')}".encode())
        for name in MAKES:
            _tell(told.update, (PROGRAM / name).rglob("*.py"))
            _tell(told.update, (PROGRAM / name).rglob("*.txt"))
        # A folder may be a link, into which `rglob` does not go.
        _tell(told.update, {*root.rglob("*"), *root.glob("*/*"), *root.glob("*/*/*")})
        return cls(path, told.hexdigest())

    def recalled(self) -> Any:
        """What was kept under this key, or None. Its arrays stay in the file until they are read,
        and cannot be changed.
        """
        try:
            with self.path.open("rb") as file:
                if file.readline().decode("ascii").strip() != self.key:
                    return None
                sizes = [int(size) for size in file.readline().split()]
                held = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
                begin = _aligned(file.tell())
            places = pairwise(accumulate(map(_aligned, sizes), initial=begin))
            parts = [held[at : at + size] for (at, _), size in zip(places, sizes, strict=True)]
            return pickle.loads(parts[0], buffers=parts[1:])  # noqa: S301
        except FileNotFoundError:
            return None
        except Exception as error:  # whatever a damaged file comes to
            log.warning("%s cannot be read, so it is built anew: %r", self.path, error)
            return None

    def kept(self, build: Callable[[], T]) -> Callable[[], T]:
        """Begin to keep what `build` makes, in a process of its own where there can be one: it
        leaves no memory behind, and another processor may work meanwhile. What is returned waits
        for it and gives what was made.
        """
        if "fork" not in multiprocessing.get_all_start_methods():
            made = build()
            self.keep(lambda: made)
            return lambda: made
        process = multiprocessing.get_context("fork").Process(
            target=self.keep, args=(build,), daemon=True
        )
        process.start()

        def waited() -> T:
            process.join()
            found: T | None = self.recalled()
            return build() if found is None else found

        return waited

    def keep(self, build: Callable[[], object]) -> None:
        """Write what `build` makes; where nothing can be written it is not called."""
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            new.touch(mode=0o600)
            new.write_bytes(b"".join(self._written(build())))
            new.replace(self.path)
        except OSError as error:
            log.warning("%s cannot be kept: %s", self.path, error)

    def _written(self, made: object) -> Iterable[bytes]:
        arrays: list[pickle.PickleBuffer] = []
        parts = [_pickled(made, arrays.append), *(array.raw().tobytes() for array in arrays)]
        head = f"{self.key}\n{' '.join(str(len(part)) for part in parts)}\n".encode()
        return (part.ljust(_aligned(len(part)), b"\0") for part in (head, *parts))


def _pickled(made: object, aside: Callable[[pickle.PickleBuffer], None]) -> bytes:
    """All but its arrays, which are put `aside`."""
    held = io.BytesIO()
    pickler = pickle.Pickler(held, pickle.HIGHEST_PROTOCOL, buffer_callback=aside)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[MappingProxyType] = lambda proxy: (_proxy, (dict(proxy),))
    pickler.dump(made)
    return held.getvalue()


def _proxy(values: dict[object, object]) -> MappingProxyType[object, object]:
    # Python cannot name the class of such a mapping in a pickle.
    return MappingProxyType(values)


def _aligned(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED


def _tell(update: Callable[[bytes], object], paths: Iterable[Path]) -> None:
    """The names and bytes of some files, without doubt where each ends."""
    for path in sorted(path for path in paths if path.is_file()):
        raw = path.read_bytes()
        update(f"{path}\0{len(raw)}\0".encode() + raw)
