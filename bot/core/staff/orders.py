"""Commands of agents that say more than their name: `/next 12月5日`.

Each function gets the turn, the ticket, the agent and what stands behind the command; it returns
what the agent is told, "" for nothing, and a `Receipt` where it says only that it was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.model.message import Person
from bot.core.model.ticket import Ticket
from bot.core.staff import actions, assigning
from bot.core.staff.receipts import Receipt
from bot.core.text import private
from bot.core.text.render import fill, shortened
from bot.core.tickets import (
    banning,
    card,
    lifecycle,
    merging,
    promises,
    snoozing,
    transitions,
)
from bot.core.turn import Turn
from bot.core.values import coming

NONE = "0"
"""What takes an order back."""
TAGS, TAG = 10, 12
"""Tags of a ticket, and characters of each."""
# What a channel leaves addressed is for another bot.
_COMMAND = re.compile(r"/([A-Za-z]+(?:@\w+)?|\w+)(.*)", re.DOTALL)

Order = Callable[[Turn, Ticket, Person, str], str]


def named(text: str) -> tuple[str, str]:
    """The name of a command and what stands behind it, be it after a line break or no space."""
    found = _COMMAND.match(text)
    return (found[1].lower(), found[2].strip()) if found else ("", "")


def next_date(turn: Turn, now: Ticket, agent: Person, said: str) -> str:
    """Promise the person a day by which they hear more."""
    texts = turn.knowledge.texts
    if now.status not in ("new", "open", "pending"):
        return fill(texts.staff.not_now)
    if (day := coming.day(said, turn.context)) is None:
        return fill(texts.service.date_unread)
    promises.given(turn, now, day, now.owner.name if now.owner else agent.name)
    return ""


def snooze(turn: Turn, now: Ticket, agent: Person, said: str) -> str:
    """Put the ticket off until a moment, or with 0 take that back."""
    texts = turn.knowledge.texts
    if (refusal := actions.taken(turn, now, agent)) is not None:
        return refusal
    if now.status not in ("new", "open", "pending"):
        return fill(texts.staff.not_now)
    if said == NONE:
        return snoozing.wake(turn, now) or ""
    until = coming.moment(said, turn.context, turn.knowledge.calendar)
    if until is None:
        return fill(texts.agents.snooze_how)
    snoozing.put_off(turn, now, until, agent.name)
    return ""


def tag(turn: Turn, now: Ticket, agent: Person, said: str) -> str:
    """Give the ticket words, and with - before them take them away."""
    texts, tags = turn.knowledge.texts.agents, list(now.tags)
    if not said:
        return fill(texts.tag_how)
    for word in said.split():
        name = shortened(private.hidden(word.lstrip("-－#＃")), TAG)
        if word[0] in "-－":
            tags = [each for each in tags if each != name]
        elif name and name not in tags:
            tags.append(name)
    turn.put(replace(now, tags=tuple(tags[:TAGS])))
    card.refresh(turn, now.number)
    shown = " ".join(tags[:TAGS])
    return Receipt(fill(texts.tagged, tags=shown) if tags else fill(texts.untagged))


def ban(turn: Turn, now: Ticket, agent: Person, said: str) -> str:
    """Keep the person from writing to agents for a while, for a reason; with 0 let them again."""
    texts, (long, *why) = turn.knowledge.texts.agents, (*said.split(maxsplit=1), "")[:2]
    if long == NONE:
        return banning.end(turn, agent.name)
    lasts, reason = coming.span(long), " ".join(why).strip()
    if lasts is None or not reason or lasts > banning.LONGEST:
        return fill(texts.ban_how)
    banning.begin(turn, turn.at + lasts, agent.name, reason)
    return ""


def merge(turn: Turn, now: Ticket, agent: Person, said: str) -> str:
    """Make the ticket a part of another open one of the same person."""
    texts, twin = turn.knowledge.texts.agents, turn.state.twin
    if (refusal := actions.taken(turn, now, agent)) is not None:
        return refusal
    number = lifecycle.number_in(said.upper())
    if not number or number == now.number:
        return fill(texts.merge_how)
    if twin is None:
        return fill(texts.merge_stranger, number=number)
    if twin.status in ("resolved", "closed") or not transitions.may(now, "merge"):
        return fill(turn.knowledge.texts.staff.not_now)
    merging.into(turn, now, twin, agent)
    return ""


ORDERS: Mapping[str, Order] = {
    "next": next_date,
    "assign": assigning.assign,
    "snooze": snooze,
    "tag": tag,
    "ban": ban,
    "merge": merge,
}
