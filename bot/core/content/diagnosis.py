"""What the desk knows of why an invoice does not show: facts that people tell, and causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from bot.core.content.authored import Authored
from bot.core.content.wording import (
    Between,
    EntryId,
    Id,
    Label,
    OneLine,
    OptionalLabel,
    OptionalLine,
    OptionalText,
    Passage,
    Phrase,
    Text,
    Title,
)

CAUSE, REPLY = "cause", "reply"
"""Beside the facts: what people let slip of a cause, and what may be said to any question."""
SOLVED, FAILED, LATER, UNSURE = "solved", "failed", "later", "unsure"
"""Replies: it works, it did not help, ask me again tomorrow, the person cannot tell."""
ANY = "any"
"""The examples that are of no cause in particular."""
UNKNOWN = "unknown"
"""The value of some facts with which a person says, in words of its own, that they cannot tell."""
ASKS, DOING = "asks", "doing"
"""Outcomes of a remedy beside the replies: its person asks back, or is about to try."""
Outcome = Literal["solved", "failed", "later", "unsure", "asks", "doing"]
Needs = Literal["self", "seller", "buyer", "hall", "hotline", "provider"]
Weight = Annotated[int, Between(1, 10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Authored):
    """One of the answers to a fact: its button, what it is called where its question does not stand
    above it (`alone`), how common it is (`weight`, 1 to 10), and how people say it.

    It also follows from what is known of the invoice: `days` from how many days ago, first and
    last, it was issued; `kinds` from its kind (`bot.core.invoice.classify.KindId`); `regions` from
    the two digits of its region, where `*` stands for any other.
    """

    id: Id
    label: Label
    alone: OptionalLabel = ""
    weight: Weight = 5
    phrasings: tuple[Phrase, ...] = ()
    days: tuple[int, int] | None = None
    kinds: tuple[Id, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Authored):
    """Something that tells causes apart, `faq/facts/ID.toml`: a short question and its answers.

    With `first` it is what people begin with: who told anything in their own words is not asked.
    `unless` are values, by fact, with which it would make no sense to ask. `why` tells whoever
    wonders what the question is for.
    """

    id: Id
    label: Label
    ask: OneLine
    why: OptionalLine = ""
    first: bool = False
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: tuple[Value, ...]

    @property
    def is_of_kind(self) -> bool:
        """Whether it follows from the kind of the invoice."""
        return any(value.kinds for value in self.values)

    def value(self, id_: str) -> Value | None:
        """The value with this id."""
        return next((value for value in self.values if value.id == id_), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Authored):
    """Why an invoice may not show, `faq/causes/ID.toml`.

    `weight` is how common it is, 1 to 10. `facts` are the values that go with it, by fact; a fact
    that is not named says nothing of it. `never` are values that exclude it. `phrasings` are ways
    in which people tell it without being asked. `remedy` is what to do and `check` the question
    whether it helped. Of somebody else (`needs`) it is asked by `message`, which is filled in as
    the words of `bot.core.content.texts.Letters`. `later`: time may heal it, so the person may be
    asked again the next day.
    """

    id: EntryId
    title: Title
    weight: Weight
    phrasings: tuple[Phrase, ...] = ()
    remedy: Text
    check: OptionalText = ""
    needs: Needs = "self"
    message: Passage = ""
    later: bool = False
    source: OneLine
    checked: date
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Authored):
    """What somebody wrote, with the value of each fact that it tells; `tells`: whoever knows the
    trade would guess the cause from it.
    """

    text: Phrase
    tells: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples(Authored):
    """What people with one cause write first, `faq/examples/CAUSE.toml`; under `any` of no cause in
    particular. From these the desk learns to hear facts and causes in whole messages.
    """

    id: EntryId
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Authored):
    """`faq/diagnosis.toml`: the facts in the order in which they are asked where two tell as much,
    how many questions come before the first remedy, and how many remedies before a ticket;
    `replies` are `SOLVED`, `FAILED`, `LATER` and `UNSURE` with how people say them.
    """

    facts: tuple[Id, ...]
    replies: tuple[Value, ...]
    questions: Annotated[int, Between(1, 6)] = 6
    remedies: Annotated[int, Between(1, 5)] = 3
