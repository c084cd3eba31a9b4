"""The `faq/` folder to `Knowledge`, or the list of every mistake in it with file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError

from bot.core.check import check, check_words, twice
from bot.core.knowledge import Category, Entry, Field, Flow, Knowledge, Tiers
from bot.core.mistake import Mistake
from bot.core.texts import Commands, Hints, Staff, Talk, Texts
from bot.matching import Lexicon, Matcher, Words
from bot.matching.meaning import Encoder

T = TypeVar("T")
Way = Annotated[str, StringConstraints(pattern="^(equals|contains|except)$")]


class Mistakes(ValueError):
    """What is wrong in the folder, each with its place."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def folder() -> Path:
    """The `faq/` that comes with the desk: inside an installed package, beside it in a checkout."""
    here = Path(__file__).parent
    return next(path for path in (here / "faq", here.parent / "faq") if path.is_dir())


def load(root: Path, encoder: Encoder | None = None) -> Knowledge:
    """Read and check everything; with an encoder the matcher heeds meaning too.

    Raises `Mistakes` with all of them at once.
    """
    reader = Reader(root)
    entries = reader.folder("entries", Entry)
    flows = reader.folder("flows", Flow, _with_step_ids)
    categories = reader.table("categories.toml", "categories", tuple[Category, ...])
    field_list = reader.table("fields.toml", "fields", tuple[Field, ...])
    tiers = reader.file("tiers.toml", Tiers)
    synonyms = reader.table("synonyms.toml", "groups", tuple[tuple[str, ...], ...])
    foreign = reader.file(
        "foreign.toml", dict[Literal["words", "except", "sentences"], tuple[str, ...]]
    )
    words = reader.file("words.toml", dict[str, dict[Way, tuple[str, ...]]])
    talk = reader.file("messages/talk.toml", Talk)
    staff = reader.file("messages/staff.toml", Staff)
    commands = reader.file("messages/commands.toml", Commands)
    hints = reader.file("messages/hints.toml", Hints)
    reasons = reader.file("messages/fields.toml", dict[str, str])
    foreign = foreign or {}
    lexicon = Lexicon(
        synonyms or (),
        *(foreign.get(key, ()) for key in ("words", "except", "sentences")),
    )
    knowledge = Knowledge(
        entries=entries,
        categories=categories,
        fields={field.id: field for field in field_list or ()},
        flows=flows,
        tiers=tiers,
        texts=Texts(talk=talk, staff=staff, commands=commands, hints=hints, fields=reasons),
        lexicon=lexicon,
        matcher=Matcher({}),  # the real one takes a moment to build, and no check needs it
        words=Words(words or {}),
    )
    unread = [mistake.file.removeprefix("faq/") for mistake in reader.mistakes]
    wishes = () if "words.toml" in unread else check_words(words)
    names = twice("faq/fields.toml", "fields", (field.id for field in field_list or ()))
    if found := [*reader.mistakes, *check(knowledge, unread), *wishes, *names]:
        raise Mistakes(found)
    return replace(knowledge, matcher=Matcher(asked(entries), lexicon, encoder=encoder))


def asked(entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """What the matcher compares with, by entry: the title is a way of asking as well."""
    return {id_: (entry.title, *entry.phrasings) for id_, entry in entries.items()}


class Reader:
    """Reads files of one folder and gathers what is wrong in them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mistakes: list[Mistake] = []

    def folder(self, name: str, kind: type[T], prepare: Any = None) -> dict[str, T]:
        """Every file of a subfolder by its name, which is the id."""
        values: dict[str, T] = {}
        for path in sorted((self.root / name).glob("*.toml")):
            raw = self._raw(f"{name}/{path.name}")
            if raw is None:
                continue
            raw = {**(prepare(raw) if prepare else raw), "id": path.stem}
            value = self._checked(f"{name}/{path.name}", raw, kind)
            if value is not None:
                values[path.stem] = value
        if not values and not self.mistakes:
            self._mistake(f"{name}/", "", "no .toml file in it")
        return values

    def file(self, name: str, kind: type[T]) -> T:
        """One file as a whole. After a mistake the result is not used further."""
        raw = self._raw(name)
        return self._checked(name, raw, kind) if raw is not None else None  # type: ignore[return-value]

    def table(self, name: str, key: str, kind: type[T]) -> T:
        """The list that a file holds under one key."""
        raw = self._raw(name)
        if raw is not None:
            for other in raw.keys() - {key}:
                self._mistake(name, other, f"unknown key; this file has only {key}")
            if key not in raw:
                self._mistake(name, key, "is missing")
        return self._checked(name, (raw or {}).get(key), kind, prefix=(key,))  # type: ignore[return-value]

    def _raw(self, name: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads((self.root / name).read_text("utf-8"))
        except FileNotFoundError:
            self._mistake(name, "", "file is missing")
        except UnicodeDecodeError as error:
            self._mistake(name, "", f"not UTF-8: {error.reason} at byte {error.start}")
        except tomllib.TOMLDecodeError as error:
            self._mistake(name, "", f"not TOML: {error}")
        return None

    def _checked(
        self, name: str, raw: object, kind: type[T], prefix: tuple[str, ...] = ()
    ) -> T | None:
        if raw is None:
            return None
        try:
            return TypeAdapter(kind).validate_python(raw)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                place = [part for part in each["loc"] if part != "[key]"]
                self._mistake(name, _key((*prefix, *place)), each["msg"])
        return None

    def _mistake(self, name: str, key: str, text: str) -> None:
        self.mistakes.append(Mistake(f"faq/{name}", key, text))


def _key(place: Iterable[object]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in place).lstrip(".")


def _with_step_ids(raw: dict[str, Any]) -> dict[str, Any]:
    steps = raw.get("steps")
    if not isinstance(steps, dict):
        return raw
    named = {i: {**step, "id": i} for i, step in steps.items() if isinstance(step, dict)}
    return {**raw, "steps": {**steps, **named}}
