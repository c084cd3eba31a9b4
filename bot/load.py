"""The `faq/` folder to `Knowledge`, or the list of every mistake in it with file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.core import fields, questions
from bot.core.actions import ACTIONS
from bot.core.commands import COMMANDS, COURTESIES, WISHES
from bot.core.fields import REASONS, WARNINGS
from bot.core.flow import DIAGNOSE
from bot.core.knowledge import Category, Entry, Field, Flow, Knowledge, Tiers
from bot.core.lint import lint
from bot.core.mistake import Mistake, unknown
from bot.core.predicates import PREDICATES
from bot.core.render import placeholders
from bot.core.texts import Commands, Staff, Talk, Texts
from bot.matching import Matcher, Words

T = TypeVar("T")
WISHES_HEARD = {*WISHES, *COURTESIES, "yes", "no", "solved", "unsolved", "skip"}
ANSWER_LIMIT = 1200


class Mistakes(ValueError):
    """What is wrong in the folder, each with its place."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def folder() -> Path:
    """The `faq/` that comes with the desk: inside an installed package, beside it in a checkout."""
    here = Path(__file__).parent
    return next(path for path in (here / "faq", here.parent / "faq") if path.is_dir())


def load(root: Path) -> Knowledge:
    """Read and check everything. Raises `Mistakes` with all of them at once."""
    reader = Reader(root)
    entries = reader.folder("entries", Entry)
    flows = reader.folder("flows", Flow, _with_step_ids)
    categories = reader.table("categories.toml", "categories", tuple[Category, ...])
    field_list = reader.table("fields.toml", "fields", tuple[Field, ...])
    tiers = reader.file("tiers.toml", Tiers)
    synonyms = reader.table("synonyms.toml", "groups", tuple[tuple[str, ...], ...])
    foreign = reader.table("foreign.toml", "words", tuple[str, ...])
    words = reader.file("words.toml", dict[str, dict[str, tuple[str, ...]]])
    talk = reader.file("messages/talk.toml", Talk)
    staff = reader.file("messages/staff.toml", Staff)
    commands = reader.file("messages/commands.toml", Commands)
    reasons = reader.file("messages/fields.toml", dict[str, str])
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    by_id = {field.id: field for field in field_list}
    knowledge = Knowledge(
        entries=entries,
        categories=categories,
        fields=by_id,
        flows=flows,
        tiers=tiers,
        texts=Texts(talk=talk, staff=staff, commands=commands, fields=reasons),
        synonyms=synonyms,
        foreign=foreign,
        matcher=Matcher(asked(entries), synonyms, foreign),
        words=Words(words),
    )
    if found := [*check(knowledge), *_words(words)]:
        raise Mistakes(found)
    return knowledge


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
        """One file as a whole. After a mistake the result is not used."""
        raw = self._raw(name)
        return self._checked(name, raw, kind) if raw is not None else None  # type: ignore[return-value]

    def table(self, name: str, key: str, kind: type[T]) -> T:
        """The list that a file holds under one key."""
        raw = self._raw(name)
        if raw is not None and set(raw) != {key}:
            for other in set(raw) - {key}:
                self._mistake(name, other, f"unknown key; this file has only [[{key}]]")
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
                self._mistake(name, _key((*prefix, *each["loc"])), each["msg"])
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


def check(knowledge: Knowledge) -> Iterator[Mistake]:
    """What only shows when the files are read together."""
    yield from _entries(knowledge)
    yield from lint(knowledge.flows, knowledge.fields, PREDICATES)
    for flow in {DIAGNOSE, questions.FORM} - knowledge.flows.keys():
        yield Mistake(f"faq/flows/{flow}.toml", "", "file is missing")
    yield from _fields(knowledge)
    yield from _tiers(knowledge)
    yield from _texts(knowledge)


def _entries(knowledge: Knowledge) -> Iterator[Mistake]:
    names = {category.name for category in knowledge.categories}
    for id_, entry in knowledge.entries.items():
        file = f"faq/entries/{id_}.toml"
        if entry.category not in names:
            yield Mistake(file, "category", unknown("category", entry.category, names))
        for n, other in enumerate(entry.related):
            if other not in knowledge.entries:
                yield Mistake(file, f"related[{n}]", unknown("entry", other, knowledge.entries))
        if not entry.phrasings:
            yield Mistake(file, "phrasings", "is empty")
        if not entry.source.strip():
            yield Mistake(file, "source", "is empty")
        if len(entry.answer) > ANSWER_LIMIT:
            yield Mistake(file, "answer", f"{len(entry.answer)} characters; at most {ANSWER_LIMIT}")
        if len(f"faq:{id_}".encode()) > 64:
            yield Mistake(file, "", "the file's name is too long for a button; at most 60 bytes")


def _fields(knowledge: Knowledge) -> Iterator[Mistake]:
    for n, field in enumerate(knowledge.fields.values()):
        if field.kind not in fields.KINDS:
            text = unknown("kind", field.kind, fields.KINDS)
            yield Mistake("faq/fields.toml", f"fields[{n}].kind", text)


def _tiers(knowledge: Knowledge) -> Iterator[Mistake]:
    tiers = knowledge.tiers
    ids = [tier.id for tier in tiers.tiers]
    if not ids:
        yield Mistake("faq/tiers.toml", "tiers", "is empty")
    for n, rule in enumerate(tiers.rules):
        if rule.tier not in ids:
            yield Mistake("faq/tiers.toml", f"rules[{n}].tier", unknown("tier", rule.tier, ids))
        values = _values(knowledge, rule.slot)
        for value in rule.values if values is not None else ():
            if value not in (values or ()):
                text = unknown("answer", value, values or ())
                yield Mistake("faq/tiers.toml", f"rules[{n}].values", text)
        if values is None:
            text = f"no step or field {rule.slot!r} with fixed answers"
            yield Mistake("faq/tiers.toml", f"rules[{n}].slot", text)


def _values(knowledge: Knowledge, slot: str) -> set[str] | None:
    """The fixed answers a slot may hold, or None where it is free or unknown."""
    steps = [s for flow in knowledge.flows.values() for i, s in flow.steps.items() if i == slot]
    labels = {option.label for step in steps for option in step.options}
    field = knowledge.fields.get(slot)
    return labels | set(field.choices if field else ()) or None


def _texts(knowledge: Knowledge) -> Iterator[Mistake]:
    texts = knowledge.texts
    for file, group in (("talk", texts.talk), ("staff", texts.staff)):
        for each in dataclass_fields(group):
            value = getattr(group, each.name)
            if isinstance(value, str):
                allowed = each.metadata.get("placeholders", ())
                yield from _template(f"faq/messages/{file}.toml", each.name, value, allowed)
    common = ("label", "example")
    for reason, allowed in {**REASONS, **dict.fromkeys(WARNINGS, ())}.items():
        if reason not in texts.fields:
            yield Mistake("faq/messages/fields.toml", reason, "is missing")
        else:
            value = texts.fields[reason]
            yield from _template("faq/messages/fields.toml", reason, value, (*allowed, *common))
    for kind, table in (("private", COMMANDS), ("group", ACTIONS)):
        for name in getattr(texts.commands, kind).keys() - table.keys():
            text = unknown("command", name, table)
            yield Mistake("faq/messages/commands.toml", f"{kind}.{name}", text)


def _template(file: str, key: str, value: str, allowed: Iterable[str]) -> Iterator[Mistake]:
    try:
        used = placeholders(value)
    except ValueError as error:
        yield Mistake(file, key, f"braces do not pair: {error}")
        return
    for name in used - set(allowed):
        yield Mistake(file, key, f"no placeholder {{{name}}} here; there are: {sorted(allowed)}")
    if not value.strip():
        yield Mistake(file, key, "is empty")


def _words(words: Mapping[str, object]) -> Iterator[Mistake]:
    for wish in words.keys() - WISHES_HEARD:
        yield Mistake("faq/words.toml", wish, unknown("wish", wish, WISHES_HEARD))
    for wish in WISHES_HEARD - words.keys():
        yield Mistake("faq/words.toml", wish, "is missing")
