"""What only shows when the files of `faq/` are read together; `CHECKS` lists every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields as dataclass_fields
from typing import get_args

from bot.core import fields, invoices, questions
from bot.core.actions import ACTIONS
from bot.core.commands import COMMANDS, COURTESIES, WISHES
from bot.core.crosscheck import HINTS, STAFF_ONLY
from bot.core.fields import REASONS, WARNINGS
from bot.core.flow import DIAGNOSE
from bot.core.knowledge import Knowledge
from bot.core.lint import lint
from bot.core.message import What
from bot.core.mistake import Mistake, unknown
from bot.core.predicates import PREDICATES
from bot.core.render import placeholders
from bot.core.texts import Staff, Talk

WISHES_HEARD = {*WISHES, *COURTESIES, "yes", "no", "solved", "unsolved", "skip"}
ANSWER_LIMIT = 1200  # characters: what a phone shows without much scrolling


def check(knowledge: Knowledge, unread: Collection[str] = ()) -> Iterator[Mistake]:
    """What only shows when the files are read together, as far as they could be read."""
    for each, needs in CHECKS.items():
        if not any(file.startswith(needs) for file in unread):
            yield from each(knowledge)


def _entries(knowledge: Knowledge) -> Iterator[Mistake]:
    names = {category.name for category in knowledge.categories}
    for id_, entry in knowledge.entries.items():
        file = f"faq/entries/{id_}.toml"
        if entry.category not in names:
            yield Mistake(file, "category", unknown("category", entry.category, names))
        if not entry.phrasings:
            yield Mistake(file, "phrasings", "is empty")
        if not entry.source.strip():
            yield Mistake(file, "source", "is empty")
        if len(entry.answer) > ANSWER_LIMIT:
            yield Mistake(file, "answer", f"{len(entry.answer)} characters; at most {ANSWER_LIMIT}")
        if len(f"faq:{id_}".encode()) > 64:
            yield Mistake(file, "", "the file's name is too long for a button; at most 60 bytes")


def _related(knowledge: Knowledge) -> Iterator[Mistake]:
    for id_, entry in knowledge.entries.items():
        for n, other in enumerate(entry.related):
            if other not in knowledge.entries:
                text = unknown("entry", other, knowledge.entries)
                yield Mistake(f"faq/entries/{id_}.toml", f"related[{n}]", text)


def _flows(knowledge: Knowledge) -> Iterator[Mistake]:
    yield from lint(knowledge.flows, knowledge.fields, PREDICATES)
    for flow in {DIAGNOSE, questions.FORM} - knowledge.flows.keys():
        yield Mistake(f"faq/flows/{flow}.toml", "", "file is missing")


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
    yield from twice("faq/tiers.toml", "tiers", ids)
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


def _talk(knowledge: Knowledge) -> Iterator[Mistake]:
    talk, file = knowledge.texts.talk, "faq/messages/talk.toml"
    yield from _group(file, talk)
    for table in ("kinds", "received"):
        for what in get_args(What):
            text = getattr(talk, table).get(what, "")
            yield from _template(file, f"{table}.{what}", text, ())


def _staff(knowledge: Knowledge) -> Iterator[Mistake]:
    yield from _group("faq/messages/staff.toml", knowledge.texts.staff)


def _group(file: str, group: Talk | Staff) -> Iterator[Mistake]:
    for each in dataclass_fields(group):
        value = getattr(group, each.name)
        if isinstance(value, str):
            yield from _template(file, each.name, value, each.metadata.get("placeholders", ()))


def _reasons(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.fields, "faq/messages/fields.toml"
    for reason, allowed in {**REASONS, **dict.fromkeys(WARNINGS, ())}.items():
        if reason not in texts:
            yield Mistake(file, reason, "is missing")
        else:
            yield from _template(file, reason, texts[reason], (*allowed, "label", "example"))


def _hints(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.hints, "faq/messages/hints.toml"
    tables: dict[str, Mapping[str, tuple[str, ...]]] = {
        "person": {key: given for key, given in HINTS.items() if key not in STAFF_ONLY},
        "staff": HINTS,
        "kinds": dict.fromkeys(invoices.KINDS, ()),
        "look_up": dict.fromkeys(invoices.LOOK_UP, ()),
    }
    for table, keys in tables.items():
        written: Mapping[str, str] = getattr(texts, table)
        for key in keys.keys() - written.keys():
            yield Mistake(file, f"{table}.{key}", "is missing")
        for key, value in written.items():
            if key in keys:
                yield from _template(file, f"{table}.{key}", value, keys[key])
            else:
                yield Mistake(file, f"{table}.{key}", unknown("key", key, keys))


def _commands(knowledge: Knowledge) -> Iterator[Mistake]:
    for kind, table in (("private", COMMANDS), ("group", ACTIONS)):
        for name in getattr(knowledge.texts.commands, kind).keys() - table.keys():
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


def twice(file: str, table: str, names: Iterable[str]) -> Iterator[Mistake]:
    """Names that are given more than once in a list of blocks."""
    for name, count in Counter(names).items():
        if count > 1:
            yield Mistake(file, table, f"{name!r} is there {count} times")


def check_words(words: Mapping[str, object]) -> Iterator[Mistake]:
    for wish in words.keys() - WISHES_HEARD:
        yield Mistake("faq/words.toml", wish, unknown("wish", wish, WISHES_HEARD))
    for wish in WISHES_HEARD - words.keys():
        yield Mistake("faq/words.toml", wish, "is missing")


# Each check with the files it needs: what could not be read cannot be checked further.
CHECKS: Mapping[Callable[[Knowledge], Iterator[Mistake]], tuple[str, ...]] = {
    _entries: ("categories.toml",),
    _related: ("entries/",),
    _flows: ("flows/", "fields.toml"),
    _fields: ("fields.toml",),
    _tiers: ("tiers.toml", "flows/", "fields.toml"),
    _talk: ("messages/talk.toml",),
    _staff: ("messages/staff.toml",),
    _reasons: ("messages/fields.toml",),
    _hints: ("messages/hints.toml",),
    _commands: ("messages/commands.toml",),
}
