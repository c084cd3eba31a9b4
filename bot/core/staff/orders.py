"""Commands of agents that say more than their name: `/next 12月5日`.

Each function gets the turn, the ticket, the agent and what stands behind the command; it returns
what the agent is told, "" for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.core.model.message import Person
from bot.core.model.ticket import Ticket
from bot.core.staff import assigning
from bot.core.text.render import fill
from bot.core.tickets import promises
from bot.core.turn import Turn
from bot.core.values import coming

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


ORDERS: Mapping[str, Order] = {"next": next_date, "assign": assigning.assign}
