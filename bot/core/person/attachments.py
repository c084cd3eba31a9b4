"""Anything but text that a person sends: kept for the ticket, read, and gone on with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.core.evidence import conflicts, intake
from bot.core.model.events import Attached, Extracted
from bot.core.model.message import Item
from bot.core.model.ticket import Slot
from bot.core.person import on_ticket, openings, replies
from bot.core.talk import carry, faq, files, flow, premises, relaying
from bot.core.talk.conflicts import waiting
from bot.core.text.render import Html, fill, joined
from bot.core.turn import Turn
from bot.core.values.fields import Value


def attached(turn: Turn, event: Attached) -> None:
    """Anything but text. An album's pieces wait for one another."""
    item = carry.carried(turn, event)
    told = carry.words(turn, item, event.text)
    if (reason := files.refusal(event, turn.knowledge.limits)) is not None:
        turn.note("person", event.who.name, told)
        if files.refuse(turn, event, reason) and event.text:
            openings.hear(turn, event.text)
        return
    turn.note("person", event.who.name, told, item)
    if event.album is not None:
        if not _late(turn, event.album, item):
            relaying.gather(turn, event, item)
    elif turn.ticket is not None and turn.progress is None:
        on_ticket.attached(turn, event, item)
    elif item.what == "contact" and turn.progress is not None:
        replies.take(turn, turn.understood(event.text))
    else:
        kept(turn, (item,), "" if item.what == "contact" else event.text)


def _late(turn: Turn, album: str, item: Item) -> bool:
    """A piece of an album that was settled without it shares what became of the album."""
    fate = turn.conversation.settled.get(album)
    if fate is None:
        return False
    now = turn.ticket
    if fate.went == "room" and now is not None and now.number == fate.ticket:
        on_ticket.late(turn, item)
        return True
    if fate.went == "kept" and now is None:
        turn.draft = replace(turn.draft, files=(*turn.draft.files, *_useful((item,))))
        intake.read(turn, (item,), "")
        return True
    return False


def replaced(turn: Turn, item: Item, text: str) -> None:
    """A message from before there is a ticket has another file now: what the old one said goes.

    All files are read again, since nobody knows any more which of them told what.
    """
    others = [each for each in turn.draft.files if each.ref != item.ref]
    slots = {key: slot for key, slot in turn.draft.slots.items() if not slot.from_file}
    files = (*others, *_useful((item,)))
    turn.draft = replace(turn.draft, files=files, told=(), slots=slots, conflicts=())
    intake.read(turn, turn.draft.files, text)


def kept(turn: Turn, items: tuple[Item, ...], text: str) -> None:
    """Files that came before there is a ticket: keep them for it, have them read, and go on."""
    openings.anew(turn)
    turn.draft = replace(turn.draft, files=(*turn.draft.files, *_useful(items)))
    if not intake.read(turn, items, text):
        _go_on(turn, items, text, fill(turn.talk.received[items[0].what]), {})


def _useful(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(i for i in items if i.what in ("photo", "document", "video", "audio", "voice"))


def extracted(turn: Turn, event: Extracted) -> None:
    """Files were read: go on with what they say."""
    extract = intake.combined(event.extracts)
    if turn.ticket is not None and turn.progress is None:
        return on_ticket.extracted(turn, event.items, extract)
    words = turn.understood(event.text).slots
    known = {**turn.draft.slots, **{k: replace(s, at=turn.at) for k, s in words.items()}}
    read = intake.slots(turn, extract)
    all_ = conflicts.found(turn.knowledge, known, read, extract, turn.at)
    settled = tuple(each for each in turn.draft.conflicts if each.right)
    over = {(each.of, each.read.text) for each in settled}
    odd = tuple(each for each in all_ if (each.of, each.read.text) not in over)
    lead = intake.lead(turn, event.items, extract, known, event.text, odd)
    told = intake.learn(turn.draft.told, extract)
    turn.draft = replace(turn.draft, told=told, conflicts=(*settled, *odd))
    stands = {*conflicts.in_doubt(turn.knowledge, all_), *_same(known, read)}
    new = {key: slot for key, slot in read.items() if key not in stands}
    return _go_on(turn, event.items, event.text, lead, new)


def _same(known: Mapping[str, Slot], read: Mapping[str, Slot]) -> Iterator[str]:
    """What was known just as a file says it: that the person said so is not forgotten."""
    return (key for key, slot in read.items() if key in known and known[key].text == slot.text)


def _go_on(
    turn: Turn, items: tuple[Item, ...], text: str, lead: Html, read: Mapping[str, Slot]
) -> None:
    """What came with files, and what they tell, is an answer or a question like any other."""
    premises.put_right(turn, turn.understood(text))
    useful, progress = _useful(items), turn.progress
    told = {**turn.understood(text).slots, **read} if progress is not None else {}
    flow.fill_slots(turn, told)
    if useful and progress is not None:
        asked = progress.editing or flow.current(turn, progress).field
        field = turn.knowledge.fields.get(asked or "")
        count = str(len(turn.draft.files))
        if field is not None and field.kind == "file":
            return flow.take(turn, field, Value(count))
        for other in turn.knowledge.fields.values():
            if other.kind == "file":
                flow.fill_slots(turn, {other.id: Slot(count)})
    if progress is not None:
        changed = told or waiting(turn)
        return flow.resume(turn, told, lead, "file") if changed else flow.repeat(turn, lead)
    if text or read or waiting(turn):
        return openings.hear(turn, text, read, lead)
    return faq.lead_on(turn, joined(lead, fill(turn.talk.what_about)) if useful else lead)
