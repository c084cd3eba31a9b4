"""How people are told what is kept of them: `faq/messages/zh/mydata.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.content.authored import Authored
from bot.core.content.placeholders import text


@dataclass(frozen=True, slots=True, kw_only=True)
class MyData(Authored):
    """What goes with the file, and in it: heads, labels and lines."""

    caption: str
    too_soon: str = text("minutes")
    unsent: str
    file: str = text("day")
    title: str
    made: str = text("at")
    who: str
    name: str
    username: str
    address: str
    banned: str = text("until")
    now: str = text("address")
    heard: str
    asked: str
    draft: str
    draft_files: str
    complaint: str
    nothing: str
    tickets: str
    ticket: str = text("number", "summary", "status")
    tier: str
    owner: str
    opened: str
    closed: str
    deadline: str
    tags: str
    stars: str
    comment: str
    skipped: str
    went: str
    went_one: str = text("at", "step")
    files: str
    file_one: str = text("at", "name", "size")
    talk: str = text("address")
    said_person: str = text("at", "text")
    said_desk: str = text("at", "text")
    said_agent: str = text("at", "name", "text")
    kept_until: str = text("day")
    kept_open: str = text("days")
    kept_ever: str
    notes: str
