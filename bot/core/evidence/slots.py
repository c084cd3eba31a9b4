"""What is known of an invoice, as lines for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.core.content.knowledge import Choice, Field, Knowledge, Option, Step
from bot.core.model.ticket import Slot
from bot.core.text import private
from bot.core.text.render import Html, fill
from bot.core.values import fields

FILE = "file"
"""The kind of field whose value is how many files were sent."""


def listed(knowledge: Knowledge, slots: Mapping[str, Slot], *, masked: bool = False) -> Html:
    """A line a slot: the fields in their order, then what the steps were answered."""
    return Html("\n".join([*values(knowledge, slots, masked=masked), *tried(knowledge, slots)]))


def noted(knowledge: Knowledge, slots: Mapping[str, Slot]) -> Html:
    """The same in few lines: what a step was answered stands there without its label, in words that
    do without its question; and how old the invoice is only where its day does not.
    """
    dated = any("date" in f.reads for f in knowledge.fields.values() if f.id in slots)
    steps = (
        step for step in _answered(knowledge, slots) if not dated or not _aged(knowledge, step)
    )
    answers = [_alone(knowledge, step, slots[step.id]) for step in steps]
    return Html("\n".join([*values(knowledge, slots), *filter(None, [fill(" · ".join(answers))])]))


def values(knowledge: Knowledge, slots: Mapping[str, Slot], *, masked: bool = False) -> list[Html]:
    """A line for each field that is filled; `masked`: what identifies somebody is hidden."""
    return [
        _line(field.label, _value(knowledge, field, slots[field.id], masked))
        for field in knowledge.fields.values()
        if field.id in slots
    ]


def tried(knowledge: Knowledge, slots: Mapping[str, Slot]) -> list[Html]:
    """A line for each step that was answered and is no field: what was checked, and how it went."""
    return [
        _line(step.label or step.id, option(step, slots[step.id]))
        for step in _answered(knowledge, slots)
    ]


def _answered(knowledge: Knowledge, slots: Mapping[str, Slot]) -> Iterator[Step]:
    """The steps that were answered and are no field."""
    for flow in knowledge.flows.values():
        for step in flow.steps.values():
            if step.options and step.id in slots and step.id not in knowledge.fields:
                yield step


def _alone(knowledge: Knowledge, step: Step, slot: Slot) -> str:
    """What a step was answered with, in words that do without its question."""
    fact = knowledge.diagnosis.facts.get(step.id)
    value = fact.value(slot.text) if fact is not None else None
    return (value.alone if value is not None else "") or option(step, slot)


def _aged(knowledge: Knowledge, step: Step) -> bool:
    """Whether a step asks how old the invoice is."""
    fact = knowledge.diagnosis.facts.get(step.id)
    return fact is not None and any(value.days for value in fact.values)


def option(step: Step, slot: Slot) -> str:
    """What a step was answered with; an option that the authors took away keeps its id."""
    chosen = step.option(slot.text)
    return chosen.label if chosen is not None else slot.text


def shown(knowledge: Knowledge, field: Field, value: str) -> str:
    """A field's value for people to read; of files, how many they are."""
    if field.kind == FILE:
        return fill(knowledge.texts.talk.file_count, count=value)
    return fields.shown(field, value)


def stored(knowledge: Knowledge, slot: str, shown: str) -> str:
    """The value that a slot has which is shown so: an id, or for files how many they are.

    What nothing is shown as is taken for the value itself.
    """
    field = knowledge.fields.get(slot)
    if field is not None and field.kind == FILE:
        return "".join(filter(str.isdecimal, shown)) or shown
    steps = (flow.steps[slot] for flow in knowledge.flows.values() if slot in flow.steps)
    answers: Iterable[Choice | Option] = [
        *(field.choices if field is not None else ()),
        *(option for step in steps for option in step.options),
    ]
    return next((answer.id for answer in answers if answer.label == shown), shown)


def _line(label: str, value: str) -> Html:
    return fill("**{label}**：{value}", label=label, value=value)


def _value(knowledge: Knowledge, field: Field, slot: Slot, masked: bool) -> str:
    told = shown(knowledge, field, slot.text)
    if masked:
        told = private.hidden(fields.mask(field, slot.text) if field.private else told)
    return f"{told} ⚠️" if slot.warning else told
