"""Who is at an address: a person has one or more, and a conversation with each."""

from __future__ import annotations

from sqlite_utils import Database

from bot.core.model import subject


class People:
    """A person is a number, which is never given to another."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def at(self, address: str) -> int | None:
        """The person at this address; None where nobody was heard, or who was is erased."""
        query = "select person from addresses where address = ?"
        row = self._db.execute(query, [address]).fetchone()
        return int(row[0]) if row else None

    def begin(self, conversation: str, now: float) -> None:
        """Give a conversation the person at its address, a new one where it was never heard."""
        address = subject.name(conversation)
        person = self.at(address)
        if person is None:
            person = self._db.execute("insert into people (created) values (?)", [now]).lastrowid
            self._db.execute("insert into addresses values (?, ?)", [address, person])
        self._db.execute("update conversations set person = ? where id = ?", [person, conversation])

    def elsewhere(self, conversation: str) -> tuple[str, ...]:
        """The other conversations of a conversation's person."""
        return tuple(
            each for each in self._conversations(self._of(conversation)) if each != conversation
        )

    def join(self, conversation: str, address: str) -> None:
        """Whoever is at this address is the person of the conversation, with all that is theirs.

        Nothing where one of them is erased meanwhile.
        """
        one, other = self._of(conversation), self.at(address)
        if one is None or other in (None, one):
            return
        for each in self._conversations(other):
            at = [one, subject.name(each)]
            self._db.execute("update addresses set person = ? where address = ?", at)
        for statement in (
            "update conversations set person = :one where person = :other",
            "update tickets set person = :one where person = :other",
            "update people set created = (select min(created) from people where id in"
            " (:one, :other)) where id = :one",
            "delete from people where id = :other",
        ):
            self._db.execute(statement, {"one": one, "other": other})

    def forget(self, conversation: str) -> None:
        """Its person is nobody any more: what is left is not theirs, and has nothing in common."""
        person = self._of(conversation)
        for each in self._conversations(person):
            self._db.execute("delete from addresses where address = ?", [subject.name(each)])
        self._db.execute("delete from people where id = ?", [person])
        self._db.execute("update conversations set person = null where person = ?", [person])

    def _of(self, conversation: str) -> int | None:
        query = "select person from conversations where id = ?"
        row = self._db.execute(query, [conversation]).fetchone()
        return row[0] if row else None

    def _conversations(self, person: int | None) -> list[str]:
        query = "select id from conversations where person = ? order by id"
        return [str(id_) for (id_,) in self._db.execute(query, [person])]
