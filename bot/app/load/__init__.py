"""The `faq/` folder to `Knowledge`, or the list of every mistake in it with file and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from bot.app.load.reader import Reader
from bot.core.check import check, check_words
from bot.core.content.agents_texts import Agents
from bot.core.content.calendar import Calendar
from bot.core.content.diagnosis import ANY, CAUSE, REPLY, Cause, Examples, Fact, Order, Outcome
from bot.core.content.digest_texts import Digest
from bot.core.content.findings import finding
from bot.core.content.glossary import Term
from bot.core.content.knowledge import Category, Entry, Field, Flow, Knowledge, Tiers
from bot.core.content.likelihood import Diagnosis
from bot.core.content.mistake import Mistake, twice
from bot.core.content.mydata_texts import MyData
from bot.core.content.progress_texts import Progress
from bot.core.content.replies import Reply
from bot.core.content.script import DIAGNOSE, script
from bot.core.content.service_texts import Service
from bot.core.content.texts import Commands, Diagnosing, Hints, Letters, Staff, Talk, Texts
from bot.core.content.vocabulary import NOTHING, Vocabulary
from bot.core.content.wording import Phrase
from bot.matching import Facts, Lexicon, Matcher, Words
from bot.matching.meaning import Encoder

ENOUGH = 20
"""Phrasings of an entry from which is learned what a question is."""
Phrases = tuple[Phrase, ...]
HUMAN = "human"
"""The wish for a human."""


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
    """What was read, ready to answer: no check needs what takes a moment to build."""
    matcher = Matcher(asked(knowledge.entries), knowledge.lexicon, encoder=encoder)
    return replace(knowledge, matcher=matcher, facts=_facts(knowledge))


def _facts(knowledge: Knowledge) -> Facts:
    diagnosis = knowledge.diagnosis
    return Facts(
        told(diagnosis),
        list(_messages(diagnosis)),
        list(_cases(diagnosis)),
        knowledge.wishes,
        list(_questions(knowledge)),
        knowledge.lexicon,
        _outcomes(knowledge),
    )


def _outcomes(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """What people say to a remedy; who wants a human says so there as anywhere."""
    outcomes = {id_: tuple(said) for id_, said in knowledge.diagnosis.outcomes.items()}
    return outcomes | {HUMAN: knowledge.wishes.get(HUMAN, ())} if outcomes else {}


def read(root: Path) -> Knowledge:
    """Everything but for the matcher, which knows no entry. Raises `Mistakes`."""
    if not root.is_dir():
        raise Mistakes([Mistake(str(root), "", finding("no_folder"))])
    reader = Reader(root)
    entries = reader.folder("entries", Entry)
    flows = reader.folder("flows", Flow, _with_step_ids)
    facts = reader.folder("facts", Fact)
    causes = reader.folder("causes", Cause)
    examples = reader.folder("examples", Examples)
    order = reader.file("diagnosis.toml", Order)
    outcomes = reader.file("outcomes.toml", dict[Outcome, Phrases]) or {}
    categories = reader.table("categories.toml", "categories", tuple[Category, ...])
    field_list = reader.table("fields.toml", "fields", tuple[Field, ...])
    tiers = reader.file("tiers.toml", Tiers)
    synonyms = reader.table("synonyms.toml", "groups", tuple[Phrases, ...])
    foreign = reader.file("foreign.toml", dict[Literal["words", "except", "sentences"], Phrases])
    words = reader.file(
        "words.toml",
        dict[str, dict[Literal["equals", "exactly", "contains", "except", "phrasings"], Phrases]],
    )
    vocabulary = reader.file("vocabulary.toml", Vocabulary, NOTHING)
    calendar = reader.file("calendar.toml", Calendar, Calendar())
    glossary = reader.tables("glossary.toml", Term)
    replies = reader.table("replies.toml", "replies", tuple[Reply, ...])
    talk = reader.file("messages/zh/talk.toml", Talk)
    staff = reader.file("messages/zh/staff.toml", Staff)
    commands = reader.file("messages/zh/commands.toml", Commands)
    hints = reader.file("messages/zh/hints.toml", Hints)
    diagnosing = reader.file("messages/zh/diagnosis.toml", Diagnosing)
    letters = reader.file("messages/zh/letters.toml", Letters)
    service = reader.file("messages/zh/service.toml", Service)
    progress = reader.file("messages/zh/progress.toml", Progress)
    agents = reader.file("messages/zh/agents.toml", Agents)
    mydata = reader.file("messages/zh/mydata.toml", MyData)
    digest = reader.file("messages/zh/digest.toml", Digest)
    reasons = reader.file("messages/zh/fields.toml", dict[str, str])
    reader.passed_over()
    foreign = foreign or {}
    diagnosis = _diagnosis(facts, causes, examples, order, outcomes)
    if diagnosis.replies and diagnosing is not None:
        flows = {**flows, DIAGNOSE: script(diagnosis, diagnosing)}
    knowledge = Knowledge(
        entries=entries,
        categories=categories,
        fields={field.id: field for field in field_list or ()},
        flows=flows,
        diagnosis=diagnosis,
        tiers=tiers,
        texts=Texts(
            talk=talk,
            staff=staff,
            commands=commands,
            hints=hints,
            diagnosis=diagnosing,
            letters=letters,
            service=service,
            progress=progress,
            agents=agents,
            mydata=mydata,
            digest=digest,
            fields=reasons,
        ),
        lexicon=Lexicon(
            synonyms or (),
            foreign=foreign.get("words", ()),
            exceptions=foreign.get("except", ()),
            strangers=foreign.get("sentences", ()),
            opposites=vocabulary.opposites,
        ),
        matcher=Matcher({}),
        facts=Facts({}),
        vocabulary=vocabulary,
        calendar=calendar,
        glossary=glossary,
        replies=replies or (),
        words=Words(_lists(words or {})),
        wishes={
            wish: said["phrasings"] for wish, said in (words or {}).items() if "phrasings" in said
        },
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


def told(diagnosis: Diagnosis) -> dict[str, dict[str, tuple[str, ...]]]:
    """What people say of each fact, by its values, and of the causes; a button is a way of saying
    it as well.
    """
    facts = {
        fact.id: {value.id: (value.label, *value.phrasings) for value in fact.values}
        for fact in diagnosis.facts.values()
    }
    hints = {cause.id: cause.phrasings for cause in diagnosis.causes.values() if cause.phrasings}
    replies = {r.id: (r.label, *r.phrasings) for r in diagnosis.replies.values()}
    return {**facts, CAUSE: hints, REPLY: replies}


def _messages(diagnosis: Diagnosis) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The examples with all that they tell, their cause as well where it can be guessed."""
    for examples in diagnosis.examples.values():
        for message in examples.messages:
            cause = {CAUSE: examples.id} if message.tells else {}
            yield message.text, {**message.facts, **cause}


def _cases(diagnosis: Diagnosis) -> Iterator[str]:
    """The examples that say what is wrong: those of a cause, and of the others whatever tells what
    people begin with.
    """
    first = {fact.id for fact in diagnosis.facts.values() if fact.first}
    for examples in diagnosis.examples.values():
        for message in examples.messages:
            if examples.id != ANY or first & message.facts.keys():
                yield message.text


def _questions(knowledge: Knowledge) -> Iterator[str]:
    """Some of the ways in which people ask what the FAQ answers, and examples that tell nothing. To
    entries from which the diagnosis goes on they complain as well.
    """
    for entry in knowledge.entries.values():
        if entry.next != DIAGNOSE:
            said = (each for each in entry.phrasings if not knowledge.words.means(each))
            yield from islice(said, ENOUGH)
    if (others := knowledge.diagnosis.examples.get(ANY)) is not None:
        yield from (message.text for message in others.messages if not message.facts)


def _lists(words: Mapping[str, Mapping[Any, Phrases]]) -> Mapping[str, Mapping[str, Phrases]]:
    """Of each wish the lists of words that are looked for as they stand."""
    return {
        wish: {kind: said for kind, said in lists.items() if kind != "phrasings"}
        for wish, lists in words.items()
    }


def _diagnosis(
    facts: Mapping[str, Fact],
    causes: Mapping[str, Cause],
    examples: Mapping[str, Examples],
    order: Order | None,
    outcomes: Mapping[Outcome, Phrases],
) -> Diagnosis:
    """What was read, with the facts in their order, those that it does not name last."""
    if order is None:
        return Diagnosis(facts=facts, causes=causes, replies={})
    named = {id_: facts[id_] for id_ in order.facts if id_ in facts}
    return Diagnosis(
        facts={**named, **facts},
        causes=causes,
        examples=examples,
        order=order.facts,
        replies={reply.id: reply for reply in order.replies},
        outcomes=outcomes,
        questions=order.questions,
        remedies=order.remedies,
    )


def _with_step_ids(raw: dict[str, Any]) -> dict[str, Any]:
    steps = raw.get("steps")
    if not isinstance(steps, dict):
        return raw
    named = {i: {**step, "id": i} for i, step in steps.items() if isinstance(step, dict)}
    return {**raw, "steps": {**steps, **named}}
