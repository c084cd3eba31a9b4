"""What the desk orders: each effect is one row of the outbox, carried out by the channel.

The core does not know ids that only exist after sending. It names places (`Chat`, `Room`, `Group`),
its own messages by `key`, and relayed ones by their source; the deliverer looks the rest up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.model.chart import Chart
from bot.core.model.facts import Fact, Left
from bot.core.model.message import Item, Person, Ref

# Why an effect was refused, as the channel tells it, and what it is that refuses. A place that
# refuses now may take the same later; a person or a message is given up; a topic is made again.
REASONS: Mapping[str, Literal["message", "person", "topic", "place"]] = {
    "blocked": "person",
    "no_chat": "person",
    "no_topic": "topic",
    "topic_closed": "topic",
    "no_group": "place",
    "no_rights": "place",
    "no_message": "message",
    "uneditable": "message",
    "undeletable": "message",
    "too_old": "message",
    "too_big": "message",
    "uncopyable": "message",
    "kind_forbidden": "message",
    "voice_forbidden": "message",
    "refused": "message",
}

ANSWER = "faq:"
"""Begins the key of an answer from the FAQ: it says nothing that another may not say as well."""

DIGEST = "digest"
"""The key of how a tier stands: the next one says all that matters of it."""

ASKED = "asked"
"""The key of what somebody in a group asked for: where it cannot be told, nobody else is told."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A person's private chat, or its topic `thread` where they have opened some."""

    address: str
    kind: Literal["chat"] = "chat"
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A ticket's room in a tier's group: its topic, or the replies to its card."""

    ticket: str
    tier: str
    kind: Literal["room"] = "room"


@dataclass(frozen=True, slots=True)
class Group:
    """A tier's group outside of any ticket's room; `thread` is a topic that is none."""

    tier: str
    thread: int | None = None
    kind: Literal["group"] = "group"


@dataclass(frozen=True, slots=True)
class Role:
    """The chat of a role (`bot.core.model.roles`), or that of the operators where it has none."""

    role: str
    kind: Literal["role"] = "role"


Place = Chat | Room | Group | Role


Style = Literal["", "danger", "success", "primary"]


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back in `Pressed`; at most 64 bytes.

    A `disabled` one is there to be seen, and cannot be pressed. Where a channel has no colours and
    no disabled buttons, it is one like all others, or left out.
    """

    label: str
    data: str
    style: Style = ""
    disabled: bool = False


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Say `text` (HTML). A later `Edit` may name it by `key`.

    `news`: the person did not wait for it, so it holds up nothing that somebody waits for. `only`
    is the address of the one member of a group who is to see it; where that cannot be had, all see
    it, or what is to be said `instead`. What one person alone sees may be lost on its way, and no
    `Edit` finds it.
    """

    to: Place
    text: str
    buttons: Buttons = ()
    key: str = ""
    reply_to: Ref | None = None
    news: bool = False
    only: str = ""
    instead: str = ""
    kind: Literal["send"] = "send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Show a chart with `text` (HTML) under it; where none can be shown, `text` is said alone.

    `key` as with `Send`: it is the message with the text. `news` as with `Send`; where it is not,
    what is said there afterwards waits until the chart is drawn.
    """

    to: Place
    chart: Chart
    text: str
    key: str = ""
    news: bool = True
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Change the desk's latest message with `key` there; without `text`, its buttons only.

    Under a picture it changes the text, which must have room there. `news` as with `Send`, and of a
    message that was news it should be, so that it is not before it.
    """

    to: Place
    key: str
    text: str = ""
    buttons: Buttons = ()
    news: bool = False
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond:
    """Answer the press of a button, as a passing note or as an alert to close."""

    to: Place
    query: str
    text: str = ""
    alert: bool = False
    kind: Literal["respond"] = "respond"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Copy a message there with its formatting; several items are one album."""

    to: Place
    items: tuple[Item, ...]
    reply_to: Ref | None = None
    kind: Literal["relay"] = "relay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """The source of a relayed message was edited: edit its copy there.

    `media`: it has another file now, or one where it had none.
    """

    to: Place
    item: Item
    media: bool = False
    kind: Literal["amend"] = "amend"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Delete the copies of these messages there; those that still wait to be sent are not.

    `by` wants it and `asked` is the message in which they said so; the `ticket` is told what came
    of it (`bot.core.model.facts.TakenBack`).
    """

    to: Chat
    refs: tuple[Ref, ...]
    ticket: str
    by: Person
    asked: Ref
    kind: Literal["take_back"] = "take_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The room's topic shall exist with this title, open or closed. Nothing in a group without.

    `news` as with `Send`. `icon` is an emoji; without one the topic's icon stays as it is, and so
    it does where the channel has no such icon. `left` is the room that
    the ticket comes from, where it is told of the new topic.
    """

    to: Room
    title: str
    closed: bool = False
    news: bool = False
    icon: str = ""
    left: Left | None = None
    kind: Literal["topic"] = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Keep the desk's latest message with `key` in sight in the room's topic. Refused, it is left
    undone, and so it is in a group without topics: many rooms share what is in sight there.
    """

    to: Room
    key: str
    kind: Literal["pin"] = "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """Put the emoji `sign` on a message there, or on its copy; an empty one takes it away.

    Where the channel has no such mark, `text` (HTML) is said as the answer to that message, if
    there is any. Refused otherwise, it is left undone.
    """

    to: Place
    ref: Ref
    sign: str
    text: str = ""
    kind: Literal["react"] = "react"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFile:
    """Send a file that is kept, by its name in the vault; `title` is what it is called there."""

    to: Room
    name: str
    title: str
    kind: Literal["send_file"] = "send_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Send a person all that is kept of them, as a file with `text` (HTML) under it.

    What is in the file is looked up when it is sent, so that it lies nowhere until then.
    """

    to: Chat
    text: str
    kind: Literal["export"] = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Read the files among these items, which came with `text`; `Extracted` brings both back."""

    to: Chat
    items: tuple[Item, ...]
    text: str = ""
    kind: Literal["read"] = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeAt:
    """Set the conversation's timer `what`; `None` stops it."""

    what: str
    at: datetime | None
    kind: Literal["wake_at"] = "wake_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Whoever is at this address is the conversation's person, with all that is theirs."""

    address: str
    kind: Literal["join"] = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Erase all that is stored of this conversation; its person has no other from now on."""

    kind: Literal["forget"] = "forget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thin:
    """Erase what was said here `before` then, and what tickets know that were closed by then."""

    before: datetime
    kind: Literal["thin"] = "thin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Let another subject have this as an event of its own; kept with all else that was decided."""

    to: str
    fact: Fact
    kind: Literal["tell"] = "tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attend:
    """Keep of the agent at this address whether they are `away`."""

    address: str
    away: bool
    kind: Literal["attend"] = "attend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Keep that the agent at this address was given a ticket of the tier by turns."""

    tier: str
    address: str
    kind: Literal["deal"] = "deal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """Keep that the tier was told then how it stands: from there on the next one counts."""

    tier: str
    at: datetime
    kind: Literal["digested"] = "digested"


Mark = Pin | React
"""What is nice to have: nobody is told that it could not be done."""
Outgoing = (
    Send | Picture | Edit | Respond | Relay | Amend | TakeBack | Topic | Mark | SendFile | Export
    | Read
)  # fmt: skip
Inward = WakeAt | Join | Forget | Thin | Tell | Attend | Deal | Digested
"""What concerns the store alone, or other subjects."""
Effect = Outgoing | Inward
