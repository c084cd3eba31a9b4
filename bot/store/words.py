"""By which words a ticket is found: every two characters in a row, as most Chinese words have two.

What is found by them are short texts alone, that say what a ticket is about and whose it is: why
not all that was said, see docs/decisions/finding-tickets.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sqlite_utils import Database

from bot.core.model.agents import FOUND
from bot.core.model.ticket import Ticket

LOOKED = 1000
"""Tickets with the rarest part of what is looked for that are looked at, the newest."""
PARTS = 8
"""Parts of one word that are looked for, the first: what a ticket has of its own is short."""

Word = tuple[str, ...]


def parts(text: str) -> frozenset[str]:
    """Every two characters in a row of each of its words."""
    words = unicodedata.normalize("NFKC", text).lower().split()
    return frozenset(word[n : n + 2] for word in words for n in range(len(word) - 1))


def of(ticket: Ticket) -> frozenset[str]:
    """The words of a ticket; of a summary that is a choice the whole, as `field:choice`."""
    about = ticket.summary
    texts = [ticket.name, ticket.username, about.text if about.kind == "said" else ""]
    texts += ticket.tags
    chosen = {f"{about.field}:{about.text}"} if about.kind == "choice" else set()
    return frozenset({*parts(" ".join(texts)), *chosen})


class Words:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, ticket: Ticket) -> None:
        """Let a ticket be found by its words of now."""
        query = "select word from ticket_words where number = ?"
        known = {word for (word,) in self._db.execute(query, [ticket.number])}
        now, key = of(ticket), (ticket.opened_at.timestamp(), ticket.number)
        if gone := known - now:
            self._db.conn.executemany(
                "delete from ticket_words where word = ? and opened_at = ? and number = ?",
                [(word, *key) for word in gone],
            )
        if new := now - known:
            self._db.conn.executemany(
                "insert or ignore into ticket_words (word, opened_at, number) values (?, ?, ?)",
                [(word, *key) for word in new],
            )

    def found(self, words: Iterable[Word]) -> list[str]:
        """The numbers of the newest tickets that have all words, each of which stands for any of a
        few, of those `LOOKED` at; no more than `FOUND`.
        """
        ways = [[_pieces(each) for each in word if _pieces(each)] for word in words]
        if not ways or not all(ways):
            return []
        rarest = min(ways, key=self._count) if len(ways) > 1 else ways[0]
        heads = sorted({self._rarest(pieces) for pieces in rarest})
        looked, (test, given) = _looked(len(heads)), _test(ways)
        rows = self._db.execute(
            f"select number, opened_at from ({looked}) as each where {test} limit ?",
            [*(v for head in heads for v in (head, LOOKED)), *given, FOUND],
        )
        newest = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)
        return [str(number) for number, _ in newest]

    def _rarest(self, pieces: Word) -> str:
        return min(pieces, key=self._one) if len(pieces) > 1 else pieces[0]

    def _count(self, way: list[Word]) -> int:
        return sum(min(map(self._one, pieces)) for pieces in way)

    def _one(self, piece: str) -> int:
        query = "select count(*) from (select 1 from ticket_words where word = ? limit ?)"
        (count,) = self._db.execute(query, [piece, LOOKED]).fetchone()
        return int(count)


def _looked(heads: int) -> str:
    """What is looked at, the newest first; of one part no more of it is read than has to be."""
    one = (
        "select opened_at, number from ticket_words where word = ?"
        " order by opened_at desc, number desc limit ?"
    )
    if heads == 1:
        return one
    several = " union ".join(f"select * from ({one})" for _ in range(heads))
    return f"{several} order by 1 desc, 2 desc limit {LOOKED}"


def _pieces(word: str) -> Word:
    """What is looked for: a summary as it is kept, or the parts of anything else."""
    return (word,) if ":" in word else tuple(sorted(parts(word[: PARTS + 1])))


def _test(ways: list[list[Word]]) -> tuple[str, list[str]]:
    """The condition that a ticket has all words, and what stands for its question marks."""
    has = (
        "exists (select 1 from ticket_words where word = ? and opened_at = each.opened_at"
        " and number = each.number)"
    )
    alternatives = (
        " or ".join(f"({' and '.join(has for _ in pieces)})" for pieces in way) for way in ways
    )
    given = [piece for way in ways for pieces in way for piece in pieces]
    return " and ".join(f"({each})" for each in alternatives), given
