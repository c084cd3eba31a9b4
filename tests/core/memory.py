"""What was decided, kept as the store keeps it: `tests/store` holds the two against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import cast

from bot.core.model.agents import Agent
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Forget, Thin
from bot.core.model.message import Line, Ref
from bot.core.model.record import Happened, Moved, Record
from bot.core.model.state import EARLIER, HISTORY, MINE, TAIL, Decision, Needs, State
from bot.core.model.ticket import Brief, Earlier, Kept, Summary, Ticket
from bot.store.history import AROUND


class Memory:
    """One conversation with its tickets and all that was said in it."""

    def __init__(self, conversation: Conversation) -> None:
        self.new = self.conversation = conversation
        self.tickets: dict[str, Ticket] = {}
        self.lines: list[Line] = []
        self.records: list[Record] = []
        self.files: tuple[Kept, ...] = ()
        self.elsewhere: tuple[str, ...] = ()
        self.queues: dict[str, tuple[datetime, ...]] = {}
        self.usual: dict[str, int] = {}
        self.agents: tuple[Agent, ...] = ()
        self.twin: Ticket | None = None

    def state(self, needs: Needs) -> State:
        """What an event is decided from that needs this."""
        rooms = {album.room for album in self.conversation.albums.values()} | {
            needs.ticket,
            self.conversation.over,
        }
        named = {n: t for n, t in self.tickets.items() if n in rooms or t.status != "closed"}
        shown = named.get(needs.history)
        waited = needs.queues or self.conversation.progress is not None
        newest = sorted(
            self.tickets.values(), key=lambda each: (each.opened_at, each.number), reverse=True
        )
        return State(
            conversation=self.conversation,
            tickets=named,
            tail=tuple(line for line in self._now() if line.who in ("person", "agent"))[-TAIL:],
            earlier=tuple(Earlier(t.number, t.opened_at, t.invoice) for t in newest[:EARLIER]),
            lines=self._lines(needs),
            history=self.history(shown) if shown else (),
            ends=tuple(
                t.closed_at
                for t in self.tickets.values()
                if t.closed_at and t.summary.kind not in ("thinned", "erased")
            )
            if needs.ends
            else (),
            files=self.files if needs.files else (),
            elsewhere=self.elsewhere if needs.elsewhere else (),
            queues=self.queues if waited else {},
            usual=self.usual if waited else {},
            mine=tuple(
                Brief(t.number, t.status, t.summary, t.opened_at)
                for t in newest[needs.mine : needs.mine + MINE + 1]
            )
            if needs.mine is not None
            else (),
            skipped=needs.mine or 0,
            shown=self.tickets.get(needs.shown),
            happened=tuple(
                Happened(each.at, cast("Moved", each.what), each.to_tier, each.field)
                for each in self.records
                if each.kind == "ticket" and each.ticket == needs.shown
            ),
            twin=self.twin if self.twin and needs.twin == self.twin.number else None,
            agents=self.agents if needs.agents else (),
            away=frozenset(a.address for a in self.agents if needs.away and a.away),
        )

    def keep(self, decision: Decision) -> None:
        """What was decided."""
        if any(isinstance(effect, Forget) for effect in decision.effects):
            self.__init__(self.new)  # type: ignore[misc]
            return
        assert decision.conversation is not None
        self.conversation = decision.conversation
        self.tickets |= {ticket.number: ticket for ticket in decision.tickets}
        self.lines += decision.lines
        self.records += decision.records
        for effect in decision.effects:
            if isinstance(effect, Thin):
                self._thin(effect)

    @property
    def ticket(self) -> Ticket | None:
        """The one that is not closed."""
        return next((each for each in self.tickets.values() if each.status != "closed"), None)

    def _now(self) -> list[Line]:
        edits = {(line.ref, line.who): line for line in self.lines if line.edit}
        lines = (line for line in self.lines if not line.edit)
        return [edits.get((line.ref, line.who), line) if line.ref else line for line in lines]

    def history(self, ticket: Ticket) -> tuple[Line, ...]:
        """The last lines of a ticket, and of what led to it, as they read now."""
        led = range(ticket.since + 1, ticket.opened_by + 1)
        lines = [
            now
            for line, now in zip((li for li in self.lines if not li.edit), self._now(), strict=True)
            if line.ticket == ticket.number or (not line.ticket and line.seq in led)
        ]
        return tuple(lines[-HISTORY:])

    def _lines(self, needs: Needs) -> dict[Ref, Line]:
        if needs.run is not None:
            return self._run(*needs.run)
        if needs.sent is not None:
            return self._sent(needs.sent)
        return self._said(needs.lines)

    def _sent(self, ref: Ref) -> dict[Ref, Line]:
        near = {
            line.ref: line.item
            for line in self.lines
            if line.who == "agent" and not line.edit and line.ref and line.item
            if line.ref.chat == ref.chat and abs(line.ref.message - ref.message) <= AROUND
        }
        if (meant := near.get(ref)) is None:
            return {}
        album = [each for each in sorted(near, key=lambda r: r.message) if near[each].album]
        return self._said([r for r in album if near[r].album == meant.album] or [ref])

    def _said(self, refs: Iterable[Ref]) -> dict[Ref, Line]:
        latest = {line.ref: line for line in self.lines}
        return {ref: latest[ref] for ref in refs if ref in latest}

    def _run(self, ref: Ref, count: int) -> dict[Ref, Line]:
        notes = [line for line in self.lines if line.who == "note" and not line.edit]
        first = next((line for line in notes if line.ref == ref), None)
        if first is None:
            return {}
        same = [line.ref for line in notes if line.seq == first.seq and line.ref]
        return self._said([each for each in same if each.chat == ref.chat][:count])

    def _thin(self, thin: Thin) -> None:
        for number, ticket in self.tickets.items():
            if ticket.closed_at and ticket.closed_at <= thin.before:
                bare = Ticket(
                    number=number,
                    summary=Summary("thinned"),
                    status=ticket.status,
                    tier=ticket.tier,
                    opened_at=ticket.opened_at,
                )
                self.tickets[number] = replace(
                    bare,
                    owner=ticket.owner,
                    first_reply_at=ticket.first_reply_at,
                    resolved_at=ticket.resolved_at,
                    closed_at=ticket.closed_at,
                )
        now = self.ticket
        self.lines = [
            line
            for line in self.lines
            if line.at > thin.before or (now and line.ticket in ("", now.number))
        ]
