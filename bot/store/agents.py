"""Who was seen at work in the tiers' groups, and who is away."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from bot.core.model.agents import COUNTED, Agent
from bot.core.model.message import Person
from bot.store.boards import OWNED

MOST = 200
"""Agents of one tier that are brought, those who were seen last."""


class Agents:
    def __init__(self, db: Database) -> None:
        self._db = db

    def seen(self, tier: str, agent: Person, now: float) -> None:
        """They did something at the tier. Who is away elsewhere is away there as well."""
        self._db.execute(
            "insert into agents (tier, address, name, username, seen_at, away) values (:tier,"
            " :address, :name, :username, :now, exists (select 1 from agents"
            " where address = :address and away = 1)) on conflict (tier, address) do update set"
            " name = excluded.name, username = excluded.username, seen_at = excluded.seen_at",
            {
                "tier": tier,
                "address": agent.address,
                "name": agent.name,
                "username": agent.username,
                "now": now,
            },
        )

    def of_tier(self, tier: str, *, loads: bool = False) -> tuple[Agent, ...]:
        """Those who were seen at a tier, who was last first; with their `loads`, if asked for."""
        count = f"(select count(*) from (select 1 from tickets where {OWNED} limit {COUNTED}))"
        load = count.replace("?", "agents.address") if loads else "0"
        rows = self._db.execute(
            f"select address, name, username, seen_at, dealt_at, away, {load} from agents"
            " where tier = ? order by seen_at desc limit ?",
            [tier, MOST],
        )
        return tuple(
            Agent(
                address=address,
                name=name,
                username=username,
                seen_at=_time(seen_at),
                dealt_at=None if dealt_at is None else _time(dealt_at),
                away=bool(away),
                load=load,
            )
            for address, name, username, seen_at, dealt_at, away, load in rows
        )

    def away(self) -> frozenset[str]:
        """The addresses of all who are away."""
        rows = self._db.execute("select address from agents where away = 1")
        return frozenset(address for (address,) in rows)

    def attend(self, address: str, *, away: bool) -> None:
        """They are away, or at work again, at every tier."""
        self._db.execute("update agents set away = ? where address = ?", [away, address])

    def deal(self, tier: str, address: str, now: float) -> None:
        """They were given a ticket of the tier by turns."""
        self._db.execute(
            "update agents set dealt_at = ? where tier = ? and address = ?", [now, tier, address]
        )


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
