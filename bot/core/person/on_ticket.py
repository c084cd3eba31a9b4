"""What a person sends while a ticket is open goes to its room."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.buttons import Withdraw
from bot.core.content.knowledge import Field
from bot.core.evidence import intake
from bot.core.model.effects import Amend, React, Room
from bot.core.model.events import Attached, Said
from bot.core.model.extract import Extract
from bot.core.model.message import Item, Ref
from bot.core.model.ticket import Slot, Ticket
from bot.core.person import commands, writing
from bot.core.talk import faq, relaying, verdicts
from bot.core.text.clock import within
from bot.core.text.render import Html, fill
from bot.core.tickets import card, expectations, lifecycle, transitions
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.core.values import fields
from bot.core.values.fields import Refused
from bot.matching import Answer

# A person who goes on writing is told in words once in this time, not after each line.
ACK_EVERY = timedelta(minutes=30)


IDLE = frozenset({"thanks", "bye", "wait", "solved", "yes"})
"""Wishes of a text after which nobody owes the person a word."""


def said(turn: Turn, event: Said, item: Item) -> None:
    """A text joins the open ticket."""
    understood = turn.understood(event.text)
    wishes = understood.wishes
    _hear(turn, understood)
    now = _ticket(turn)
    relaying.to_room(turn, now, (item,), event.reply_to)
    if now.status == "resolved" and "solved" in wishes:
        return confirmed(turn)
    if now.status == "resolved" and wishes & {"unsolved", "no"}:
        return reopened(turn)
    if now.status == "resolved":
        lifecycle.await_word(turn, now)
    if _wished(turn, now, wishes, event.text):
        return None
    if (field := _asked(turn, now)) is not None:
        return _answer(turn, now, field, event.text, wishes, item.ref)
    if "thanks" in wishes:
        return _welcome(turn, now)
    _learn(turn, now, event.text)
    if now.owner is None and now.status == "new" and not understood.hands_over:
        verdict, candidates = understood.considered
        if isinstance(verdict, Answer):
            verdicts.gave(turn, "answered", event.text, candidates)
            title = turn.knowledge.entries[verdict.id].title
            turn.tell_room(now, fill(turn.knowledge.texts.staff.auto_answered, title=title))
            return faq.show(turn, verdict.id)
    return _acknowledge(turn, item.ref)


def _hear(turn: Turn, said: Understood) -> None:
    """Keep whether an answer is waited for, and how."""
    wishes = said.wishes
    if not said.closes and not (wishes and wishes <= IDLE):
        _waits(turn)
    elif said.is_patient or "wait" in wishes:
        turn.put(replace(_ticket(turn), patient=True))


def _waits(turn: Turn) -> None:
    """The person wrote what wants an answer of the agents."""
    now = _ticket(turn)
    if now.patient:
        now = turn.put(replace(now, patient=False))
    if now.waiting is not None and now.status != "resolved":
        turn.put(replace(now, waiting=now.waiting.waits(turn.at)))


def _wished(turn: Turn, now: Ticket, wishes: frozenset[str], text: str) -> bool:
    """Do what is wished of the desk rather than of the agents; False where that is nothing."""
    if "human" in wishes or ("hello" in wishes and now.owner is None):
        commands.human(turn)
    elif "letter" in wishes:
        writing.wished(turn, text)
    elif "cancel" in wishes and now.owner is None:
        commands.withdraw(turn, Withdraw(now.number, "ask"))
    else:
        return False
    return True


def passed_on(turn: Turn, event: Said, item: Item) -> None:
    """What somebody else wrote joins the open ticket; it asks and answers nothing."""
    _waits(turn)
    now = _ticket(turn)
    relaying.to_room(turn, now, (item,), event.reply_to)
    _learn(turn, now, event.text)
    _acknowledge(turn, item.ref)


def late(turn: Turn, item: Item) -> None:
    """A piece of an album that has joined the open ticket already joins it too."""
    relaying.to_room(turn, _ticket(turn), (item,), None)
    intake.read(turn, (item,), "")


def attached(turn: Turn, event: Attached, item: Item) -> None:
    """A file, sticker or the like joins the open ticket."""
    files(turn, (item,), event.reply_to, event.text)


def files(turn: Turn, items: tuple[Item, ...], reply_to: Ref | None, text: str) -> None:
    """Files, one or an album with its caption, join the open ticket."""
    _waits(turn)
    now = _ticket(turn)
    relaying.to_room(turn, now, items, reply_to)
    intake.read(turn, items, text)
    field = _asked(turn, now)
    if field is not None and field.kind == "file":
        return _filled(turn, field, Slot(str(len(items))))
    if field is not None and text:
        return _answer(turn, now, field, text, turn.understood(text).wishes, items[0].ref)
    _learn(turn, now, text)
    return _acknowledge(turn, items[0].ref)


def extracted(turn: Turn, items: tuple[Item, ...], extract: Extract) -> None:
    """What the files say fills the open ticket's empty slots; the agents have the files already."""
    now = _ticket(turn)
    if not extract.told:
        if extract.problem or extract.stranger:
            turn.say(intake.lead(turn, items, extract, now.slots))
        return
    lead = intake.lead(turn, items, extract, now.slots)
    new = intake.slots(turn, extract)
    turn.put(replace(now, slots={**new, **now.slots}, told=intake.learn(now.told, extract)))
    field = _asked(turn, now)
    if field is not None and field.id in new:
        _filled(turn, field, new[field.id])
    else:
        card.refresh(turn, now.number)
    turn.say(lead)
    return


def _asked(turn: Turn, now: Ticket) -> Field | None:
    """The field that the agent asked for and waits for."""
    return turn.knowledge.fields.get(now.asked or "")


def edited(turn: Turn, item: Item, text: str, *, replaced: bool) -> None:
    """The copy in the room is edited as well; another file is read anew."""
    now = _ticket(turn)
    turn.order(Amend(to=Room(now.number, now.tier), item=item, media=replaced))
    if replaced:
        turn.put(replace(now, told=()))
        intake.read(turn, (item,), text)


def _ticket(turn: Turn) -> Ticket:
    now = turn.ticket
    assert now is not None
    return now


def _welcome(turn: Turn, now: Ticket) -> None:
    """Thanks: whoever waits is told for what; between two people the desk keeps out of it."""
    if now.status == "resolved":
        turn.say(fill(turn.talk.welcome_resolved))
    elif now.owner is None:
        tier = turn.knowledge.tiers.named(now.tier).name
        turn.say(fill(turn.talk.welcome_waiting, tier=tier))


def _answer(
    turn: Turn, now: Ticket, field: Field, text: str, wishes: frozenset[str], ref: Ref
) -> None:
    """The agent asked for a field: take it if it can be right, say why if not."""
    if "wait" in wishes:
        return turn.say(fill(turn.talk.no_hurry))
    if "skip" in wishes:
        _answered(turn, now)
        return turn.say(fill(turn.talk.none_passed, field=field.label))
    value = fields.parse(field, text, turn.context)
    if isinstance(value, Refused):
        found = turn.understood(text).slots.get(field.id)
        if found is None and turn.understood(text).asks:  # it is the agent's to answer
            return _acknowledge(turn, ref)
        if found is None:
            reason = turn.knowledge.texts.fields[value.reason]
            return turn.say(fill(reason, **value.given))
        return _filled(turn, field, found)
    return _filled(turn, field, Slot(value.text, value.warning))


def _filled(turn: Turn, field: Field, slot: Slot) -> None:
    """The field that was asked for has its value."""
    now = _ticket(turn)
    turn.put(replace(now, slots={**now.slots, field.id: slot}))
    _answered(turn, _ticket(turn))
    turn.say(fill(turn.talk.answer_passed, field=field.label))


def _answered(turn: Turn, now: Ticket) -> None:
    """What the agent asked for has come."""
    if transitions.may(now, "answer"):
        transitions.move(turn, now, "answer", asked=None)
        card.refresh(turn, now.number)


def _learn(turn: Turn, now: Ticket, text: str) -> None:
    """Fill the ticket's empty slots with what the text tells."""
    found = turn.understood(text).slots
    new = {k: s for k, s in found.items() if k not in now.slots and k in turn.knowledge.fields}
    if new:
        turn.put(replace(_ticket(turn), slots={**now.slots, **new}))
    if now.status == "pending":
        _answered(turn, _ticket(turn))
    elif new:
        card.refresh(turn, now.number)


def _acknowledge(turn: Turn, ref: Ref) -> None:
    """Tell that message `ref` has joined: in words at first and where they say when it is read,
    afterwards by a mark on it. While an agent answers nobody needs to be told.
    """
    now, texts = _ticket(turn), turn.knowledge.texts.progress
    if now.replied_at is not None and within(turn.now, now.replied_at, ACK_EVERY):
        return
    again = now.acked_at is not None and within(turn.now, now.acked_at, ACK_EVERY)
    later, text = expectations.read_at(turn), ""
    if not again:
        turn.put(replace(now, acked_at=turn.now))
        text = _joined(turn, now, later)
    if text and (now.acked_at is None or later):
        turn.say(text)
    else:
        turn.order(React(to=turn.chat, ref=ref, sign=texts.mark_joined, text=text))


def _joined(turn: Turn, now: Ticket, later: str) -> Html:
    """Who has it, or when (`later`) somebody reads it."""
    if later:
        text = turn.knowledge.texts.progress.joined_after_hours
        return fill(text, number=now.number, when=later)
    tier = turn.knowledge.tiers.named(now.tier).name
    text = turn.talk.joined if now.owner is None else turn.talk.joined_owned
    owner = now.owner.name if now.owner else ""
    return fill(text, number=now.number, tier=tier, owner=owner)


def confirmed(turn: Turn) -> None:
    """The person says it is resolved: the ticket closes."""
    lifecycle.finish(turn, "confirm", turn.talk.closed, turn.knowledge.texts.staff.confirmed)


def reopened(turn: Turn) -> None:
    """The person says it is not resolved: back to the same tier."""
    lifecycle.finish(turn, "reopen", turn.talk.reopened, turn.knowledge.texts.staff.reopened)


def unanswered(turn: Turn) -> None:
    """Nobody objected in time: the ticket closes."""
    lifecycle.finish(
        turn, "expire", turn.talk.closed_unasked, turn.knowledge.texts.staff.unanswered
    )
