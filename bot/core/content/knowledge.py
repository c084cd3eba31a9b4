"""What the authors wrote: the `faq/` folder as frozen values.

`bot.app.load` reads and checks the files once; the core only looks things up here. Every class is
the shape of one table in a TOML file, so an unknown key or a wrong type is an author's mistake that
`load` reports with file and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.core.content.authored import Authored
from bot.core.content.calendar import Calendar
from bot.core.content.glossary import Term
from bot.core.content.likelihood import Diagnosis
from bot.core.content.limits import Limits
from bot.core.content.replies import Reply
from bot.core.content.texts import Texts
from bot.core.content.vocabulary import Vocabulary
from bot.core.content.wording import (
    Address,
    AnswerText,
    Days,
    EntryId,
    Example,
    Hour,
    Hours,
    Icon,
    Id,
    Label,
    Lines,
    Minutes,
    OneLine,
    OptionalLabel,
    OptionalLine,
    OptionalText,
    Phrase,
    Text,
    TimeOfDay,
    Title,
)
from bot.core.model.extract import Key
from bot.matching import Facts, Lexicon, Matcher, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Authored):
    """A FAQ entry, `faq/entries/ID.toml`.

    `answer` is plain text in which `**words**` are bold; `next` is where whom it did not help most
    likely has to go; `causes` are those whose remedy it tells; `checked` is the day on which
    somebody last compared it with its `source`; `valid_until` is the last day
    on which what it says of days to come holds.
    """

    id: EntryId
    title: Title
    category: str
    phrasings: tuple[Phrase, ...]
    answer: AnswerText
    causes: tuple[EntryId, ...] = ()
    related: tuple[str, ...] = ()
    next: Literal["diagnose", "human"] | None = None
    source: OneLine
    checked: date
    valid_until: date | None = None

    def expired(self, day: date) -> bool:
        """Whether what it says of days to come no longer holds on this day."""
        return self.valid_until is not None and day > self.valid_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Authored):
    """A shelf of the FAQ, in `faq/categories.toml`."""

    id: Id
    name: Label
    icon: Icon


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Authored):
    """One of the values that a field may have: `id` is stored and compared, `label` is shown."""

    id: Id
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Authored):
    """What a ticket may know of an invoice, a block in `faq/fields.toml`.

    `kind` names how a value is read (`bot.core.values.fields.KINDS`); `cues` are the words that
    stand before such a value in free text, or after it if they begin with …; `private` values are
    masked where they are not needed. `reads` are the values of a file that fill it
    (`bot.core.model.extract.Key`), of a party its name and its taxpayer id. `aliases` are other
    names of choices, each with the id of its choice.
    """

    id: Id
    label: Label
    kind: str
    ask: Text
    example: Example = ""
    cues: tuple[Phrase, ...] = ()
    choices: tuple[Choice, ...] = ()
    aliases: Mapping[Phrase, str] | None = None
    private: bool = False
    reads: tuple[Key, ...] = ()

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of its choices by their ids."""
        return {choice.id: choice.label for choice in self.choices}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Authored):
    """One way to answer a step: its button, the words that say the same, and where it leads.

    `say` is told before going on. `cues` are phrases that, met in free text, choose this option.
    """

    id: Id
    label: Label
    next: str
    cues: tuple[Phrase, ...] = ()
    say: OptionalText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Authored):
    """Ask again `days` days later at `hour` o'clock, Beijing time."""

    days: Days
    hour: Hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Authored):
    """One step of a flow. Exactly one of these makes its kind:

    - `options`: asks `ask` and branches by the option chosen; the option's id fills slot `id`
    - `field`: asks for that field; goes to `read` when it was given, to `unread` when it was not
      (without `unread` the field cannot be skipped), and silently to `unread` with one of the
      values, by slot, of `unless`
    - `test`: branches silently to `yes` or `no` by a named predicate of the slot `of`
      (`bot.core.values.predicates`)
    - `wait`: says `say`, then goes to `next` when the time has come
    - `summary`: shows every field to confirm or correct, then `next`
    - `flow`: goes on in that flow
    - `diagnosis`: leads silently to the one of these steps that the diagnosis chooses
    - `end`: `solved` says `say` and ends; `submit` opens the ticket and hands over

    `label` is the step's short name on the agents' card and in drawings. With a `cause` it tells
    its remedy. `why` tells whoever wonders what its question is for.
    """

    id: Id
    label: OptionalLabel = ""
    ask: OptionalText = ""
    say: OptionalText = ""
    options: tuple[Option, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    field: str | None = None
    read: str | None = None
    unread: str | None = None
    test: str | None = None
    of: str | None = None
    yes: str | None = None
    no: str | None = None
    wait: Wait | None = None
    summary: bool = False
    next: str | None = None
    flow: str | None = None
    diagnosis: tuple[str, ...] = ()
    cause: str | None = None
    why: OptionalLine = ""
    end: Literal["solved", "submit"] | None = None

    def option(self, id_: str) -> Option | None:
        """The option with this id."""
        return next((option for option in self.options if option.id == id_), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Authored):
    """A scripted conversation, `faq/flows/ID.toml`: steps by id, beginning at `start`."""

    id: Id
    title: Title
    start: str
    steps: Mapping[str, Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets(Authored):
    """Working minutes in which a tier is to do something: answer for the first time, answer what
    comes after that, and resolve the ticket.
    """

    first_reply: Minutes
    next_reply: Minutes
    resolve: Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinator(Authored):
    """Who owns each ticket that comes to a tier: their address, as `telegram:123`, and name."""

    address: Address
    name: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier(Authored):
    """A level of agents, in `faq/tiers.toml`, lowest first.

    `promise` tells a person what happens next when the ticket comes to this tier. Without
    `targets` nothing is ever due at it; without a `coordinator` its tickets wait to be claimed, or
    are assigned by turns to those who have fewest (`fair`).
    """

    id: Id
    name: Label
    promise: Lines
    targets: Targets | None = None
    coordinator: Coordinator | None = None
    assign: Literal["hand", "fair"] = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages(Authored):
    """When what is told of a target, in working minutes: its owner is reminded `remind` before it
    is due, it goes to the next tier `overdue` after that, and an owner who has not answered for
    `hand_back` hands it back.
    """

    remind: Minutes = 10
    overdue: Minutes = 30
    hand_back: Minutes = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Authored):
    """A ticket whose slot holds one of these values (ids of choices or options) enters at `tier`;
    the first rule that fits counts.
    """

    slot: str
    values: tuple[str, ...]
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers(Authored):
    """`faq/tiers.toml`. `close_after_hours`: a resolved ticket nobody objects to is closed then;
    `reopen_days`: for so long its person may have it opened again; `stages`: what is told of a
    target when; `digest`: at what time of a working day each tier is told how it stands.
    """

    tiers: tuple[Tier, ...]
    rules: tuple[Rule, ...] = ()
    close_after_hours: Hours = 72
    reopen_days: Days = 14
    stages: Stages = field(default_factory=Stages)
    digest: TimeOfDay | None = None

    def entry(self, slots: Mapping[str, str]) -> Tier:
        """The tier at which a ticket with these slot values enters."""
        fit = (rule.tier for rule in self.rules if slots.get(rule.slot) in rule.values)
        return self.named(next(fit, self.tiers[0].id))

    def named(self, tier: str) -> Tier:
        """The tier with this id; one that the authors took away still has its id for a name."""
        gone = Tier(id=tier, name=tier, promise="")
        return next((t for t in self.tiers if t.id == tier), gone)

    def above(self, tier: str) -> Tier | None:
        """The next tier up, or None from the highest."""
        ids = [t.id for t in self.tiers]
        place = ids.index(tier) + 1 if tier in ids else len(ids)
        return self.tiers[place] if place < len(ids) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The whole `faq/` folder, checked, with the matcher built on it, and the operator's limits.

    `version` is the same for the same files: 12 letters and digits.
    """

    entries: Mapping[str, Entry]
    categories: tuple[Category, ...]
    fields: Mapping[str, Field]
    flows: Mapping[str, Flow]
    diagnosis: Diagnosis
    tiers: Tiers
    texts: Texts
    lexicon: Lexicon
    matcher: Matcher
    facts: Facts
    words: Words
    wishes: Mapping[str, tuple[Phrase, ...]]
    vocabulary: Vocabulary
    glossary: Mapping[str, Term] = field(default_factory=dict)
    replies: tuple[Reply, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    version: str = ""
    limits: Limits = field(default_factory=Limits)
