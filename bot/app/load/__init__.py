"""The `faq/` folder to `Knowledge`, or the list of every mistake in it with file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, cast

from bot.app.load.reader import Reader
from bot.core.check import check, check_words
from bot.core.content.findings import finding
from bot.core.content.knowledge import Category, Entry, Field, Flow, Knowledge, Tiers
from bot.core.content.mistake import Mistake, twice
from bot.core.content.texts import Commands, Hints, Staff, Talk, Texts
from bot.core.content.vocabulary import NOTHING, Vocabulary
from bot.core.content.wording import Phrase
from bot.matching import Lexicon, Matcher, Words
from bot.matching.meaning import Encoder

Phrases = tuple[Phrase, ...]


class Mistakes(ValueError):
    """What is wrong in the folder, each with its place."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def folder() -> Path:
    """The `faq/` that comes with the desk: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parents[2]
    return next(path for path in (package / "faq", package.parent / "faq") if path.is_dir())


def load(root: Path, encoder: Encoder | None = None) -> Knowledge:
    """Read and check everything; with an encoder the matcher heeds meaning too.

    Raises `Mistakes` with all of them at once.
    """
    return with_matcher(read(root), encoder)


def with_matcher(knowledge: Knowledge, encoder: Encoder | None = None) -> Knowledge:
    """What was read, ready to answer: no check needs the matcher, which takes a moment to build."""
    matcher = Matcher(asked(knowledge.entries), knowledge.lexicon, encoder=encoder)
    return replace(knowledge, matcher=matcher)


def read(root: Path) -> Knowledge:
    """Everything but for the matcher, which knows no entry. Raises `Mistakes`."""
    if not root.is_dir():
        raise Mistakes([Mistake(str(root), "", finding("no_folder"))])
    reader = Reader(root)
    entries = reader.folder("entries", Entry)
    flows = reader.folder("flows", Flow, _with_step_ids)
    categories = reader.table("categories.toml", "categories", tuple[Category, ...])
    field_list = reader.table("fields.toml", "fields", tuple[Field, ...])
    tiers = reader.file("tiers.toml", Tiers)
    synonyms = reader.table("synonyms.toml", "groups", tuple[Phrases, ...])
    foreign = reader.file("foreign.toml", dict[Literal["words", "except", "sentences"], Phrases])
    words = reader.file(
        "words.toml", dict[str, dict[Literal["equals", "contains", "except"], Phrases]]
    )
    vocabulary = reader.file("vocabulary.toml", Vocabulary, NOTHING)
    talk = reader.file("messages/zh/talk.toml", Talk)
    staff = reader.file("messages/zh/staff.toml", Staff)
    commands = reader.file("messages/zh/commands.toml", Commands)
    hints = reader.file("messages/zh/hints.toml", Hints)
    reasons = reader.file("messages/zh/fields.toml", dict[str, str])
    reader.passed_over()
    foreign = foreign or {}
    knowledge = Knowledge(
        entries=entries,
        categories=categories,
        fields={field.id: field for field in field_list or ()},
        flows=flows,
        tiers=tiers,
        texts=Texts(talk=talk, staff=staff, commands=commands, hints=hints, fields=reasons),
        lexicon=Lexicon(
            synonyms or (),
            foreign=foreign.get("words", ()),
            exceptions=foreign.get("except", ()),
            strangers=foreign.get("sentences", ()),
            opposites=vocabulary.opposites,
        ),
        matcher=Matcher({}),
        vocabulary=vocabulary,
        words=Words(cast("Mapping[str, Mapping[str, Phrases]]", words or {})),
    )
    unread = [mistake.file.removeprefix("faq/") for mistake in reader.mistakes]
    wishes = () if "words.toml" in unread else check_words(words)
    names = twice("faq/fields.toml", "fields", (field.id for field in field_list or ()))
    if found := [*reader.mistakes, *check(knowledge, unread), *wishes, *names]:
        raise Mistakes(found)
    return replace(knowledge, version=reader.version())


def asked(entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """What the matcher compares with, by entry: the title is a way of asking as well."""
    return {id_: (entry.title, *entry.phrasings) for id_, entry in entries.items()}


def _with_step_ids(raw: dict[str, Any]) -> dict[str, Any]:
    steps = raw.get("steps")
    if not isinstance(steps, dict):
        return raw
    named = {i: {**step, "id": i} for i, step in steps.items() if isinstance(step, dict)}
    return {**raw, "steps": {**steps, **named}}
