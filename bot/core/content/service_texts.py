"""How long things take, as told in the words of the authors: `faq/messages/zh/service.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.content.authored import Authored
from bot.core.content.placeholders import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Authored):
    """`clocks` are the names of what is waited for (`bot.core.tickets.clocks`)."""

    due_soon: str = text("what", "owner", "minutes")
    due_soon_unowned: str = text("what", "minutes")
    due: str = text("number", "summary", "tier", "what", "owner")
    overdue: str = text("number", "summary", "tier", "what", "owner")
    passed_up: str = text("what", "tier")
    handed_back: str = text("owner", "minutes")
    date_wanted: str
    date_come: str
    date_set: str = text("date", "owner")
    date_unread: str
    promised: str = text("number", "date", "owner")
    clocks: Mapping[str, str]
