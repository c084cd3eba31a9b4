"""Reads the files of one folder and gathers what is wrong in them, also what it cannot read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from bot.app.load.schema import Wrong, checked
from bot.app.load.toml import Unreadable, read
from bot.core.content.findings import finding
from bot.core.content.mistake import Mistake, guess

T = TypeVar("T")
Table = dict[str, Any]

ASIDE = re.compile(r"\..*|.*~|~\$.*|README.*|.*\.(?:bak|orig|swp|tmp)", re.IGNORECASE)
"""What an author expects nobody to read: hidden files, copies that editors make, the guide."""
VERSION = 12
"""Hexadecimal digits of a version: two folders of a million are the same by chance once in 500."""
_ENDING = re.compile(r"(?i)(?:\.toml\b.*|\.[a-z]+)?$")


class Reader:
    """The files of `root`; `mistakes` are what was found wrong so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mistakes: list[Mistake] = []
        self._read: set[str] = set()

    def folder(
        self, name: str, kind: type[T], prepare: Callable[[Table], Table] = dict
    ) -> dict[str, T]:
        """Every file of a subfolder by its name, which is the id."""
        values: dict[str, T] = {}
        self._read.add(name)
        for path in self._inside(name):
            raw = self._raw(f"{name}/{path.name}")
            if raw is None:
                continue
            table = {**prepare(raw), "id": path.stem}
            value = self._checked(f"{name}/{path.name}", table, kind)
            if value is not None:
                values[path.stem] = value
        if not values and not self.mistakes:
            self._mistake(f"{name}/", "", "no_entries")
        return values

    def file(self, name: str, kind: type[T], otherwise: T | None = None) -> T:
        """One file as a whole. After a mistake it is `otherwise` and not used further."""
        value = self._checked(name, self._raw(name), kind)
        return otherwise if value is None else value  # type: ignore[return-value]

    def tables(self, name: str, kind: type[T]) -> dict[str, T]:
        """The tables of one file by their names, which are the ids."""
        raw = self._raw(name) or {}
        named = {key: {**each, "id": key} for key, each in raw.items() if isinstance(each, dict)}
        return self._checked(name, {**raw, **named}, dict[str, kind]) or {}  # type: ignore[valid-type]

    def table(self, name: str, key: str, kind: type[T]) -> T:
        """The list that a file holds under one key."""
        raw = self._raw(name)
        if raw is not None:
            for other in raw.keys() - {key}:
                self._mistake(name, other, "only_key", key=key)
            if key not in raw:
                self._mistake(name, key, "missing")
        return self._checked(name, (raw or {}).get(key), kind, key)  # type: ignore[return-value]

    def passed_over(self) -> None:
        """Tell of files that look like content and that nobody read: most likely a wrong name."""
        self._read |= {str(folder) for name in self._read for folder in Path(name).parents} - {"."}
        for folder in ("", *sorted(name for name in self._read if (self.root / name).is_dir())):
            own = f"{folder}/" if folder else ""
            names = (name.removeprefix(own) for name in self._read if name.startswith(own))
            known = {name for name in names if "/" not in name}
            for path in sorted((self.root / folder).iterdir()):
                if not ASIDE.fullmatch(path.name) and path.name not in known:
                    self._stray(f"{own}{path.name}", path, known)

    def version(self) -> str:
        """What tells these files from what they were before: their names and bytes, hashed."""
        told = sha256()
        for name in sorted(name for name in self._read if (self.root / name).is_file()):
            raw = (self.root / name).read_bytes()
            told.update(f"{name}\0{len(raw)}\0".encode() + raw)
        return told.hexdigest()[:VERSION]

    def _stray(self, name: str, path: Path, known: set[str]) -> None:
        if path.is_dir():
            if any(path.rglob("*.toml")):
                folder = f"faq/{name.removesuffix(path.name)}"
                self._mistake(f"{name}/", "", "unread_folder", folder=folder)
            return
        right = _ENDING.sub(".toml", path.name, count=1)
        if right != path.name and (right in known or ".toml" in path.name.lower() or "/" in name):
            self._mistake(name, "", "unread", name=right)
        elif path.suffix == ".toml":
            self._mistake(name, "", "unused", guess=guess(path.name, known))

    def _inside(self, name: str) -> Iterator[Path]:
        for path in sorted((self.root / name).glob("*.toml")):
            if not ASIDE.fullmatch(path.name):
                yield path

    def _raw(self, name: str) -> Table | None:
        self._read.add(name)
        try:
            return read(self.root / name)
        except FileNotFoundError:
            self._mistake(name, "", "no_file")
        except Unreadable as error:
            self.mistakes.append(Mistake(f"faq/{name}", "", str(error)))
        return None

    def _checked(self, name: str, raw: object, kind: type[T], under: str = "") -> T | None:
        if raw is None:
            return None
        try:
            return checked(raw, kind, under)
        except Wrong as wrong:
            self.mistakes += [Mistake(f"faq/{name}", key, text) for key, text in wrong.faults]
        return None

    def _mistake(self, name: str, key: str, told: str, /, **given: object) -> None:
        self.mistakes.append(Mistake(f"faq/{name}", key, finding(told, **given)))
