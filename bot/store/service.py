"""How long things took and what clocks made the desk do, from what it recorded and ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from bot.store.file import opened

# A clock ends with the word that it waited for; the next of its name at this tier is another one.
TWICE = """
with stages as (
    select what, ticket, to_tier, field, sum(what in ('met', 'late')) over
        (partition by ticket, to_tier, field order by seq, n) as clock
    from record where kind = 'clock'
)
select coalesce(sum(told - 1), 0) from (
    select count(*) as told from stages where what not in ('met', 'late')
    group by what, ticket, to_tier, field, clock
)
"""
COUNTS = """
select to_tier, what, count(*) from record
    where kind = 'clock' and what in ('reminded', 'due', 'overdue', 'met', 'late') group by 1, 2
union all select from_tier, iif(what = 'released', 'handed_back', what), count(*) from record
    where kind = 'ticket' and role = 'desk' and what in ('escalated', 'released') group by 1, 2
union all select to_tier, 'tickets', count(*) from record
    where kind = 'ticket' and what in ('opened', 'escalated') group by 1
"""
# What is ordered in the moment in which a clock is heard follows from it.
SAID = """
with heard as (
    select distinct subject, received_at from inbox
    where channel = 'clock' and (payload glob 'clock:*' or payload glob 'promise:*')
)
select created_at from outbox
join heard on heard.subject = outbox.subject and received_at = created_at
where json_extract(effect, '$.kind') in ('send', 'relay', 'send_file')
"""


@dataclass(frozen=True, slots=True)
class Service:
    """`counts` are by tier and by what happened there; `said` is when a clock made the desk say
    something, a time for each message; `twice` is how many stages were told again.
    """

    counts: Mapping[tuple[str, str], int]
    said: tuple[datetime, ...]
    twice: int
    opened: int


def service(path: Path) -> Service:
    """Count all that is in the file. Raises `OSError` where it cannot be read."""
    with opened(path) as db:
        return Service(
            counts={(tier, what): int(count) for tier, what, count in db.execute(COUNTS)},
            said=tuple(datetime.fromtimestamp(at, UTC) for (at,) in db.execute(SAID)),
            twice=_number(db, TWICE),
            opened=_number(db, "select count(*) from record where what = 'opened'"),
        )


def _number(db: Database, query: str) -> int:
    return int(db.execute(query).fetchone()[0])
