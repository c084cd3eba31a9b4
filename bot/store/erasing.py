"""What is erased, table by table, a bounded number of rows at a time: data for `Retention`.

`:of` is the conversation, `:before` the time until which what was said goes (seconds since 1970).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.conversations import BLANK
from bot.store.tickets import FORGOTTEN


@dataclass(frozen=True, slots=True)
class Part:
    """`rows` are the numbers of the next `:n` rows after `:after`, `acts` what is done with those
    up to the `:last` of them. Rows that have no number and go all are numbered 0.

    Before that is asked how many orders are `given_up`, and for the numbers of the tickets that are
    `blanked`.
    """

    rows: str
    acts: Sequence[str]
    given_up: str = ""
    blanked: str = ""


def _next(table: str, column: str, until: str = "", number: str = "id") -> str:
    bound = f" and {number} <= :{until}" if until else ""
    return (
        f"select {number} from {table} where {column} = :of and {number} > :after{bound}"
        f" order by {number} limit :n"
    )


INBOX = "subject = :of and id > :after and id <= :last"
OUTBOX = INBOX
MESSAGES = "conversation = :of and id > :after and id <= :last"
TICKETS = "conversation = :of and rowid > :after and rowid <= :last"
OPEN = "select number from tickets where conversation = :of and status != 'closed'"
LETS_GO = (
    "select name from attachments where conversation = :of and at < :before order by name limit :n"
)
LET_GO = Part(
    LETS_GO.replace("name", "0", 1),
    (
        f"insert or ignore into doomed select name from ({LETS_GO}) as mine where not exists"
        " (select 1 from attachments where name = mine.name and conversation != :of)",
        f"delete from attachments where conversation = :of and name in ({LETS_GO})",
    ),
)

# Rooms stay, named by their ticket's number alone, and so does where their card is: the agents'
# topic can still be closed and the card be blanked. Copies come last: what is on its way adds some.
EVERYTHING = (
    Part(
        _next("outbox", "subject", "outbox"),
        (
            f"update tally set erased = erased + (select count(*) from outbox where {OUTBOX}"
            " and not (status = 'sent' and name = 'card')) where name = 'outbox'",
            f"delete from outbox where {OUTBOX} and not (status = 'sent' and name = 'card')",
            f"update outbox set effect = '', subject = '{FORGOTTEN}' where {OUTBOX}",
        ),
    ),
    Part(
        _next("inbox", "subject", "inbox"),
        (
            f"delete from record where seq in (select id from inbox where {INBOX})",
            "update inbox set status = 'done', payload = '', key = null, error = null, lane = '',"
            f" subject = '{FORGOTTEN}' where {INBOX}",
        ),
    ),
    Part(_next("messages", "conversation"), (f"delete from messages where {MESSAGES}",)),
    Part(
        _next("tickets", "conversation", number="rowid"),
        (
            "update rooms set title = ticket"
            f" where ticket in (select number from tickets where {TICKETS})",
            "delete from ticket_words"
            f" where number in (select number from tickets where {TICKETS})",
            f"update tickets set {BLANK} where {TICKETS}",
        ),
        blanked=f"select number from tickets where {TICKETS}",
    ),
    LET_GO,
    Part(
        "select 0 from copies where conversation = :of limit :n",
        (
            "delete from copies where (source_chat, source, chat) in"
            " (select source_chat, source, chat from copies where conversation = :of limit :n)",
        ),
    ),
)

# What could not be done in all that time is not tried any more: nobody waits for it, and what an
# open ticket's room was not told stands in its history. What led to an open ticket belongs to it.
OLD = (
    Part(
        _next("outbox", "subject", "outbox"),
        (
            "update outbox set effect = '', error = null,"
            " settled = settled or status = 'waiting',"
            " status = case status when 'waiting' then 'failed' else status end"
            f" where {OUTBOX} and created_at < :before and effect != ''",
        ),
        given_up=f"select count(*) from outbox where {OUTBOX} and created_at < :before"
        " and status = 'waiting'",
    ),
    Part(
        _next("inbox", "subject", "inbox"),
        (
            f"delete from record where seq in (select id from inbox where {INBOX})"
            f" and at <= :before and ticket not in ({OPEN})",
            "update inbox set status = 'done', payload = '', error = null"
            f" where {INBOX} and status != 'waiting' and received_at < :before"
            " and (payload != '' or error is not null)",
        ),
    ),
    Part(
        _next("messages", "conversation"),
        (
            f"delete from messages where {MESSAGES} and at <= :before and ticket not in ({OPEN})"
            f" and (ticket != '' or not exists ({OPEN}))",
        ),
    ),
    Part(
        _next("tickets", "conversation", number="rowid"),
        (
            "update rooms set title = ticket where ticket in"
            f" (select number from tickets where {TICKETS} and closed_at <= :before)",
            "delete from ticket_words where number in"
            f" (select number from tickets where {TICKETS} and closed_at <= :before)",
            "update tickets set summary = 'thinned::', invoice = null, data = '{}'"
            f" where {TICKETS} and closed_at <= :before and summary != 'thinned::'",
        ),
    ),
    LET_GO,
)
