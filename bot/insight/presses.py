"""Texts that tell to press a button which does not exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields

from bot.core.content.findings import finding
from bot.core.content.knowledge import Entry, Knowledge, Step
from bot.core.content.mistake import Mistake, guess, nearest
from bot.core.content.script import DIAGNOSE, REMEDY
from bot.core.content.texts import Diagnosing, Staff, Talk

_QUOTED = r"\**[「“](?P<name>[^」”\n]+)[」”]"
_BELOW = re.compile(rf"下[面方]的?{_QUOTED}")
_PRESS = re.compile(rf"[点按](?:一?下)?(?:[上下][面方]的?)?{_QUOTED}")
Labels = Collection[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of an author in its place, with the labels of the buttons that stand under it."""

    file: str
    key: str
    text: str
    under: Labels


def no_buttons(knowledge: Knowledge) -> Iterator[Mistake]:
    """Each name of a button that a reader looks for in vain.

    What stands below a text must be a button of it. Other names may be those of the tax system,
    unless they only resemble a button of the desk.
    """
    talk, staff = knowledge.texts.talk, knowledge.texts.staff
    every = {*_buttons(talk), *_buttons(staff), *_answers(knowledge)}
    for shown in _shown(knowledge):
        for name in _names(_BELOW, shown.text):
            if not _is_one(name, shown.under):
                yield _mistake(shown, name, shown.under)
        below = set(_names(_BELOW, shown.text))
        for name in _names(_PRESS, shown.text):
            alike = not _is_one(name, every) and nearest(name, set(map(_bare, every)))
            if alike and name not in below:
                yield _mistake(shown, name, every)
    for shown in _messages(knowledge):
        for name in {*_names(_BELOW, shown.text), *_names(_PRESS, shown.text)}:
            if not _is_one(name, shown.under):
                yield _mistake(shown, name, shown.under)


def _names(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (met["name"].strip("* ") for met in pattern.finditer(text))


def _is_one(name: str, labels: Labels) -> bool:
    """Whether a label says it, be it with an icon or a word more (🙋 直接转人工)."""
    return any(_bare(name) in label for label in labels)


def _bare(label: str) -> str:
    """A label without its icon."""
    return re.sub(r"^\W+", "", label) or label


def _mistake(shown: Shown, name: str, known: Labels) -> Mistake:
    text = finding("no_button", name=name, guess=guess(name, set(map(_bare, known))))
    return Mistake(shown.file, shown.key, text)


def _buttons(texts: Talk | Staff) -> Iterator[str]:
    names = (each.name for each in dataclass_fields(texts))
    return (getattr(texts, name) for name in names if name.startswith("button_"))


def _answers(knowledge: Knowledge) -> Iterator[str]:
    """The labels of all options and choices."""
    for flow in knowledge.flows.values():
        for step in flow.steps.values():
            yield from (option.label for option in step.options)
    for field in knowledge.fields.values():
        yield from field.labels.values()


def _shown(knowledge: Knowledge) -> Iterator[Shown]:
    """What is told with buttons of its own."""
    for id_, entry in knowledge.entries.items():
        under = _under_answer(knowledge, entry)
        yield Shown(f"faq/entries/{id_}.toml", "answer", entry.answer, under)
    steps = knowledge.flows[DIAGNOSE].steps if DIAGNOSE in knowledge.flows else {}
    for cause in knowledge.diagnosis.causes.values():
        under = _under_step(knowledge, steps.get(REMEDY + cause.id))
        for key in ("remedy", "check"):
            yield Shown(f"faq/causes/{cause.id}.toml", key, getattr(cause, key) or "", under)
    for fact in knowledge.diagnosis.facts.values():
        under = _under_step(knowledge, steps.get(fact.id))
        yield Shown(f"faq/facts/{fact.id}.toml", "ask", fact.ask, under)
    yield from _of_flows(knowledge)
    for n, field in enumerate(knowledge.fields.values()):
        under = [*field.labels.values(), *_ways_out(knowledge.texts.talk)]
        yield Shown("faq/fields.toml", f"fields[{n}].ask", field.ask, under)


def _of_flows(knowledge: Knowledge) -> Iterator[Shown]:
    written = {id_: flow for id_, flow in knowledge.flows.items() if id_ != DIAGNOSE}
    for id_, flow in written.items():
        for name, step in flow.steps.items():
            file, under = f"faq/flows/{id_}.toml", _under_step(knowledge, step)
            yield Shown(file, f"steps.{name}.ask", step.ask, under)


def _under_answer(knowledge: Knowledge, entry: Entry) -> Labels:
    talk = knowledge.texts.talk
    titles = [knowledge.entries[i].title for i in entry.related if i in knowledge.entries]
    ways = (talk.button_diagnose, talk.button_human)
    return [*titles, talk.button_helped, talk.button_not_helped, *ways]


def _under_step(knowledge: Knowledge, step: Step | None) -> Labels:
    if step is None:
        return []
    talk = knowledge.texts.talk
    field = knowledge.fields.get(step.field or "")
    choices = field.labels.values() if field else ()
    told = (talk.button_submit, talk.button_edit) if step.summary else ()
    own = [option.label for option in step.options]
    return [*own, *choices, *told, *_ways_out(talk)]


def _ways_out(talk: Talk) -> Labels:
    """The labels under any question of a flow."""
    return (talk.button_skip, talk.button_back, talk.button_human, talk.button_cancel)


def _messages(knowledge: Knowledge) -> Iterator[Shown]:
    """What the desk says of its own, under buttons that depend on where a talk stands."""
    texts, folder = knowledge.texts, "faq/messages/zh"
    for_people = [*_buttons(texts.talk), *_answers(knowledge)]
    for_agents = [*_buttons(texts.staff)]
    groups: Mapping[str, tuple[Talk | Staff | Diagnosing, Labels]] = {
        "talk": (texts.talk, for_people),
        "diagnosis": (texts.diagnosis, for_people),
        "staff": (texts.staff, for_agents),
    }
    for file, (group, labels) in groups.items():
        for each in dataclass_fields(group):
            for key, text in _told(each.name, getattr(group, each.name)):
                yield Shown(f"{folder}/{file}.toml", key, text, labels)
    for key, text in texts.fields.items():
        yield Shown(f"{folder}/fields.toml", key, text, for_people)
    for n, tier in enumerate(knowledge.tiers.tiers):
        yield Shown("faq/tiers.toml", f"tiers[{n}].promise", tier.promise, for_people)


def _told(key: str, value: object) -> Iterator[tuple[str, str]]:
    """The texts under a key of a file, each with its own."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        yield from ((f"{key}.{name}", text) for name, text in value.items())
