"""A ticket as it stands: one row, with what is known of its invoice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from bot.core.model.extract import Told
from bot.core.model.message import Person

Status = Literal["new", "open", "pending", "resolved", "closed"]
About = Literal["choice", "said", "nothing", "erased", "thinned"]

_BOUND = re.compile(r"([^.:]+)\.(0|[1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class Slot:
    """A field's or step's filled value; `warning` is a key of `faq/messages/zh/fields.toml`.

    `by` is the number of the message that told it, 0 where that is not known, `at` when that was;
    `from_file`: a file that came with it told it, not its person.
    """

    text: str
    warning: str | None = None
    by: int = 0
    at: datetime | None = None
    from_file: bool = False


Side = Literal["said", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A file says of a field or fact (`of`) something else than its person did.

    `said` stands until the person chose which is `right`; that they are asked stops after a few
    times (`asked`). Of a fact, `read` is the value that follows from what the file says.
    """

    of: str
    said: Slot
    read: Slot
    right: Side | Literal[""] = ""
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a ticket is about in a few words: the `choice` `text` (an id) of a `field`, what was
    `said`, or `nothing` in particular. Of one whose texts are gone only that is known.
    """

    kind: About
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
class Bound:
    """A ticket at one of its versions, written `F2222.3`."""

    number: str
    version: int

    def __str__(self) -> str:
        return f"{self.number}.{self.version}"

    @classmethod
    def read(cls, text: str) -> Bound | None:
        """What was written so, or None."""
        found = _BOUND.fullmatch(text)
        return cls(found[1], int(found[2])) if found else None


RESOLVE = "resolve"
"""The clock of the solution; the others are of a word to the person."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which nothing was to be done for a ticket; without `until` it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long a ticket waits at its tier, kept so that a changed calendar changes what is due.

    `entered_at` is when the tier got it, `targets` are working minutes by clock
    (`bot.core.tickets.clocks`), `since` is when the person began to wait for word, None while they
    do not, `owned_at` when its owner got it; `replied`: the tier has answered before. `told` are
    the stages that were told, each as `clock:stage`, `missed` the clocks that were late, at any
    tier. `strikes_at` is when the next stage comes.
    """

    entered_at: datetime
    targets: Mapping[str, int] = field(default_factory=dict)
    since: datetime | None = None
    owned_at: datetime | None = None
    replied: bool = False
    pauses: tuple[Pause, ...] = ()
    told: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    strikes_at: datetime | None = None

    @property
    def paused(self) -> bool:
        """Whether nothing is to be done for now."""
        return bool(self.pauses) and self.pauses[-1].until is None

    def waits(self, at: datetime) -> Waiting:
        """The person wrote what wants an answer; whoever waits already waits on."""
        return self if self.since is not None else replace(self, since=at)

    def answered(self) -> Waiting:
        """The person got word."""
        told = tuple(each for each in self.told if each.startswith(f"{RESOLVE}:"))
        return replace(self, since=None, replied=True, told=told)

    def pause(self, at: datetime) -> Waiting:
        """Nothing is to be done from now on."""
        return self if self.paused else replace(self, pauses=(*self.pauses, Pause(at)))

    def go_on(self, at: datetime) -> Waiting:
        """Something is to be done again."""
        if not self.paused:
            return self
        *before, last = self.pauses
        return replace(self, pauses=(*before, replace(last, until=at)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """`opened_by` is the number of the event that opened it, `since` of the one after which its
    history begins: what was said in between led to it.

    `version` grows when buttons shown before would mean something else, see `transitions.STEADY`.
    `told` is what the person's files say of the invoice, `invoice` what tells that one from all
    others, `shared` are the numbers of other people's tickets about it, `conflicts` what the files
    say otherwise than the person. `complaint` is what they wrote first of it, `skipped` what they
    could not tell, `hints` what their words may tell (`conversation.Draft`). `private`: something
    was said in it that its room shows masked. `waiting` is None where the ticket has no clock, and
    `due_at` when the first of its clocks is due, or its `deadline` comes: the day of which its
    person knew when it was opened. `next_date` is by when its person was promised to hear more.
    `progress_at` is when they are told how it stands if nothing else is said; `patient`: they wrote
    that they wait. `voice` is the address of the agent who wrote to them last, `stars` are what
    they gave for how it went: None before they were asked, 0 until they answer. Until
    `snoozed_until` nobody is to work on it, `tags` are words that agents gave it. `name` and
    `username` are those of its person when it last changed its status. `acked_at` is when the
    person was last told in words that a message arrived, `replied_at` when an agent last wrote to
    them, `ended_by` the event that closed it. `revealed` is which part of what its room shows
    masked each agent, by address, reads at their next press.
    """

    number: str
    summary: Summary
    status: Status
    tier: str
    opened_at: datetime
    opened_by: int = 0
    since: int = 0
    owner: Person | None = None
    slots: Mapping[str, Slot] = field(default_factory=dict)
    noting: tuple[str, ...] = ()
    asked: str | None = None
    matched: Match | None = None
    acked_at: datetime | None = None
    first_reply_at: datetime | None = None
    replied_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 0
    told: tuple[Told, ...] = ()
    invoice: str | None = None
    shared: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    complaint: str = ""
    skipped: tuple[str, ...] = ()
    hints: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    private: bool = False
    language: str = "zh"
    waiting: Waiting | None = None
    due_at: datetime | None = None
    next_date: date | None = None
    progress_at: datetime | None = None
    patient: bool = False
    stars: int | None = None
    voice: str = ""
    deadline: date | None = None
    name: str = ""
    username: str = ""
    snoozed_until: datetime | None = None
    tags: tuple[str, ...] = ()
    revealed: Mapping[str, int] = field(default_factory=dict)

    @property
    def bound(self) -> Bound:
        """What ties a button to this ticket as it stands."""
        return Bound(self.number, self.version)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a ticket that is kept: its name in the vault, what it is called, when it came."""

    name: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of a ticket as its person sees in a list."""

    number: str
    status: Status
    summary: Summary
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """As much of a person's other tickets as a new one is compared with."""

    number: str
    opened_at: datetime
    invoice: str | None
