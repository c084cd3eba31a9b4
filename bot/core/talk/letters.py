"""Words for somebody else who must act, ready to copy: filled with what is known, and natural where
little is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.core.content.diagnosis import Cause
from bot.core.content.knowledge import Knowledge
from bot.core.diagnosis import known
from bot.core.evidence import intake
from bot.core.model.extract import Key
from bot.core.model.ticket import Slot
from bot.core.text import calendar, yuan
from bot.core.text.render import Html, fill, known_parts
from bot.core.turn import Turn

Reader = Literal["seller", "hotline", "hall"]
"""Whom one may write to about any invoice."""
PARTIES: tuple[Key, ...] = ("seller", "buyer")


def of_cause(turn: Turn, cause: Cause, slots: Mapping[str, Slot]) -> Html:
    """What a cause asks of whoever can heal it; nothing where the person can, as they say who they
    are.
    """
    facts = turn.knowledge.diagnosis.facts
    if not cause.message or any(slots[id_].text == cause.needs for id_ in facts & slots.keys()):
        return Html()
    return _letter(turn, cause.message, turn.knowledge.texts.diagnosis.who[cause.needs], slots)


def to(turn: Turn, reader: Reader, slots: Mapping[str, Slot]) -> Html:
    """What one may ask of somebody, whatever the cause is."""
    texts = turn.knowledge.texts.letters
    return _letter(turn, texts.words[reader], texts.readers[reader], slots)


def _letter(turn: Turn, template: str, reader: str, slots: Mapping[str, Slot]) -> Html:
    given = values(turn.knowledge, slots)
    words = fill(known_parts(template, given.keys()), **given)
    texts = turn.knowledge.texts.letters
    head = fill(texts.copy if "number" in given else texts.copy_without_number, who=reader)
    return Html(f"{head}\n<code>{words}</code>")


def values(knowledge: Knowledge, slots: Mapping[str, Slot]) -> dict[str, str]:
    """What is known of all that a letter may tell; `invoice` is always there, empty if need be."""
    texts, told = knowledge.texts.letters, intake.said(knowledge.fields, slots)
    given: dict[str, str] = {str(key): told[key] for key in PARTIES if key in told}
    if number := told.get("number"):
        given["number"] = number
    if day := told.get("date"):
        given["date"] = calendar.shown(day)
    if amount := told.get("amount"):
        given["amount"] = texts.yuan.format(sum=yuan.grouped(amount))
    parts = [
        form.format(value=given[key]) for key, form in texts.of_invoice.items() if key in given
    ]
    given["invoice"] = texts.invoice.format(known=texts.comma.join(parts)) if parts else ""
    if "symptom" in slots and (field := knowledge.fields.get("symptom")) is not None:
        given["symptom"] = field.labels.get(slots["symptom"].text, slots["symptom"].text)
    if done := _tried(knowledge, slots):
        given["tried"] = texts.semicolon.join(done)
    return given


def _tried(knowledge: Knowledge, slots: Mapping[str, Slot]) -> list[str]:
    """The causes that were ruled out, and what the person says that they tried."""
    causes = knowledge.diagnosis.causes
    out = [causes[id_].title for id_ in known.ruled_out(knowledge.diagnosis, slots)]
    return [*out, *([slots["tried"].text] if "tried" in slots else [])]
