"""What happened: facts in the past tense, each with its own number and time.

`seq` is the number of the inbox row, so it grows and is never used twice; times are UTC. The core
derives everything it would otherwise ask a clock or a dice for from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.model.effects import Chat, Outgoing, Room
from bot.core.model.extract import Extract
from bot.core.model.facts import Fact
from bot.core.model.message import Item, Person, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`at` is when it happened, `taken_at` when the desk took it in, if that was later.

    An outage lies between the two: what is meant by "today" or said too often goes by the first,
    how long is waited for something from now on goes by the second.
    """

    seq: int
    at: datetime
    taken_at: datetime | None = None

    @property
    def now(self) -> datetime:
        """From when a wait is counted that begins with this event."""
        return self.taken_at or self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Event):
    """What all messages share: who, which, where, and the message it replies to.

    `quote` is the part of that message that is answered (HTML). `forwarded` tells who wrote a
    forwarded message, `elsewhere` whose message in another chat is answered: "" where they hide
    their name, None where it is neither.
    `topic` is the ticket whose number stands in the title of the topic it was said in, if the desk
    opened that topic; `reply_to_desk`: the message it replies to is one that the desk sent,
    `reply_to_own`: one that its writer did.
    """

    who: Person
    ref: Ref
    thread: int | None = None
    group: bool = False
    reply_to: Ref | None = None
    quote: str = ""
    forwarded: str | None = None
    elsewhere: str | None = None
    topic: str = ""
    reply_to_desk: bool = False
    reply_to_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Message):
    """A text message; `html` has its formatting. `offered`: it is word for word what the desk
    offered its writer inline.
    """

    text: str
    html: str = ""
    offered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached(Message):
    """Anything but text. `text` is its caption, or for a contact its phone number.

    `size` (bytes) and `mime` are of its file, as the channel tells them.
    """

    item: Item
    text: str = ""
    album: str | None = None
    size: int = 0
    mime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Message):
    """A message may have been changed: `item` and `text` (or caption) are as they are now.

    Channels tell of edits that change nothing, as of a first reaction.
    """

    item: Item
    text: str
    size: int = 0
    mime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Message):
    """A button was pressed under message `ref`; the press `query` waits for an answer."""

    data: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Message):
    """The person blocked the bot, or let it write again."""

    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Event):
    """Somebody wrote or pressed in a ticket's room. `member`: belongs to the tier's group."""

    ticket: str
    tier: str
    member: bool
    what: Said | Attached | Edited | Pressed


@dataclass(frozen=True, slots=True)
class Way:
    """How to get to a ticket's room: by the address of its topic or card, or by a reply to that."""

    ticket: str
    by: Literal["topic", "card", "reply"]
    link: str = ""


Why = Literal["notice", "unknown", "left", "gone", "over", "button"]
"""It answers a notice, or a message of the desk that is not known; it was said in a room that is
none any more, or that of a ticket that is erased or closed; it pressed a button of no room.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard(Event):
    """Somebody wrote or pressed in a tier's group where no person hears it.

    `ticket` is the one whose topic it was ("" for none), `way` leads to where it would be heard.
    """

    tier: str
    why: Why
    what: Said | Attached | Edited | Pressed
    ticket: str = ""
    way: Way | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted(Event):
    """Somebody asked the desk in a tier's group, in the room of `ticket` ("" for none), what is
    about more than that. `tiers` are those whose group it is, `member`: they belong to it.
    """

    tiers: tuple[str, ...]
    member: bool
    what: Said | Pressed
    ticket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted(Event):
    """Files that came with `text` were read; of `items`, each that has a file has an extract."""

    items: tuple[Item, ...]
    text: str
    extracts: tuple[Extract, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Informed(Event):
    """Another subject, or an operator, told this one (`to`) a fact."""

    to: str
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Woke(Event):
    """The time of timer `what` has come."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undeliverable(Event):
    """An effect could not be carried out and will not be tried again.

    `reason` is one of the words of `bot.core.model.effects.REASONS`; `detail` is the channel's own
    text.
    """

    effect: Outgoing
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Event):
    """What row `seq` says could not be decided, by an `error` of this name.

    Who wrote or pressed is at `to`, if that is known, in a chat of their own if `private`; `ref` is
    what they wrote in a room, `query` their press.
    """

    error: str
    to: Chat | Room | None = None
    private: bool = False
    ref: Ref | None = None
    query: str = ""
