"""Taking back what an agent sent to the person: `/unsend`, as a reply to it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.effects import Room, Send, TakeBack
from bot.core.model.events import Said
from bot.core.model.facts import TakenBack
from bot.core.model.message import Line, Ref
from bot.core.model.record import Record
from bot.core.model.ticket import Ticket
from bot.core.staff.orders import named
from bot.core.staff.receipts import marked
from bot.core.text.render import Html, fill
from bot.core.tickets import card
from bot.core.turn import Turn

UNSEND = "unsend"
"""The command."""


def meant(said: Said) -> Ref | None:
    """The message that is to be taken back; None where that is not what is said."""
    return said.reply_to if named(said.text)[0] == UNSEND else None


def unsend(turn: Turn, now: Ticket, said: Said) -> str:
    """Order it for the owner of the ticket, or who wrote the message; else say why not."""
    texts, who = turn.knowledge.texts.agents, said.who
    if said.reply_to is None:
        return fill(texts.unsend_how)
    sent = {ref: line for ref, line in turn.state.lines.items() if line.who == "agent"}
    if not sent:
        return fill(texts.unsend_unknown)
    if all(line.taken_back for line in sent.values()):
        return fill(texts.unsend_again)
    owns = now.owner is not None and now.owner.address == who.address
    if not owns and not said.reply_to_own:
        return fill(texts.unsend_not_yours)
    if turn.conversation.blocked:
        return fill(turn.knowledge.texts.staff.blocked)
    order = TakeBack(to=turn.chat, refs=tuple(sent), ticket=now.number, by=who, asked=said.ref)
    turn.order(order)
    return ""


def taken(turn: Turn, number: str, fact: TakenBack) -> None:
    """Keep what was taken back and by whom, and answer whoever wanted it."""
    now = turn.tickets.get(number)
    if now is None:
        return
    known = (turn.noted(ref) for ref in fact.refs)
    gone = [each for each in known if each and each.who == "agent" and not each.taken_back]
    for line in gone:
        by = fact.by.name
        turn.lines.append(replace(line, seq=turn.seq, edit=True, taken_back=by))
    if gone:
        _follows(turn, now, gone)
        _record(turn, now, fact)
        card.refresh(turn, number, news=True)
    room, texts = Room(number, now.tier), turn.knowledge.texts.agents
    if fact.left:
        told = _why_not(turn, fact)
        turn.order(Send(to=room, text=told, reply_to=fact.asked))
    else:
        turn.order(marked(turn.knowledge, room, fact.asked, fill(texts.unsent)))


def failed(turn: Turn, effect: TakeBack, reason: str) -> None:
    """None of it could be taken back."""
    left = TakenBack(effect.by, effect.asked, refs=(), left=effect.refs, reason=reason)
    taken(turn, effect.ticket, left)


def _why_not(turn: Turn, fact: TakenBack) -> Html:
    texts = turn.knowledge.texts.agents
    reason = turn.knowledge.texts.staff.refusals[fact.reason]
    if not fact.refs:
        return fill(texts.unsend_failed, reason=reason)
    count = len(fact.refs) + len(fact.left)
    return fill(texts.unsend_part, count=count, left=len(fact.left), reason=reason)


def _follows(turn: Turn, now: Ticket, gone: list[Line]) -> None:
    """Who writes next is named again, and a person whose only answer it was waits for another."""
    now = replace(now, voice="")
    if any(line.at == now.replied_at for line in gone):
        now = replace(now, replied_at=None)
        last = next((line for line in reversed(turn.tail()) if not line.taken_back), None)
        asks = last is not None and last.who == "person" and now.status == "open"
        if asks and now.waiting is not None:
            now = replace(now, waiting=now.waiting.waits(turn.at))
    turn.put(now)


def _record(turn: Turn, now: Ticket, fact: TakenBack) -> None:
    turn.record(
        Record(
            at=turn.at,
            kind="message",
            what="taken_back",
            role="agent",
            agent=fact.by.address,
            ticket=now.number,
            owner=now.owner.address if now.owner else "",
            to_status=now.status,
            to_tier=now.tier,
        )
    )
