"""What a file says otherwise than its person did, of fields and of the facts that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from bot.core.content.diagnosis import Fact
from bot.core.content.knowledge import Knowledge
from bot.core.diagnosis import known
from bot.core.evidence import crosscheck, intake, slots
from bot.core.evidence.crosscheck import Seen
from bot.core.model.extract import Extract, Key, Told
from bot.core.model.ticket import Conflict, Slot
from bot.core.text import calendar
from bot.core.text.party import parts, same_name
from bot.core.values import fields

Slots = Mapping[str, Slot]
DAY: Key = "date"
NUMBER: Key = "number"
"""The keys of the day of issue, from which the age of an invoice follows, and of its number, from
which its kind and region do.
"""


def found(
    knowledge: Knowledge, said: Slots, read: Slots, extract: Extract, at: datetime
) -> tuple[Conflict, ...]:
    """Where `read`, what a file fills, and what follows from it differ from what somebody `said`.

    A net sum that was taken for the whole is no conflict: the file only tells which of its sums is
    asked for. A fact that follows from a field is not asked for where the field is in conflict.
    """
    own = {key: slot for key, slot in said.items() if not slot.from_file}
    of_fields = tuple(_of_fields(knowledge, own, read, extract, at))
    keys = {knowledge.fields[each.of].reads[0] for each in of_fields}
    invoice: dict[str, str] = {}
    for one in extract.told:
        invoice.setdefault(one.key, one.value)
    facts = unlike(knowledge, own, invoice, at)
    return (
        *of_fields,
        *(
            Conflict(of=id_, said=own[id_], read=Slot(value, from_file=True))
            for id_, value in facts.items()
            if follows_from(knowledge.diagnosis.facts[id_]) not in keys
        ),
    )


def _of_fields(
    knowledge: Knowledge, said: Slots, read: Slots, extract: Extract, at: datetime
) -> Iterator[Conflict]:
    seen = Seen(at=at, said=intake.said(knowledge.fields, said), file=extract)
    noticed = {hint.key for hint in crosscheck.hints(seen)}
    for field in knowledge.fields.values():
        if field.id in read and field.reads and f"{field.reads[0]}_differs" in noticed:
            yield Conflict(of=field.id, said=said[field.id], read=read[field.id])


def unlike(
    knowledge: Knowledge, said: Slots, invoice: Mapping[str, str], at: datetime
) -> Mapping[str, str]:
    """The facts that follow otherwise from the invoice than they were said, with what follows.

    Days are counted from when something was said as well: what was new then is older now.
    """
    diagnosis = knowledge.diagnosis
    told = {id_: said[id_] for id_ in diagnosis.facts if id_ in said}
    moments = {at, *(slot.at for slot in told.values() if slot.at is not None)}
    ways = {each: dict(known.follows(diagnosis, invoice, each)) for each in moments}
    return {
        id_: ways[at][id_]
        for id_, slot in told.items()
        if id_ in ways[at]
        and _measured(diagnosis.facts[id_], slot.text)
        and slot.text not in (ways[at][id_], ways[slot.at or at].get(id_))
    }


def _measured(fact: Fact, value: str) -> bool:
    """Whether an invoice can show this value; what none shows, none refutes."""
    told = fact.value(value)
    return told is not None and bool(told.days or told.kinds or told.regions)


def follows_from(fact: Fact) -> Key:
    """The key of an invoice from which a fact follows."""
    return DAY if any(value.days for value in fact.values) else NUMBER


def in_doubt(knowledge: Knowledge, conflicts: Iterable[Conflict]) -> frozenset[str]:
    """The fields that a file does not fill while these conflicts wait."""
    facts = knowledge.diagnosis.facts
    of_day = any(each.of in facts and follows_from(facts[each.of]) == DAY for each in conflicts)
    days = (field.id for field in knowledge.fields.values() if of_day and DAY in field.reads)
    return frozenset(days).union(each.of for each in conflicts)


def same(knowledge: Knowledge, of: str, one: str, other: str) -> bool:
    """Whether two values of a field or fact say the same; of a party also where one has less."""
    field = knowledge.fields.get(of)
    if field is None or field.kind != "party":
        return one == other
    (name, id_), (other_name, other_id) = parts(one), parts(other)
    if id_ and other_id:
        return id_ == other_id
    return bool(name and other_name) and same_name(name, other_name)


def label(knowledge: Knowledge, of: str) -> str:
    """The name of the field or fact."""
    fact = knowledge.diagnosis.facts.get(of)
    return knowledge.fields[of].label if of in knowledge.fields else fact.label if fact else of


def shown(
    knowledge: Knowledge, conflict: Conflict, slot: Slot, told: tuple[Told, ...], *, mask: bool
) -> str:
    """One of the two values for people to read: `mask` hides what identifies somebody. A file
    tells its day of issue itself rather than what follows from it.
    """
    field, fact = (
        knowledge.fields.get(conflict.of),
        knowledge.diagnosis.facts.get(conflict.of),
    )
    if field is not None:
        hidden = mask and field.private
        return fields.mask(field, slot.text) if hidden else slots.shown(knowledge, field, slot.text)
    if fact is None:
        return slot.text
    day = next((one.value for one in told if one.key == DAY), "")
    if slot.from_file and day and follows_from(fact) == DAY:
        return calendar.shown(day)
    value = fact.value(slot.text)
    return value.label if value is not None else slot.text
