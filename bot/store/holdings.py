"""All that is kept of a person, for themselves: asked for rarely, and a part at a time."""

from __future__ import annotations

from sqlite_utils import Database

from bot.core.model.holding import Holding
from bot.core.model.message import Line
from bot.store.attachments import Attachments
from bot.store.conversations import Conversations
from bot.store.history import History
from bot.store.people import People
from bot.store.record import Records
from bot.store.tickets import Tickets


class Holdings:
    def __init__(
        self,
        db: Database,
        people: People,
        conversations: Conversations,
        tickets: Tickets,
        history: History,
        attachments: Attachments,
        records: Records,
    ) -> None:
        self._db = db
        self._people = people
        self._conversations = conversations
        self._tickets = tickets
        self._history = history
        self._attachments = attachments
        self._records = records

    def whose(self, conversation: str) -> tuple[str, ...]:
        """This conversation and the others of its person; none where it is being erased, or its
        person is nobody any more.
        """
        (theirs,) = self._db.execute(
            "select exists (select 1 from conversations where id = :of and person is not null)"
            " and not exists (select 1 from erasing where subject = :of and before is null)",
            {"of": conversation},
        ).fetchone()
        return (conversation, *self._people.elsewhere(conversation)) if theirs else ()

    def held(self, conversation: str) -> Holding | None:
        """What is kept of a conversation but for its lines; None where it is gone."""
        known = self._conversations.load(conversation)
        if known is None:
            return None
        tickets = self._tickets.every(conversation)
        return Holding(
            conversation=known,
            tickets=tickets,
            happened={each.number: self._records.of_ticket(each.number) for each in tickets},
            comments=self._records.comments(conversation),
            files=self._attachments.every(conversation),
        )

    def lines(self, conversation: str, after: int, most: int) -> tuple[list[Line], int]:
        """The next of its lines after the row with this number, and the number of the last."""
        return self._history.after(conversation, after, most)
