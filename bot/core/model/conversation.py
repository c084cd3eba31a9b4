"""A conversation as it stands: where somebody is, and what they have told so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from bot.core.model.extract import Told
from bot.core.model.message import Item, Line, Person, Ref
from bot.core.model.ticket import Conflict, Match, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where somebody stands in a flow.

    `trail` holds the questions asked before, as `flow/step`, for going back. `editing` is the field
    that is being corrected from the summary, `settling` the field or fact of which is asked, before
    the step goes on, whether its person or a file is right. `question` is the HTML that was asked,
    `rounds` how many messages in a row left all as it was.
    """

    flow: str
    step: str
    asked_at: datetime
    trail: tuple[str, ...] = ()
    editing: str | None = None
    settling: str | None = None
    question: str = ""
    rounds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a problem before there is a ticket; empty again when it became one, was
    solved or dropped.

    `skipped` are the fields that the person could not tell, `files` what they sent, `told` what
    those say of the invoice, `matched` what the FAQ answered, `hints` what their own words
    may tell: of each fact the values, under `cause` the causes, with their probability;
    `conflicts` are what files say otherwise than the person did. `complaint` is what they wrote
    first of it, `begun` the number of the event with which they began to speak of it.
    """

    slots: Mapping[str, Slot] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    files: tuple[Item, ...] = ()
    told: tuple[Told, ...] = ()
    matched: Match | None = None
    hints: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    complaint: str = ""
    begun: int = 0

    def anew(self) -> Draft:
        """The same without its answers: another problem, of which the files may tell too."""
        return replace(self, slots={}, skipped=(), hints={}, conflicts=(), complaint="")


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


@dataclass(frozen=True, slots=True)
class Piece:
    """A message that waits to be read with the next one; `at` is when it was written."""

    who: Person
    ref: Ref
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """A tax deadline that a person was told; `near`: on that day or the one before."""

    day: date
    near: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """The stars that were just given for a ticket, which closed at `tier`."""

    ticket: str
    tier: str
    stars: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """`turn` is the number of the latest question, so that a button of an older one is known as
    such.

    `offered` are the entries that were just offered to choose from, `answered` is whether the last
    that the desk said was an answer from the FAQ, and `reminder` is the
    `flow/step` that a timer will ask. `since` is the number of the event that ended their last
    ticket: what was said before belongs to that one. `heard_at` is when something was last said
    here. At `thin_at` it is looked whether something is old enough to go. `thread` is the topic of
    their private chat in which the person wrote last. That of nobody, such as of a person who was
    erased, has the address "". `verdict` is the number of the event in which the FAQ was asked
    last, while what comes next may judge it, `judged` of the one judged last. `over` is the ticket
    that closed last, while nothing else was begun since, and `rating` how it went, while a
    sentence may follow. `deadline` is the last that they were told, as they had a wrong one in mind
    or a near one. Until `banned_until` nothing of theirs reaches an agent. `exported_at` is when
    they last asked for all that is kept of them.
    """

    id: str
    address: str
    person: Person
    turn: int = 0
    progress: Progress | None = None
    draft: Draft = Draft()
    abstained: int = 0
    offered: tuple[str, ...] = ()
    answered: bool = False
    reminder: str | None = None
    albums: Mapping[str, Album] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    settled: Mapping[str, Settled] = field(default_factory=dict)
    blocked: bool = False
    flood: Flood | None = None
    since: int = 0
    heard_at: datetime | None = None
    thin_at: datetime | None = None
    thread: int | None = None
    verdict: int = 0
    judged: int = 0
    over: str = ""
    rating: Rating | None = None
    deadline: Deadline | None = None
    banned_until: datetime | None = None
    exported_at: datetime | None = None
