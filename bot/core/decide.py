"""The one function that decides: case, event and knowledge in, the new case and orders out.

Pure: no clock, no dice, no I/O. The same events in the same order give the same case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core import flood, flow, hear, joining, lost, relaying, reminder, retention, sent, staff
from bot.core.case import Album, Case
from bot.core.events import (
    Attached,
    Blocked,
    Edited,
    Event,
    Extracted,
    Message,
    Pressed,
    Replied,
    Said,
    Shared,
    Undeliverable,
    Woke,
)
from bot.core.knowledge import Knowledge
from bot.core.turn import Decision, Turn


def decide(case: Case, event: Event, knowledge: Knowledge) -> Decision:
    """What follows from `event` for this `case`."""
    turn = Turn(case, event.seq, event.at, knowledge)
    if isinstance(event, Message):
        turn.update(person=event.who)
        lost.blocked(turn, blocked=isinstance(event, Blocked) and event.blocked)
        retention.begin(turn)
    flow.check(turn)
    _settle_albums(turn, event)
    if isinstance(event, Said | Pressed | Attached | Edited) and flood.holds(turn, event):
        return turn.decision()
    _ACTS[type(event)](turn, event)
    return turn.decision()


def _settle_albums(turn: Turn, event: Event) -> None:
    """What comes after an album must not overtake it: its sender's album is complete by then."""
    what = event.what if isinstance(event, Replied) else event
    if isinstance(what, Said | Attached | Pressed):
        coming = what.album if isinstance(what, Attached) else None
        sender = what.who.id
        for album in relaying.gathered(turn, lambda key, of: key != coming and of == sender):
            _settle(turn, album)


def _settle(turn: Turn, album: Album) -> None:
    if album.room is not None and album.who is not None:
        staff.wrote(turn, album.room, album.who, album.items, album.text, album.reply_to)
    elif turn.ticket is not None and turn.case.progress is None:
        joining.files(turn, album.items, album.reply_to, album.text)
    else:
        sent.kept(turn, album.items, album.text)


def _woke(turn: Turn, event: Woke) -> None:
    kind, _, name = event.what.partition(":")
    if kind == "album":
        for album in relaying.gathered(turn, lambda key, _: key == name):
            _settle(turn, album)
    elif kind == flood.WAKE:
        flood.over(turn)
    elif kind == retention.WAKE:
        retention.woke(turn)
    elif kind == "step":
        reminder.remind(turn, *name.split("/"))
    elif kind == "confirm" and turn.ticket is not None and turn.ticket.number == name:
        joining.unanswered(turn)


# What each event means. That a person blocked the bot is all there is to know of it.
_ACTS: Mapping[type[Event], Callable[[Turn, Any], None]] = {
    Said: hear.said,
    Pressed: hear.pressed,
    Attached: sent.attached,
    Edited: hear.edited,
    Blocked: lambda turn, event: None,
    Replied: staff.replied,
    Extracted: sent.extracted,
    Shared: staff.shared,
    Woke: _woke,
    Undeliverable: lost.undeliverable,
}
