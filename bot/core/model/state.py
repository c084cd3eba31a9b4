"""What a decision is made from, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.model.agents import Agent
from bot.core.model.conversation import Conversation
from bot.core.model.digest import Figures
from bot.core.model.effects import Effect
from bot.core.model.message import Line, Ref
from bot.core.model.record import Happened, Record
from bot.core.model.ticket import Brief, Earlier, Kept, Ticket

TAIL = 12
"""Lines of people that are at hand for every event; a card shows six."""
EARLIER = 20
"""Tickets of a person with which a new one is compared, the latest ones."""
FILES = 30
"""Files of a ticket that an agent may choose from; as many buttons are readable."""
MINE = 10
"""Tickets of a person that are shown at a time."""
QUEUE = 51
"""New tickets of a tier of which is known when they are due: of more, that there are more."""
HISTORY = 500
"""Lines of a ticket that another tier is shown, the latest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What an event needs of the past beside what every event gets.

    `ticket` is a number, whatever its status, `lines` are messages of which is asked what they say,
    `run` asks for so many messages of the agents from one on, `sent` for one that an agent sent to
    the person, with all of the album that it is of, `history` for every line of a ticket, `twin` is
    the number of another ticket of the person, wherever it is, `agents` asks for those who were
    seen at this tier, `away` for those who are not at work, `erased` is the number of one whose
    person was erased, `ends` asks for when each was closed whose texts are still kept, `files` for
    the files of a ticket, `elsewhere` for the person's other conversations, and `queues` for who
    else waits at each tier. `mine` asks for the person's tickets at every address, but for so many
    of the latest, and `shown` is the number of one of those.
    """

    ticket: str = ""
    lines: tuple[Ref, ...] = ()
    run: tuple[Ref, int] | None = None
    sent: Ref | None = None
    history: str = ""
    erased: str = ""
    ends: bool = False
    files: str = ""
    elsewhere: bool = False
    queues: bool = False
    mine: int | None = None
    shown: str = ""
    agents: str = ""
    away: bool = False
    twin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The conversation, its ticket that is not closed, the one that closed last while it may go on
    (`Conversation.over`), and those that the event needs, by number; the `tail`: the last lines of
    people, oldest first; `earlier` tickets of the person in short, of every address, latest first.

    Only where they are needed: `lines` by their message, as they read now, in the order in which
    they were said; the `history` of a ticket, oldest first; `ends`; the `files` that are kept of
    a ticket, oldest first; `elsewhere`, the subjects of the person's other conversations; `queues`,
    by tier when its new tickets are due, the first `QUEUE` of them, and in how many working minutes
    it is `usual` to answer first there. Of these two a flow may tell at its end: they come with it.
    `mine` are one more than `MINE` of the person's tickets, the latest first, without the `skipped`
    latest; `shown` is one of theirs, and what `happened` to it, oldest first. The `twin` is None
    where it is nobody's or somebody else's. `agents` are those of a tier, who was seen last first,
    and `away` the addresses of those who are not at work.
    """

    conversation: Conversation
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    tail: tuple[Line, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    lines: Mapping[Ref, Line] = field(default_factory=dict)
    history: tuple[Line, ...] = ()
    ends: tuple[datetime, ...] = ()
    files: tuple[Kept, ...] = ()
    elsewhere: tuple[str, ...] = ()
    queues: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    usual: Mapping[str, int] = field(default_factory=dict)
    mine: tuple[Brief, ...] = ()
    skipped: int = 0
    shown: Ticket | None = None
    happened: tuple[Happened, ...] = ()
    twin: Ticket | None = None
    agents: tuple[Agent, ...] = ()
    away: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The open tickets about one invoice, or of one tier, each with its person's number, the oldest
    first; or the `agents` who were seen at a tier, with their loads; or how it stands (`figures`),
    None where that is not to be told.
    """

    tickets: tuple[tuple[str, int], ...] = ()
    agents: tuple[Agent, ...] = ()
    figures: Figures | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The conversation, if it was one's event, and the `tickets` that changed, as they are to be;
    what was said (`lines`) is added to the history, what happened (`records`) to the record.
    """

    conversation: Conversation | None = None
    tickets: tuple[Ticket, ...] = ()
    lines: tuple[Line, ...] = ()
    records: tuple[Record, ...] = ()
    effects: tuple[Effect, ...] = ()
