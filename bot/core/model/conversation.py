"""A conversation as it stands: where somebody is, and what they have told so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.core.model.extract import Told
from bot.core.model.message import Item, Line, Person, Ref
from bot.core.model.ticket import Match, Slot


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
class Draft:
    """What is known of a problem before there is a ticket; empty again when it became one, was
    solved or dropped.

    `skipped` are the fields that the person could not tell, `files` what they sent, `told` what
    those say of the invoice, `matched` what the FAQ answered.
    """

    slots: Mapping[str, Slot] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    files: tuple[Item, ...] = ()
    told: tuple[Told, ...] = ()
    matched: Match | None = None

    def anew(self) -> Draft:
        """The same without its answers: another problem, of which the files may tell too."""
        return replace(self, slots={}, skipped=())


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
class Conversation:
    """`turn` is the number of the latest question, so that a button of an older one is known as
    such.

    `offered` are the entries that were just offered to choose from, and `reminder` is the
    `flow/step` that a timer will ask. `since` is the number of the event that ended their last
    ticket: what was said before belongs to that one. `heard_at` is when something was last said
    here. At `thin_at` it is looked whether something is old enough to go. `thread` is the topic of
    their private chat in which the person wrote last. That of nobody, such as of a person who was
    erased, has the address "". `verdict` is the number of the event in which the FAQ was asked
    last, while what comes next may judge it, `judged` of the one judged last.
    """

    id: str
    address: str
    person: Person
    turn: int = 0
    progress: Progress | None = None
    draft: Draft = Draft()
    abstained: int = 0
    offered: tuple[str, ...] = ()
    reminder: str | None = None
    albums: Mapping[str, Album] = field(default_factory=dict)
    settled: Mapping[str, Settled] = field(default_factory=dict)
    blocked: bool = False
    flood: Flood | None = None
    since: int = 0
    heard_at: datetime | None = None
    thin_at: datetime | None = None
    thread: int | None = None
    verdict: int = 0
    judged: int = 0
