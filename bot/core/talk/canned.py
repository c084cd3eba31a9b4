"""Canned replies: how agents are offered one, and what its variables are in a ticket.

An agent chooses one outside of any ticket, and their message shows `{发票号码}`. Only where it is
passed on it is known whose number that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.core.content.knowledge import Knowledge
from bot.core.content.replies import Reply
from bot.core.model.message import Item, Person
from bot.core.model.ticket import Ticket
from bot.core.talk import letters
from bot.core.text import calendar
from bot.core.text.render import Html, escaped, fill, plain
from bot.core.tickets import summary
from bot.core.turn import Turn

_VARIABLE = re.compile(r"\{([^{}<>]+)\}")


@dataclass(frozen=True, slots=True)
class Case:
    """Whose ticket it is, and which agent writes; `told` is what letters may tell of it."""

    turn: Turn
    ticket: Ticket
    agent: Person
    told: Mapping[str, str]


def _summary(case: Case) -> str:
    about = case.ticket.summary
    known = about.kind in ("choice", "said")
    return summary.shown(case.turn.knowledge, about) if known else ""


def _told(name: str) -> Callable[[Case], str]:
    return lambda case: case.told.get(name, "")


def _day(day: date | None) -> str:
    return calendar.shown(day.isoformat()) if day is not None else ""


VARIABLES: Mapping[str, Callable[[Case], str]] = {
    "name": lambda case: case.turn.conversation.person.name,
    "agent": lambda case: case.agent.name,
    "tier": lambda case: case.turn.knowledge.tiers.named(case.ticket.tier).name,
    "ticket": lambda case: case.ticket.number,
    "summary": _summary,
    **{name: _told(name) for name in ("number", "date", "amount", "seller")},
    "promised": lambda case: _day(case.ticket.next_date),
    "deadline": lambda case: _day(case.ticket.deadline),
}
"""What may stand in braces, and its value in a ticket, "" where that is not known."""


def offered(knowledge: Knowledge, reply: Reply) -> Html:
    """A canned reply as an agent chooses and sends it: each variable by what agents call it."""
    names = knowledge.texts.agents.variables
    return fill(reply.text, **{name: f"{{{label}}}" for name, label in names.items()})


@dataclass(frozen=True, slots=True)
class Filled:
    """A message with its variables filled; `missing` are those of which nothing is known, by what
    agents call them, and `changed` tells whether there were any.
    """

    items: tuple[Item, ...]
    missing: tuple[str, ...] = ()
    changed: bool = False


def filled(turn: Turn, ticket: Ticket, agent: Person, items: tuple[Item, ...]) -> Filled:
    """What is passed on of a message in this ticket.

    Only what came from the desk itself has variables: nobody can have typed or changed it. Whatever
    else stands in braces is what its writer meant to say.
    """
    if not any(item.offered for item in items):
        return Filled(items)
    names = turn.knowledge.texts.agents.variables
    known = {escaped(label): VARIABLES[name] for name, label in names.items()}
    case = Case(turn, ticket, agent, letters.values(turn.knowledge, ticket.slots))
    said = {
        label: known[label](case)
        for item in items
        for label in _VARIABLE.findall(item.html)
        if label in known
    }

    def value(met: re.Match[str]) -> str:
        return escaped(said[met[1]]) if met[1] in said else met[0]

    whole = tuple(replace(item, html=_VARIABLE.sub(value, item.html)) for item in items)
    missing = tuple(plain(label) for label, text in said.items() if not text)
    return Filled(whole, missing, bool(said))
