"""Who works at a tier, and what they ask of the desk beside single tickets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.model.events import Way
from bot.core.model.ticket import Ticket

SHOWN = 20
"""Tickets that one answer lists."""
COUNTED = 1000
"""So many are counted and no more: the answer says that there are more."""
FOUND = 50
"""So many are counted of those that words find, each of which has to be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody who was seen at work in a tier's group.

    `seen_at` is when they last did something there, `dealt_at` when they were last given a ticket
    of the tier by turns, `away`: they told that they are; `load` is how many open tickets they own
    at any tier, at most `COUNTED`.
    """

    address: str
    name: str
    username: str = ""
    seen_at: datetime
    dealt_at: datetime | None = None
    away: bool = False
    load: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which tickets somebody asks for; only one of these is told.

    `owner`: those that wait for this agent (an address), the most urgent first. `tiers`: those that
    wait there, nobody's first, each the most urgent first. `like`: every one of the person of the
    ticket with this number, `number` and `invoice` those of this number and about this invoice.
    `words`: those found by each of several words, the newest first; a word stands for any of a few,
    of which `field:choice` is a summary that is a choice. At most so many (`most`) are brought.
    """

    owner: str = ""
    tiers: tuple[str, ...] = ()
    like: str = ""
    number: str = ""
    invoice: str = ""
    words: tuple[tuple[str, ...], ...] = ()
    most: int = SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a search came to: the first `tickets`, and how many there are (`count`, at most
    `counted`); `ways` lead to their rooms, by their numbers.
    """

    tickets: tuple[Ticket, ...] = ()
    count: int = 0
    counted: int = COUNTED
    ways: Mapping[str, Way] = field(default_factory=dict)
