"""A conversation with its tickets: all the state there is, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.model.extract import Told
from bot.core.model.message import Item, Person, Ref

Status = Literal["new", "open", "pending", "resolved", "closed"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A field's or step's filled value; `warning` is a key of `faq/messages/zh/fields.toml`.

    `by` is the number of the message that told it, 0 where that is not known.
    """

    text: str
    warning: str | None = None
    recognised: bool = False
    by: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a ticket is about in a few words: the `choice` `text` (an id) of a `field`, what was
    `said`, or `nothing` in particular. Of one whose texts are gone only that is known.
    """

    kind: Literal["choice", "said", "nothing", "erased", "thinned"]
    text: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The FAQ entry that came first for a question, why, and the one that came next ("" for none).

    `score` is a probability; `evidence` is how much each of `bot.matching.explain.GROUPS` adds to
    the entry's strength.
    """

    entry: str
    score: float
    phrasing: str
    evidence: Mapping[str, float]
    next_entry: str = ""
    next_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the talk. `who` is person, desk, agent or note (which stays inside)."""

    at: datetime
    who: Literal["person", "desk", "agent", "note"]
    name: str
    text: str
    item: Item | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where somebody stands in a flow.

    `trail` holds the questions asked before, as `flow/step`, for going back. `editing` is the field
    that is being corrected from the summary, `question` the HTML that was asked.
    """

    flow: str
    step: str
    asked_at: datetime
    trail: tuple[str, ...] = ()
    editing: str | None = None
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """`version` grows when buttons shown before would mean something else, see `ticket.STEADY`.

    `told` is what the person's files say of the invoice, `shared` the numbers of other people's
    tickets about the same one.
    """

    number: str
    summary: Summary
    status: Status
    tier: str
    opened_at: datetime
    owner: Person | None = None
    slots: Mapping[str, Slot] = field(default_factory=dict)
    talk: tuple[Line, ...] = ()
    noting: tuple[int, ...] = ()
    asked: str | None = None
    matched: Match | None = None
    acked_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 0
    told: tuple[Told, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def bound(self) -> str:
        """What ties a button to this ticket as it stands: the number and the version."""
        return f"{self.number}.{self.version}"


@dataclass(frozen=True, slots=True)
class Flood:
    """How many messages came `since`; from a mute `until`, those `kept` and how many were not."""

    since: datetime
    count: int = 0
    until: datetime | None = None
    kept: tuple[Line, ...] = ()
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Album:
    """Messages of one album that have come so far, from `who`; `room` is the agent's ticket."""

    items: tuple[Item, ...]
    room: str | None = None
    reply_to: Ref | None = None
    text: str = ""
    who: Person | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an album, which a piece that comes later shares.

    `went` is where: to the `ticket`'s agents or to its person, inside as a note, or it was kept
    while there was no ticket. `first` is its first message.
    """

    went: Literal["room", "person", "note", "kept"]
    first: Ref
    ticket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`turn` counts the questions asked, so that a button of an older one is known as such.

    `offered` are the entries that were just offered to choose from, `skipped` the fields that the
    person could not tell, and `reminder` is the `flow/step` that a timer will ask. At `thin_at` it
    is looked whether something is old enough to go. `thread` is the topic of their private chat in
    which the person wrote last. `told` is what files say that came before there
    is a ticket.
    """

    id: str
    chat: int
    person: Person
    turn: int = 0
    progress: Progress | None = None
    slots: Mapping[str, Slot] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    files: tuple[Item, ...] = ()
    talk: tuple[Line, ...] = ()
    abstained: int = 0
    offered: tuple[str, ...] = ()
    matched: Match | None = None
    reminder: str | None = None
    albums: Mapping[str, Album] = field(default_factory=dict)
    settled: Mapping[str, Settled] = field(default_factory=dict)
    tickets: tuple[Ticket, ...] = ()
    blocked: bool = False
    flood: Flood | None = None
    thin_at: datetime | None = None
    thread: int | None = None
    told: tuple[Told, ...] = ()

    @property
    def ticket(self) -> Ticket | None:
        """The ticket that is not closed; there is at most one."""
        return next((t for t in reversed(self.tickets) if t.status != "closed"), None)

    def named(self, number: str) -> Ticket | None:
        """The ticket with this number, whatever its status."""
        return next((t for t in self.tickets if t.number == number), None)
