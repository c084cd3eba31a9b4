"""The fields of a ticket: reading what people give, showing it back, masking what is private.

`KINDS` is the table of every kind of value that `faq/fields.toml` may name; a new kind is a file
in `bot.core.values` and a row here. Nothing here raises on what people write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.content.knowledge import Field
from bot.core.content.vocabulary import Vocabulary
from bot.core.text import calendar, contact, party, yuan
from bot.core.values import (
    amounts,
    contacts,
    dates,
    invoice_numbers,
    moments,
    parties,
    places,
    words,
)
from bot.core.values.context import Context
from bot.core.values.page import MOST, Found, Page, open_page
from bot.core.values.value import REASONS, WARNINGS, Refused, Value, refuse

__all__ = [
    "KINDS",
    "REASONS",
    "WARNINGS",
    "Context",
    "Refused",
    "Value",
    "ValueKind",
    "alone",
    "mask",
    "parse",
    "recognise",
    "shown",
]


class Parser(Protocol):
    """Reads an answer to a field's question to a canonical value, or refuses it."""

    def __call__(self, field: Field, given: str, context: Context) -> Value | Refused: ...


class Finder(Protocol):
    """Finds what may be a field's values in a free text; `Parser` decides on each."""

    def __call__(self, field: Field, page: Page, context: Context) -> Iterable[Found]: ...


@dataclass(frozen=True, slots=True)
class ValueKind:
    """The functions of one kind of value.

    `read` takes an answer, `find` looks in a free text, `show` and `mask` take a canonical value.
    `loose`: nearly any text can be such a value. `alone`: whether a text is such a value and no
    more, so that it needs no label.
    """

    read: Parser
    find: Finder = words.find_none
    show: Callable[[str], str] = str
    mask: Callable[[str], str] = str
    loose: bool = False
    alone: Callable[[str, Vocabulary], bool] = lambda *_: False


KINDS: Mapping[str, ValueKind] = {
    "party": ValueKind(parties.read, parties.find, mask=party.masked, loose=True),
    "number": ValueKind(invoice_numbers.read_number, invoice_numbers.find_number),
    "code": ValueKind(invoice_numbers.read_code, invoice_numbers.find_code),
    "contact": ValueKind(contacts.read, contacts.find, mask=contact.masked),
    "error": ValueKind(words.read_error, words.find_error, loose=True),
    "amount": ValueKind(amounts.read, amounts.find, yuan.shown),
    "moment": ValueKind(moments.read, moments.find, moments.show),
    "date": ValueKind(dates.read, dates.find, calendar.shown, alone=dates.alone),
    "district": ValueKind(places.read, places.find),
    "choice": ValueKind(words.read_choice),
    "text": ValueKind(words.read_text, loose=True),
    "file": ValueKind(words.read_file),
}
"""Every kind by its name in `faq/fields.toml`, in the order in which they look in a free text: one
with a form of its own takes its spans before one whose values may look like others."""
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def parse(field: Field, given: str, context: Context) -> Value | Refused:
    """The value that an answer gives, or why it cannot be taken.

    Today and yesterday are those of Beijing at the time of the message. A refusal is given the
    field's label and example beside what its reason fills in.
    """
    read = KINDS[field.kind].read
    answer = read(field, given[:MOST], context) if given.strip() else refuse("blank")
    if isinstance(answer, Value):
        return answer
    return Refused(answer.reason, {"label": field.label, "example": field.example, **answer.given})


def recognise(text: str, fields: Sequence[Field], context: Context) -> dict[str, Value]:
    """What a free text tells of these fields, by field id.

    A wrong value is worse than none: what is refused, or told twice with different values, is
    left out; a value behind its own cue counts before one without.
    """
    page = open_page(text, fields, context.vocabulary.labels)
    told: dict[str, Value] = {}
    for field in sorted(fields, key=lambda field: _ORDER[field.kind]):
        found = [
            (candidate, value)
            for candidate in KINDS[field.kind].find(field, page, context)
            if isinstance(value := parse(field, candidate.given, context), Value)
        ]
        cued = [value for candidate, value in found if candidate.cued]
        values = set(cued or [value for _, value in found])
        if len(values) == 1:
            told[field.id] = values.pop()
        page = page.without(span for candidate, _ in found for span in candidate.spans)
    return told


def alone(text: str, fields: Sequence[Field], context: Context) -> dict[str, Value]:
    """The value that a text is as a whole, by field id; none where several fields can have it."""
    fit = [field for field in fields if KINDS[field.kind].alone(text, context.vocabulary)]
    value = parse(fit[0], text, context) if len(fit) == 1 else None
    return {fit[0].id: value} if isinstance(value, Value) else {}


def shown(field: Field, value: str) -> str:
    """A value for people to read: 2025年5月12日, ￥1,234.50; numbers stay easy to copy.

    Of a choice its label; one that the authors took away is shown as it is stored.
    """
    return field.labels.get(value) or KINDS[field.kind].show(value)


def mask(field: Field, value: str) -> str:
    """A canonical value with what identifies somebody masked: 9111****43, 138****1234."""
    return KINDS[field.kind].mask(value)
