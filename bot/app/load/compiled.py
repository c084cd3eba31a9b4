"""What is built from the authors' files, kept beside the database for the next start.

Building takes seconds, reading it back a moment. The file is worth nothing to anybody else: it is
named by what it was built from, and where it does not fit, cannot be read or cannot be written, all
is built anew. It is trusted as the database is, whose folder it lies in: both are the operator's.
"""

from __future__ import annotations

import copyreg
import io
import logging
import pickle
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import numpy as np

T = TypeVar("T")
log = logging.getLogger(__name__)

PROGRAM = Path(__file__).parents[2]


def kept(path: Path, made_of: str, build: Callable[[], T]) -> T:
    """What `build` makes of files whose version is `made_of`: read from `path` if it is there and
    of this version and program, else built and kept there.
    """
    key = _key(made_of)
    try:
        with path.open("rb") as file:
            if file.readline().decode("ascii").strip() == key:
                found: T = pickle.load(file)  # noqa: S301
                return found
    except FileNotFoundError:
        pass
    except Exception as error:  # whatever a damaged file comes to
        log.warning("%s cannot be read, so it is built anew: %r", path, error)
    built = build()
    _keep(path, key, built)
    return built


def _keep(path: Path, key: str, built: object) -> None:
    held = io.BytesIO()
    pickler = pickle.Pickler(held, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[MappingProxyType] = lambda proxy: (_proxy, (dict(proxy),))
    pickler.dump(built)
    new = path.with_name(f"{path.name}.new")
    try:
        new.touch(mode=0o600)
        new.write_bytes(f"{key}\n".encode() + held.getvalue())
        new.replace(path)
    except OSError as error:
        log.warning("%s cannot be kept: %s", path, error)


def _proxy(values: dict[object, object]) -> MappingProxyType[object, object]:
    # Python cannot name the class of such a mapping in a pickle.
    return MappingProxyType(values)


def _key(made_of: str) -> str:
    """The version of the files, of the program that reads them, and of what it counts with."""
    told = sha256(f"{made_of} {sys.version} {np.__version__} {version('rjieba')}".encode())
    for source in sorted((PROGRAM / "matching").glob("*")):
        if source.is_file():
            told.update(source.read_bytes())
    return told.hexdigest()
