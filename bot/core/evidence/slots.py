"""What is known of an invoice, as lines for people to read."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.content.knowledge import Field, Knowledge
from bot.core.model.case import Slot
from bot.core.text import private
from bot.core.text.render import Html, fill
from bot.core.values import fields


def listed(knowledge: Knowledge, slots: Mapping[str, Slot], *, masked: bool = False) -> Html:
    """A line a slot: the fields in their order, then what the steps were answered."""
    return Html("\n".join([*values(knowledge, slots, masked=masked), *tried(knowledge, slots)]))


def values(knowledge: Knowledge, slots: Mapping[str, Slot], *, masked: bool = False) -> list[Html]:
    """A line for each field that is filled; `masked`: what identifies somebody is hidden."""
    return [
        _line(field.label, _value(field, slots[field.id], masked))
        for field in knowledge.fields.values()
        if field.id in slots
    ]


def tried(knowledge: Knowledge, slots: Mapping[str, Slot]) -> list[Html]:
    """A line for each step that was answered and is no field: what was checked, and how it went."""
    return [
        _line(step.label or step.id, slots[step.id].text)
        for flow in knowledge.flows.values()
        for step in flow.steps.values()
        if step.options and step.id in slots and step.id not in knowledge.fields
    ]


def _line(label: str, value: str) -> Html:
    return fill("**{label}**：{value}", label=label, value=value)


def _value(field: Field, slot: Slot, masked: bool) -> str:
    shown = fields.shown(field, slot.text)
    if masked:
        shown = private.hidden(fields.mask(field, slot.text) if field.private else shown)
    return f"{shown} ⚠️" if slot.warning else shown
