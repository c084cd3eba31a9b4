"""What each tier is told at its time: `faq/messages/zh/digest.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.content.authored import Authored
from bot.core.content.placeholders import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Authored):
    """Lines of the digest, and the words of its chart."""

    head: str = text("tier", "day", "weekday")
    waiting: str = text("count", "unowned")
    due: str = text("today", "overdue")
    since: str = text("at", "opened", "closed")
    usual_minutes: str = text("minutes")
    usual_hours: str = text("hours")
    stars: str = text("stars", "count", "days")
    chart: str = text("tier", "days")
    opened: str
    closed: str
    unit: str
