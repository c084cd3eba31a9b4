"""What a subject is told: by another one's order (`Tell`), by a loop, or by an operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.model.extract import Told
from bot.core.model.message import Person, Ref
from bot.core.model.ticket import Slot


@dataclass(frozen=True, slots=True)
class Reported:
    """To an invoice: another open ticket is about it now."""

    kind: Literal["reported"] = "reported"


@dataclass(frozen=True, slots=True)
class Shared:
    """To a ticket: these tickets of other people, open as it is, are about the same invoice."""

    others: tuple[str, ...]
    kind: Literal["shared"] = "shared"


@dataclass(frozen=True, slots=True)
class Moved:
    """To a tier: its group goes on under another address; to a ticket: so did that of its room."""

    tier: str
    kind: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True)
class Closed:
    """To a ticket: somebody closed the topic of its room in this tier by hand."""

    tier: str
    kind: Literal["closed"] = "closed"


@dataclass(frozen=True, slots=True)
class Left:
    """That a ticket has left its room in this tier, as it was told there (HTML)."""

    tier: str
    text: str


@dataclass(frozen=True, slots=True)
class Housed:
    """To a ticket that has `left` a room: where its new one is, by the address of its topic."""

    left: Left
    link: str
    kind: Literal["housed"] = "housed"


@dataclass(frozen=True, slots=True)
class Reopened:
    """To a ticket: somebody had closed that topic, and the desk opened it to be able to speak."""

    tier: str
    kind: Literal["reopened"] = "reopened"


@dataclass(frozen=True, slots=True)
class Unverified:
    """To a ticket: whether somebody in its room belongs to the group cannot be told for now; to a
    tier: the same of somebody in its group, in the topic `thread`.

    `ref` is the message that waits for it; None where it is a press.
    """

    tier: str
    ref: Ref | None
    thread: int | None = None
    kind: Literal["unverified"] = "unverified"


@dataclass(frozen=True, slots=True)
class Erased:
    """To a conversation: its person had everything erased, at another of their addresses."""

    kind: Literal["erased"] = "erased"


@dataclass(frozen=True, slots=True)
class Joined:
    """To a conversation, by an operator: whoever is at this address is its person as well."""

    address: str
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True)
class Unowned:
    """To a tier whose tickets are dealt by turns: nobody owns this one, which is not for the agent
    at the address `besides`.
    """

    ticket: str
    besides: str = ""
    kind: Literal["unowned"] = "unowned"


@dataclass(frozen=True, slots=True)
class Given:
    """To a ticket: it is the turn of this agent of the tier to own it."""

    tier: str
    agent: Person
    kind: Literal["given"] = "given"


@dataclass(frozen=True, slots=True)
class Returned:
    """To a ticket: the agent at this address is away and gives it back."""

    owner: str
    kind: Literal["returned"] = "returned"


@dataclass(frozen=True, slots=True)
class Merged:
    """To a ticket: another one of its person is part of it now, with what was known of that."""

    ticket: str
    slots: Mapping[str, Slot]
    told: tuple[Told, ...] = ()
    tags: tuple[str, ...] = ()
    kind: Literal["merged"] = "merged"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """To a ticket: its person does not have these messages any more, as the agent `by` had wanted
    in message `asked`; those `left` they still have, for a `reason` of `REASONS`.
    """

    by: Person
    asked: Ref
    refs: tuple[Ref, ...]
    left: tuple[Ref, ...] = ()
    reason: str = ""
    kind: Literal["taken_back"] = "taken_back"


Fact = (
    Reported
    | Shared
    | Moved
    | Closed
    | Reopened
    | Unverified
    | Erased
    | Joined
    | Unowned
    | Given
    | Returned
    | Housed
    | Merged
    | TakenBack
)
