"""All that is kept of a person, as it is brought to be shown to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.model.conversation import Conversation
from bot.core.model.message import Line
from bot.core.model.record import Happened
from bot.core.model.ticket import Kept, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is kept of one conversation of theirs, all of it oldest first.

    What `happened` to a ticket and the `comments` on how it went are by its number, the `sizes` of
    files in bytes by their names in the vault. `lines` read as they do now, without the notes that
    stay inside.
    """

    conversation: Conversation
    tickets: tuple[Ticket, ...] = ()
    happened: Mapping[str, tuple[Happened, ...]] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Kept, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
