"""Lists of tickets as agents ask for them; each costs the same however many tickets there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from bot.core.model.agents import COUNTED, FOUND, SHOWN, Board, Search
from bot.core.model.ticket import Ticket
from bot.store.tickets import COLUMNS, Tickets
from bot.store.words import Words

# Each as the index has it that is meant for it.
NOBODYS = "tier = ? and status = 'new'"
TAKEN = "tier = ? and status in ('open', 'pending')"
OWNED = "owner_address = ? and status in ('open', 'pending')"


class Boards:
    def __init__(self, db: Database, tickets: Tickets) -> None:
        self._db = db
        self._tickets = tickets
        self._words = Words(db)

    def search(self, search: Search) -> Board:
        """What a search comes to."""
        if search.owner:
            return self._waiting([(OWNED, [search.owner])], search.most)
        if search.tiers:
            return self._waiting([(which, [t]) for which in (NOBODYS, TAKEN) for t in search.tiers])
        if search.like:
            whose = "person = (select person from tickets where number = ?)"
            return self._newest(whose, search.like)
        if search.number:
            return self._newest("number = ?", search.number)
        if search.invoice:
            return self._newest("invoice = ?", search.invoice)
        found = self._words.found(search.words)
        return Board(tickets=self._named(found[:SHOWN]), count=len(found), counted=FOUND)

    def _waiting(self, groups: Sequence[tuple[str, list[Any]]], most: int = SHOWN) -> Board:
        """The tickets of each group, the most urgent first; of two such of different tiers that
        one group has, those of the first tier.
        """
        tickets = list[Ticket]()
        for which, given in groups:
            for due in ("due_at is not null", "due_at is null"):
                if (left := most - len(tickets)) > 0:
                    query = f"select {COLUMNS} from tickets where {which} and {due}"
                    query += " order by due_at, opened_at limit ?"
                    tickets += self._tickets.listed(query, [*given, left])
        count = sum(self._count(which, given) for which, given in groups)
        return Board(tickets=tuple(tickets), count=min(count, COUNTED))

    def _newest(self, which: str, given: str) -> Board:
        query = f"select {COLUMNS} from tickets where {which} order by opened_at desc limit ?"
        tickets = tuple(self._tickets.listed(query, [given, SHOWN]))
        return Board(tickets=tickets, count=self._count(which, [given]))

    def _named(self, numbers: Sequence[str]) -> tuple[Ticket, ...]:
        found = (self._tickets.named(number) for number in numbers)
        return tuple(ticket for ticket in found if ticket is not None)

    def _count(self, which: str, given: list[Any]) -> int:
        """How many there are, as far as is counted."""
        query = f"select count(*) from (select 1 from tickets where {which} limit ?)"
        (count,) = self._db.execute(query, [*given, COUNTED]).fetchone()
        return int(count)
