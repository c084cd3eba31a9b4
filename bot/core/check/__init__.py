"""What only shows when the files of `faq/` are read together; `CHECKS` lists every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields as dataclass_fields
from typing import get_args

from bot.core.check.calendar import check_calendar
from bot.core.check.diagnosis import LETTER, check_diagnosis
from bot.core.check.flows import lint
from bot.core.check.glossary import check_glossary
from bot.core.check.replies import check_replies
from bot.core.check.templates import table, template
from bot.core.check.tiers import check_tiers
from bot.core.check.vocabulary import check_vocabulary
from bot.core.content.agents_texts import Agents
from bot.core.content.diagnosis import Needs
from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake, guess, twice, unknown
from bot.core.content.progress_texts import Progress
from bot.core.content.script import DIAGNOSE, FORM
from bot.core.content.service_texts import Service
from bot.core.content.texts import Diagnosing, Letters, Staff, Talk
from bot.core.content.wording import COMMAND, LABEL, LINE, PASSAGE, SIGN, TEXT, Wording
from bot.core.evidence.crosscheck import HINTS, STAFF_ONLY
from bot.core.invoice import classify
from bot.core.model.effects import REASONS as REFUSALS
from bot.core.model.extract import Key
from bot.core.model.message import What, Who
from bot.core.model.record import Moved
from bot.core.model.ticket import RESOLVE, Side, Status
from bot.core.person.commands import COMMANDS, WISHES
from bot.core.person.courtesies import COURTESIES
from bot.core.staff import actions, consulting, orders, room
from bot.core.talk.canned import VARIABLES
from bot.core.talk.conflicts import SAYS
from bot.core.talk.letters import Reader
from bot.core.text.render import pairs_parts
from bot.core.tickets.clocks import FIRST_REPLY, NEXT_REPLY
from bot.core.values import fields
from bot.core.values.fields import REASONS, WARNINGS
from bot.core.values.predicates import PREDICATES

Group = Talk | Staff | Diagnosing | Letters | Service | Progress | Agents
ANSWERS = {"yes", "no", "solved", "unsolved", "skip", "repeated"}
"""What is said to a question of the desk."""
WISHES_HEARD = {*WISHES, *COURTESIES, *SAYS, *ANSWERS, "letter"}
AS_THEY_STAND = {
    *("skipped", "right", "wrong", "no_summary", "stale", "nobody", "title", "reasons"),
    *("runner_up", "complaint", "erased_summary", "erased_person", "thinned_summary", "old_button"),
    *("no_name", "unowned", "counted", "when_today", "when_due"),
    *("when_overdue", "when_opened", "span_minutes", "span_hours", "span_days"),
}
"""Texts that are shown inside another, in a title or over a press, where nothing is bold; so are
those of the statuses and of the buttons (`button_`), and signs (`sign_`, `icon_`, `mark_`)."""
IN_A_CORNER = {"reveal_part"}
"""Texts that leave room for what they stand under."""
STATUSES: Mapping[Status, tuple[str, ...]] = dict.fromkeys(get_args(Status), ())
AGENTS_COMMANDS = {*actions.COMMANDS, *orders.ORDERS, *room.REPLIES, *consulting.CONSULTS}
SHELVES, ON_A_SHELF = 40, 80
"""Telegram takes 100 buttons with a message."""


def check(knowledge: Knowledge, unread: Collection[str] = ()) -> Iterator[Mistake]:
    """What only shows when the files are read together, as far as they could be read."""
    for each, needs in CHECKS.items():
        if not any(file.startswith(needs) for file in unread):
            yield from each(knowledge)


def _entries(knowledge: Knowledge) -> Iterator[Mistake]:
    names = [category.id for category in knowledge.categories]
    yield from twice("faq/categories.toml", "categories", names)
    titles = [category.name for category in knowledge.categories]
    yield from twice("faq/categories.toml", "categories", titles)
    shelves = Counter(entry.category for entry in knowledge.entries.values())
    counts = [(len(names), SHELVES), *((count, ON_A_SHELF) for count in shelves.values())]
    for count, most in counts:
        if count > most:
            text = finding("too_many", count=count, most=most)
            yield Mistake("faq/categories.toml", "categories", text)
    for id_, entry in knowledge.entries.items():
        file = f"faq/entries/{id_}.toml"
        if entry.category not in names:
            yield Mistake(file, "category", unknown("category", entry.category, names))
        if not entry.phrasings:
            yield Mistake(file, "phrasings", finding("empty"))


def _related(knowledge: Knowledge) -> Iterator[Mistake]:
    for id_, entry in knowledge.entries.items():
        for n, other in enumerate(entry.related):
            if other not in knowledge.entries:
                text = unknown("entry", other, knowledge.entries)
                yield Mistake(f"faq/entries/{id_}.toml", f"related[{n}]", text)


def _flows(knowledge: Knowledge) -> Iterator[Mistake]:
    yield from lint(knowledge.flows, knowledge.fields, PREDICATES, compiled={DIAGNOSE})
    if FORM not in knowledge.flows:
        yield Mistake(f"faq/flows/{FORM}.toml", "", finding("no_file"))


def _fields(knowledge: Knowledge) -> Iterator[Mistake]:
    file, known = "faq/fields.toml", knowledge.fields.values()
    yield from twice(file, "fields", [field.label for field in known])
    for n, field in enumerate(known):
        if field.kind not in fields.KINDS:
            text = unknown("kind", field.kind, fields.KINDS)
            yield Mistake(file, f"fields[{n}].kind", text)
        if field.kind == "choice" and not field.choices:
            yield Mistake(file, f"fields[{n}].choices", finding("no_choices"))
        yield from twice(file, f"fields[{n}].choices", [choice.id for choice in field.choices])
        yield from twice(file, f"fields[{n}].choices", [choice.label for choice in field.choices])
        for alias, choice in (field.aliases or {}).items():
            if choice not in field.labels:
                text = finding("no_alias", name=choice, guess=guess(choice, field.labels))
                yield Mistake(file, f"fields[{n}].aliases.{alias}", text)


def _talk(knowledge: Knowledge) -> Iterator[Mistake]:
    talk, file = knowledge.texts.talk, "faq/messages/zh/talk.toml"
    yield from _group(file, talk)
    whats = dict.fromkeys(get_args(What), ())
    yield from table(file, "statuses.", talk.statuses, STATUSES, LINE)
    yield from table(file, "kinds.", talk.kinds, {**whats, "text": ()}, LABEL)
    yield from table(file, "received.", talk.received, whats, TEXT)


def _staff(knowledge: Knowledge) -> Iterator[Mistake]:
    staff, file = knowledge.texts.staff, "faq/messages/zh/staff.toml"
    yield from _group(file, staff)
    for n, name in enumerate(staff.groups):
        yield from template(file, f"groups[{n}]", name, (), LABEL)
    lines = dict.fromkeys(get_args(Who), ("time", "name", "text"))
    yield from table(file, "statuses.", staff.statuses, STATUSES, LINE)
    yield from table(file, "lines.", staff.lines, lines, TEXT)
    yield from table(file, "refusals.", staff.refusals, dict.fromkeys(REFUSALS, ()), TEXT)
    sides = dict.fromkeys((*get_args(Side), "nobody"), ())
    yield from table(file, "right.", staff.right, sides, LINE)
    told = dict.fromkeys(staff.told.keys() & set(get_args(Key)), ())
    yield from table(file, "told.", staff.told, told, LABEL)


def _group(file: str, group: Group) -> Iterator[Mistake]:
    for each in dataclass_fields(group):
        value, wording = getattr(group, each.name), _wording(each.name)
        if isinstance(value, str):
            allowed = each.metadata.get("placeholders", ())
            yield from template(file, each.name, value, allowed, wording)


def _wording(name: str) -> Wording:
    if name.startswith("button_") or name in IN_A_CORNER:
        return LABEL
    if name.startswith(("sign_", "icon_", "mark_")):
        return SIGN
    return LINE if name in AS_THEY_STAND else TEXT


def _reasons(knowledge: Knowledge) -> Iterator[Mistake]:
    reasons = {**REASONS, **dict.fromkeys(WARNINGS, ())}
    known = {reason: (*allowed, "label", "example") for reason, allowed in reasons.items()}
    yield from table("faq/messages/zh/fields.toml", "", knowledge.texts.fields, known, TEXT)


def _diagnosing(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.diagnosis, "faq/messages/zh/diagnosis.toml"
    yield from _group(file, texts)
    who = dict.fromkeys(get_args(Needs), ())
    yield from table(file, "who.", texts.who, who, LABEL)


def _letters(knowledge: Knowledge) -> Iterator[Mistake]:
    letters, file = knowledge.texts.letters, "faq/messages/zh/letters.toml"
    readers = dict.fromkeys(get_args(Reader), ())
    yield from _group(file, letters)
    forms = dict.fromkeys(letters.of_invoice.keys() & {"number", "date", "amount"}, ("value",))
    yield from table(file, "of_invoice.", letters.of_invoice, forms, LINE)
    yield from table(file, "readers.", letters.readers, readers, LABEL)
    yield from table(file, "words.", letters.words, dict.fromkeys(readers, LETTER), PASSAGE)
    for reader in readers.keys() - letters.names.keys():
        yield Mistake(file, f"names.{reader}", finding("missing"))
    for reader, words in letters.words.items():
        if not pairs_parts(words):
            yield Mistake(file, f"words.{reader}", finding("parts"))


def _service(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.service, "faq/messages/zh/service.toml"
    yield from _group(file, texts)
    clocks = dict.fromkeys((FIRST_REPLY, NEXT_REPLY, RESOLVE), ())
    yield from table(file, "clocks.", texts.clocks, clocks, LABEL)


def _progress(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.progress, "faq/messages/zh/progress.toml"
    yield from _group(file, texts)
    for n, name in enumerate(texts.weekdays):
        yield from template(file, f"weekdays[{n}]", name, (), LABEL)
    steps = dict.fromkeys(set(get_args(Moved)) - {"erased"}, ("tier", "field"))
    yield from table(file, "steps.", texts.steps, steps, LINE)


def _agents(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.agents, "faq/messages/zh/agents.toml"
    yield from _group(file, texts)
    yield from table(file, "signs.", texts.signs, STATUSES, SIGN)
    yield from table(file, "variables.", texts.variables, dict.fromkeys(VARIABLES, ()), LABEL)
    yield from twice(file, "variables", texts.variables.values())
    yield from table(file, "icons.", texts.icons, STATUSES, SIGN)


def _hints(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.hints, "faq/messages/zh/hints.toml"
    told = {key: given for key, given in HINTS.items() if key not in STAFF_ONLY}
    kinds: Mapping[str, tuple[str, ...]] = dict.fromkeys(classify.KINDS, ())
    yield from table(file, "person.", texts.person, told, TEXT)
    yield from table(file, "staff.", texts.staff, HINTS, TEXT)
    yield from table(file, "kinds.", texts.kinds, kinds, LINE)
    yield from table(file, "look_up.", texts.look_up, dict.fromkeys(classify.LOOK_UP, ()), LINE)


def _commands(knowledge: Knowledge) -> Iterator[Mistake]:
    texts, file = knowledge.texts.commands, "faq/messages/zh/commands.toml"
    tables = (
        ("private", texts.private, COMMANDS.keys()),
        ("group", texts.group, AGENTS_COMMANDS),
    )
    for kind, written, known in tables:
        for name in written.keys() - known:
            yield Mistake(file, f"{kind}.{name}", unknown("command", name, known))
        for name, text in written.items():
            yield from template(file, f"{kind}.{name}", text, (), COMMAND)


def check_words(words: Mapping[str, object]) -> Iterator[Mistake]:
    for wish in words.keys() - WISHES_HEARD:
        text = finding("unknown_key", guess=guess(wish, WISHES_HEARD))
        yield Mistake("faq/words.toml", wish, text)
    for wish in WISHES_HEARD - words.keys():
        yield Mistake("faq/words.toml", wish, finding("missing"))


def _synonyms(knowledge: Knowledge) -> Iterator[Mistake]:
    file, groups = "faq/synonyms.toml", knowledge.lexicon.synonyms
    for n, group in enumerate(groups):
        if len(group) < 2:
            yield Mistake(file, f"groups[{n}]", finding("one_word"))
    heads = {(word, group[0]) for group in groups for word in group[1:]}
    yield from twice(file, "groups", sorted(word for word, _ in heads))


# Each check with the files it needs: what could not be read cannot be checked further.
CHECKS: Mapping[Callable[[Knowledge], Iterator[Mistake]], tuple[str, ...]] = {
    _entries: ("categories.toml",),
    _related: ("entries/",),
    _flows: ("flows/", "fields.toml"),
    _fields: ("fields.toml",),
    check_tiers: ("tiers.toml", "flows/", "fields.toml"),
    _talk: ("messages/zh/talk.toml",),
    _staff: ("messages/zh/staff.toml",),
    _reasons: ("messages/zh/fields.toml",),
    _hints: ("messages/zh/hints.toml",),
    _commands: ("messages/zh/commands.toml",),
    _synonyms: ("synonyms.toml",),
    _letters: ("messages/zh/letters.toml",),
    _service: ("messages/zh/service.toml",),
    _progress: ("messages/zh/progress.toml",),
    _agents: ("messages/zh/agents.toml",),
    _diagnosing: ("messages/zh/diagnosis.toml",),
    check_diagnosis: ("facts/", "causes/", "examples/", "diagnosis.toml"),
    check_glossary: ("glossary.toml",),
    check_replies: ("replies.toml",),
    check_calendar: ("calendar.toml",),
    check_vocabulary: ("vocabulary.toml", "synonyms.toml", "fields.toml"),
}
