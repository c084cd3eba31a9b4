"""How people are kept informed of their tickets: `faq/messages/zh/progress.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.content.authored import Authored
from bot.core.content.placeholders import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Authored):
    """What the person is told, and in `room_` their agents. `weekdays` begin with Monday,
    `steps` are by what became of a ticket (`bot.core.model.record.Moved`).
    """

    after_hours: str = text("when")
    joined_after_hours: str = text("number", "when")
    mark_joined: str
    today: str = text("time")
    tomorrow: str = text("time")
    weekday: str = text("weekday", "time")
    date: str = text("month", "day", "weekday", "time")
    weekdays: tuple[str, str, str, str, str, str, str]
    waits: str = text("what")
    comma: str
    ahead: str = text("count")
    ahead_many: str = text("count")
    usual_minutes: str = text("minutes")
    usual_hours: str = text("hours")
    still_queued: str = text("number", "tier")
    still_open: str = text("number", "owner")
    still_promised: str = text("number", "owner", "date")
    requeued: str = text("number")
    mine: str
    mine_one: str = text("number", "status", "opened", "summary")
    button_more: str
    one: str = text("number", "summary", "status")
    went: str
    known: str
    agent_first: str = text("owner")
    agent_again: str
    rate: str
    button_stars: str = text("stars")
    rated: str = text("stars")
    commented: str
    room_rated: str = text("stars")
    room_commented: str = text("stars", "text")
    button_reopen: str
    reopened_by_agent: str = text("owner", "number")
    other_open: str = text("number")
    too_late: str = text("number", "days")
    room_reopened: str = text("owner", "number")
    room_other_open: str = text("number")
    room_gone: str
    steps: Mapping[str, str]
