"""Files that may show an invoice: have them read, and take over what they say.

A file is read beside the talk (`Read`, a second or two), and `Extracted` goes on where the message
left off: with what the file says the person is asked only for what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.content.knowledge import Field, Knowledge
from bot.core.evidence import crosscheck
from bot.core.evidence.crosscheck import STAFF_ONLY, Hint, Seen
from bot.core.invoice import classify
from bot.core.model.conversation import Draft
from bot.core.model.effects import Read
from bot.core.model.extract import Extract, Key, Told
from bot.core.model.message import Item
from bot.core.model.ticket import Conflict, Slot, Ticket
from bot.core.text import clock
from bot.core.text.render import Html, fill, joined
from bot.core.turn import Turn
from bot.core.values import fields, moments
from bot.core.values.fields import Value

READABLE = ("photo", "document")
TOLD_AT_MOST = 3
"""Hints that a person is told at once; the gravest come first."""

_OF_DAY = frozenset({"date_future", "issued_just_now", "issued_today", "beyond_checking"})
"""Hints that follow from the day of issue, which may be in doubt."""


def readable(items: Iterable[Item]) -> tuple[Item, ...]:
    """Those that have a file in which an invoice may be."""
    return tuple(item for item in items if item.what in READABLE and item.file)


def read(turn: Turn, items: tuple[Item, ...], text: str) -> bool:
    """Have them read; False when there is nothing to read."""
    if not readable(items):
        return False
    turn.order(Read(to=turn.chat, items=items, text=text))
    return True


def combined(extracts: Sequence[Extract]) -> Extract:
    """What several files say of one invoice: the first that has a number, and what has none.

    Where none says anything, how the first of them failed.
    """
    numbers = list(dict.fromkeys(filter(None, map(_number, extracts))))
    same = [each for each in extracts if _number(each) in (None, *numbers[:1])]
    told = tuple(dict.fromkeys(one for each in same for one in each.told))
    count = max([len(numbers), *(each.invoices for each in extracts)], default=0)
    failed = next((each for each in extracts if each.problem or each.stranger), None)
    if told or failed is None:
        format_ = extracts[0].format if extracts else "other"
        return Extract(format_, told, invoices=count)
    return failed


def _number(extract: Extract) -> str | None:
    return next((one.value for one in extract.told if one.key == "number"), None)


def slots(turn: Turn, extract: Extract) -> dict[str, Slot]:
    """The fields that a file fills, to be confirmed; a value that cannot be right fills none.

    Of values that differ the first counts.
    """
    first: dict[Key, str] = {}
    for one in extract.told:
        first.setdefault(one.key, one.value)
    filled = {}
    for field in turn.knowledge.fields.values():
        given = " ".join(first[key] for key in field.reads if key in first)
        value = fields.parse(field, given, turn.context)
        if isinstance(value, Value):
            filled[field.id] = Slot(value.text, value.warning, from_file=True)
    return filled


def lead(
    turn: Turn,
    items: Sequence[Item],
    extract: Extract,
    known: Mapping[str, Slot],
    text: str = "",
    conflicts: Sequence[Conflict] = (),
) -> Html:
    """How the reading went and what is odd; `known` is what the person said before, `text` what
    came with the files. Of `conflicts` they are asked anyway.
    """
    now = turn.ticket.number if turn.ticket is not None else ""
    seen = Seen(
        at=turn.at,
        said=said(turn.knowledge.fields, known),
        file=extract,
        issued_at=moments.issued(text, turn.at),
        reported=reported(turn, besides=now),
    )
    texts = turn.knowledge.texts.hints
    of_day = _OF_DAY if conflicts else frozenset()
    untold = STAFF_ONLY | _asked(turn.knowledge, conflicts) | of_day
    noticed = [hint for hint in crosscheck.hints(seen) if hint.key not in untold]
    lines = [
        fill("⚠️ ") + fill(texts.person[hint.key], **_given(turn.knowledge, hint))
        for hint in noticed[:TOLD_AT_MOST]
    ]
    return joined(_outcome(turn, items, extract), "\n".join(lines))


def _asked(knowledge: Knowledge, conflicts: Sequence[Conflict]) -> frozenset[str]:
    """The hints that say as much as these."""
    keys = {key for each in conflicts for key in _keys(knowledge, each)}
    return frozenset(f"{key}_differs" for key in keys)


def _keys(knowledge: Knowledge, conflict: Conflict) -> tuple[Key, ...]:
    """The values of a file that the field of a conflict reads."""
    field = knowledge.fields.get(conflict.of)
    return field.reads if field is not None else ()


def _outcome(turn: Turn, items: Sequence[Item], extract: Extract) -> Html:
    if extract.told:
        one = {each.key: each.value for each in reversed(extract.told)}
        found = classify.kind_of(*(one.get(key, "") for key in ("number", "code", "kind")))
        kinds, talk = turn.knowledge.texts.hints.kinds, turn.talk
        if turn.ticket is not None and turn.progress is None:
            return fill(talk.read_joined, number=turn.ticket.number)
        return fill(talk.read_kind, kind=kinds[found.id]) if found else fill(talk.read_found)
    if extract.problem or extract.stranger:
        return Html()
    # A picture without a code may well be a screenshot.
    nothing = turn.talk.read_nothing if extract.format in ("pdf", "ofd", "xml") else ""
    return fill(nothing or turn.talk.received[items[0].what])


def look_up(
    knowledge: Knowledge, known: Mapping[str, Slot], told: Sequence[Told], at: datetime
) -> list[str]:
    """Where such an invoice can be looked up as of that day; nothing where its kind is unknown."""
    found = kind(knowledge, known, told)
    if found is None:
        return []
    day = said(knowledge.fields, known).get("date")
    issued = date.fromisoformat(day) if day else None
    keys = classify.look_up(found, issued, clock.day(at))
    return [knowledge.texts.hints.look_up[key] for key in keys]


def staff_hints(turn: Turn, ticket: Ticket) -> list[Html]:
    """What agents should look at in this ticket, as it was when it was opened, beside what it is
    in conflict about.
    """
    knowledge = turn.knowledge
    seen = Seen(
        at=ticket.opened_at,
        said=said(knowledge.fields, ticket.slots),
        file=Extract("other", ticket.told) if ticket.told else None,
        reported=reported(turn, besides=ticket.number),
        others=ticket.shared,
    )
    texts, told = knowledge.texts.hints, _asked(knowledge, ticket.conflicts)
    return [
        fill(texts.staff[hint.key], **_given(knowledge, hint))
        for hint in crosscheck.hints(seen)
        if hint.key not in told
    ]


def _given(knowledge: Knowledge, hint: Hint) -> dict[str, str]:
    """What fills a hint's text; kinds of invoice by their names."""
    kinds = knowledge.texts.hints.kinds
    return {name: kinds.get(value, value) for name, value in hint.given.items()}


def said(fields_: Mapping[str, Field], known: Mapping[str, Slot]) -> dict[Key, str]:
    """What slots say, by the names that a file's values have; a party with its id behind it."""
    return {
        field.reads[0]: known[field.id].text
        for field in fields_.values()
        if field.reads and field.id in known
    }


def invoice_values(
    knowledge: Knowledge, known: Mapping[str, Slot], told: Sequence[Told]
) -> dict[str, str]:
    """The values of an invoice by their keys: what is known, and its kind as a QR code tells it."""
    kind_told = next((one.value for one in told if one.key == "kind"), "")
    values = {str(key): value for key, value in said(knowledge.fields, known).items()}
    return {**values, "kind": kind_told}


def invoice(knowledge: Knowledge, known: Mapping[str, Slot]) -> str | None:
    """What tells this invoice from all others, if it is known."""
    told = said(knowledge.fields, known)
    return crosscheck.identity(told.get("number", ""), told.get("code", ""))


def reported(turn: Turn, besides: str = "") -> dict[str, str]:
    """This person's own tickets by their invoice, the latest where there are several."""
    known = {each.number: each.invoice for each in reversed(turn.state.earlier)}
    known |= {each.number: each.invoice for each in turn.tickets.values()}
    return {
        invoice: number
        for number, invoice in known.items()
        if invoice is not None and number != besides
    }


def of_one_invoice(knowledge: Knowledge, draft: Draft) -> Draft:
    """The draft without what files say, where they tell the number of another invoice than it; with
    it while the person is still asked which is right.
    """
    number = said(knowledge.fields, draft.slots).get("number")
    if any(not each.right and "number" in _keys(knowledge, each) for each in draft.conflicts):
        return draft
    read = next((one.value for one in draft.told if one.key == "number"), number)
    return draft if number in (None, read) else replace(draft, told=())


def kind(
    knowledge: Knowledge, known: Mapping[str, Slot], told: Sequence[Told]
) -> classify.InvoiceKind | None:
    """The invoice's kind, by number, code and what a QR code tells."""
    values = said(knowledge.fields, known)
    qr = next((one.value for one in told if one.key == "kind"), "")
    return classify.kind_of(values.get("number", ""), values.get("code", ""), qr)


def told_lines(knowledge: Knowledge, ticket: Ticket) -> list[tuple[Key, str]]:
    """What files say that fills no field: key and value, each key once."""
    filled = {key for field in knowledge.fields.values() for key in field.reads}
    first: dict[Key, str] = {}
    for one in ticket.told:
        if one.key not in filled:
            first.setdefault(one.key, one.value)
    return list(first.items())


def learn(known: Sequence[Told], extract: Extract) -> tuple[Told, ...]:
    """What was told by files before, and what this one adds."""
    return tuple(dict.fromkeys((*known, *extract.told)))
