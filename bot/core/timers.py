"""What each timer waits for, and its name, by which it is kept and stopped.

wake(Confirm("F2222"), at).what  ->  "confirm:F2222"
read("confirm:F2222")            ->  Confirm("F2222")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.model.effects import WakeAt
from bot.core.text.tagged import Tagged


@dataclass(frozen=True, slots=True)
class Timer:
    """What is waited for; a conversation has one of each value."""


@dataclass(frozen=True, slots=True)
class Album(Timer):
    """That no more pieces of the album `key` come."""

    key: str


@dataclass(frozen=True, slots=True)
class Pieces(Timer):
    """That the person writes no more pieces of a message."""


@dataclass(frozen=True, slots=True)
class Mute(Timer):
    """The end of a silence."""


@dataclass(frozen=True, slots=True)
class Keep(Timer):
    """That something is old enough to go."""


@dataclass(frozen=True, slots=True)
class Step(Timer):
    """The time to ask the step at `place`, a `flow/step` as `Conversation.reminder`."""

    place: str


@dataclass(frozen=True, slots=True)
class Confirm(Timer):
    """The person's word whether the ticket is resolved."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Clock(Timer):
    """The next stage of what a ticket waits for."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Progress(Timer):
    """The time to tell a ticket's person how it stands, if nothing was said meanwhile."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Promise(Timer):
    """The day by which the ticket's person was promised to hear more, or the time to set one."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Snooze(Timer):
    """The end of the time in which nobody is to work on the ticket."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Blank(Timer):
    """The turn of the card of a ticket whose person was erased."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Digest(Timer):
    """The time at which a tier is told how it stands."""

    tier: str


WORDS: Mapping[type[Timer], str] = {
    Album: "album",
    Pieces: "pieces",
    Mute: "mute",
    Keep: "keep",
    Step: "step",
    Confirm: "confirm",
    Clock: "clock",
    Progress: "progress",
    Promise: "promise",
    Snooze: "snooze",
    Blank: "blank",
    Digest: "digest",
}
_FORM = Tagged(WORDS)


def wake(timer: Timer, at: datetime | None) -> WakeAt:
    """Sets a timer, also one that is set already; `None` stops it."""
    return WakeAt(what=_FORM.text(timer), at=at)


def read(what: str) -> Timer | None:
    """The timer with this name; None for one that no desk of today sets."""
    return _FORM.value(what)
