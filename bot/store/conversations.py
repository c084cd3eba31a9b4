"""Conversations as they stand, with what an event needs of their past."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter
from sqlite_utils import Database

from bot.core.model.conversation import Conversation
from bot.core.model.message import Line, Ref
from bot.core.model.state import EARLIER, FILES, HISTORY, MINE, QUEUE, TAIL, Decision, Needs, State
from bot.core.model.ticket import Ticket
from bot.store.agents import Agents
from bot.store.attachments import Attachments
from bot.store.codec import Codec
from bot.store.history import History
from bot.store.people import People
from bot.store.record import Records
from bot.store.salvage import salvaged
from bot.store.tickets import FORGOTTEN, Tickets
from bot.store.waits import Waits

CONVERSATION: TypeAdapter[Conversation] = TypeAdapter(Conversation)
BLANK = (
    "owner = null, owner_address = null, invoice = null, status = 'closed', summary = 'erased::',"
    f" data = '{{}}', conversation = '{FORGOTTEN}', person = null"
)
"""What becomes of their tickets."""

log = logging.getLogger(__name__)


class Unreadable(ValueError):
    """Something that was kept and is none of what the desk keeps."""


def _surely_before(conversation: Conversation, tickets: Mapping[str, Ticket]) -> datetime | None:
    """What is due before this is due before the person's ticket, also where that is opened now."""
    due = (each.due_at for each in tickets.values() if each.status != "closed")
    known = [at for at in (*due, conversation.heard_at) if at is not None]
    return min(known) if conversation.heard_at is not None else None


class Conversations:
    def __init__(
        self,
        db: Database,
        people: People,
        tickets: Tickets,
        history: History,
        attachments: Attachments,
        waits: Waits,
        records: Records,
    ) -> None:
        self._db = db
        self._waits = waits
        self._records = records
        self._people = people
        self._attachments = attachments
        self._tickets = tickets
        self._history = history
        self._agents = Agents(db)
        self._codec = Codec(CONVERSATION)

    def load(self, id_: str) -> Conversation | None:
        """The conversation as it stands, without what cannot be read of it. Raises `Unreadable`."""
        row = self._db.execute("select data from conversations where id = ?", [id_]).fetchone()
        if row is None:
            return None
        try:
            return self._codec.value(row[0])
        except ValueError:
            log.error("a part of conversation %s cannot be read and is left out", id_)
        rest = salvaged(CONVERSATION, row[0])
        if rest is None:
            raise Unreadable(f"conversation {id_} cannot be read")
        return rest

    def state(self, conversation: Conversation, needs: Needs) -> State:
        """What an event of this conversation is decided from; of one with no address hardly
        more is known: it belongs to nobody, or to somebody who was erased.
        """
        id_, tickets, history = conversation.id, self._tickets, self._history
        if not conversation.address:
            erased = tickets.of(FORGOTTEN, (needs.erased,)) if needs.erased else {}
            return State(conversation=conversation, tickets=erased)
        rooms = {album.room for album in conversation.albums.values() if album.room}
        named = tickets.of(id_, {*rooms, needs.ticket, conversation.over} - {""})
        shown = named.get(needs.history)
        mine = tickets.shown(id_, needs.shown) if needs.shown else None
        waited = needs.queues or conversation.progress is not None
        return State(
            conversation=conversation,
            tickets=named,
            tail=history.tail(id_, TAIL),
            earlier=tickets.earlier(id_, EARLIER),
            lines=self._lines(id_, needs),
            history=history.of_ticket(id_, shown, HISTORY) if shown else (),
            ends=tickets.ends(id_) if needs.ends else (),
            files=self._attachments.of_ticket(id_, needs.files, FILES) if needs.files else (),
            elsewhere=self._people.elsewhere(id_) if needs.elsewhere else (),
            queues=self._waits.queues(QUEUE, _surely_before(conversation, named)) if waited else {},
            usual=self._waits.usual() if waited else {},
            mine=() if needs.mine is None else tickets.mine(id_, needs.mine, MINE + 1),
            skipped=needs.mine or 0,
            shown=mine,
            happened=self._records.of_ticket(mine.number) if mine else (),
            twin=tickets.twin(id_, needs.twin) if needs.twin else None,
            agents=self._agents.of_tier(needs.agents) if needs.agents else (),
            away=self._agents.away() if needs.away else frozenset(),
        )

    def _lines(self, id_: str, needs: Needs) -> dict[Ref, Line]:
        if needs.run is not None:
            return self._history.run(id_, *needs.run)
        if needs.sent is not None:
            return self._history.sent(id_, needs.sent)
        return self._history.lines(id_, needs.lines)

    def keep(self, decision: Decision, now: float) -> None:
        """What was decided: the conversation and tickets as they stand, and what was said."""
        conversation = decision.conversation
        assert conversation is not None
        (person,) = self._db.execute(
            "insert into conversations (id, data, updated_at) values (?, ?, ?)"
            " on conflict (id) do update"
            " set data = excluded.data, updated_at = excluded.updated_at returning person",
            [conversation.id, self._codec.text(conversation), now],
        ).fetchone()
        if person is None:
            self._people.begin(conversation.id, now)
        self._tickets.save(conversation.id, decision.tickets, now)
        self._history.add(conversation.id, decision.lines)

    def forget(self, id_: str) -> None:
        """Let nothing come any more of what is known here: the beginning of erasing a person.

        What they are elsewhere is not theirs from now on, and is forgotten by itself. Rows that are
        many are left to `bot.store.retention`.
        """
        self._codec.forget()
        self._tickets.forget()
        self._people.forget(id_)
        now_open = "select number from tickets where conversation = ? and status != 'closed'"
        for statement in (
            "delete from conversations where id = ?",
            "delete from timers where subject = ?",
            f"update rooms set title = ticket where ticket in ({now_open})",
            f"delete from ticket_words where number in ({now_open})",
            f"update tickets set {BLANK} where number in ({now_open})",
        ):
            self._db.execute(statement, [id_])
