"""Everything to be said, until it is said; and where it went, for edits and replies."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from bot.core.model.effects import ANSWER, Mark, Outgoing, Picture, Place, Respond, Send, TakeBack
from bot.core.model.message import Ref
from bot.core.model.subject import DESK
from bot.store.codec import EFFECT, Codec
from bot.store.heads import Heads
from bot.store.lanes import NEWS, for_people, is_news, lane_of, place_lane

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """An effect that waits to be carried out. `newest` is the last order that waits in its lane."""

    id: int
    subject: str
    lane: str
    effect: Outgoing
    attempts: int
    due_at: float
    created_at: float = 0.0
    newest: int = 0


TAKES_BACK = "take_back"
"""The name of orders that take messages back."""


def _name(effect: Outgoing) -> str:
    """By what an order is found again in its lane."""
    if isinstance(effect, Send | Picture):
        return effect.key
    return TAKES_BACK if isinstance(effect, TakeBack) else ""


def _text(error: str) -> str:
    """What a channel said, where it may hold half of a character."""
    return error.encode("utf-8", "backslashreplace").decode()


class Outbox:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._heads = Heads(db)
        self._codec: Codec[Outgoing] = Codec(EFFECT)

    def put(self, subject: str, effects: Iterable[Outgoing], now: float) -> None:
        """What is to be carried out; its `subject` is told if it cannot be.

        Raises `ValueError` for what belongs to nobody: its refusal would be told to nobody.
        """
        if not subject:
            raise ValueError("an order must belong to somebody")
        self._db.conn.executemany(
            "insert into outbox (subject, lane, name, effect, due_at, created_at)"
            " values (?, ?, ?, ?, ?, ?)",
            [
                (
                    subject,
                    lane_of(effect),
                    _name(effect),
                    self._codec.text(effect),
                    now,
                    now,
                )
                for effect in effects
            ],
        )

    def ready(
        self,
        now: float,
        limit: int,
        busy: Sequence[str] = (),
        others: int = 1000,
        news: int = 1000,
    ) -> list[Order]:
        """The first waiting order of each lane that is not `busy`, if it is due.

        One that is due later than any rule could set waits for a clock that was set back.
        Those for people come first, of them who was last to get something to wait for; then groups,
        then news. At most `others` are not for people, and of these `news` are news.
        """
        rows = self._heads.ready(now, limit, busy)
        told = sum(is_news(row[2]) for row in rows)
        rows = rows[: len(rows) - max(told - news, 0)]
        people = sum(for_people(row[2]) for row in rows)
        return self._orders(rows[: people + others], now)

    def _orders(self, rows: Iterable[tuple[Any, ...]], now: float) -> list[Order]:
        """The rows as orders, but for those of somebody who is erased.

        One that cannot be read is given up, and keeps no other back.
        """
        orders, erased = [], self._erased()
        for number, subject, lane, effect, *rest in rows:
            if number <= erased.get(subject, 0):
                continue
            try:
                told = self._codec.value(effect)
            except ValueError as error:
                log.error("order %d cannot be read and is given up", number)
                self._report(number, subject, now)
                self._give_up(number, f"unreadable: {type(error).__name__}", now)
            else:
                orders.append(Order(number, subject, lane, told, *rest))
        return orders

    def _erased(self) -> dict[str, int]:
        """Up to which order everything is erased of somebody who is erased just now."""
        return dict(self._db.execute("select subject, outbox from erasing where before is null"))

    def _report(self, number: int, subject: str, now: float) -> None:
        """Let the inbox have a row that cannot be worked on, of which staff are told."""
        self._db.execute(
            "insert or ignore into inbox (channel, key, lane, received_at, payload, subject)"
            " values ('outbox', ?, ?, ?, ?, ?)",
            [f"{number} unreadable", subject, now, f'{{"order": {number}}}', subject],
        )

    def next_due(self, now: float) -> float | None:
        """When the next order that is not due yet will be."""
        return self._heads.next_due(now)

    def sent(self, order: Order, chat: str, messages: Sequence[int], now: float) -> bool:
        """It was carried out; `messages` are the ids of what it became, in order.

        False where its person was erased meanwhile, so that nothing may be kept of it. Of what
        belongs to the desk itself it is not kept what it said: nobody could erase it.
        """
        done = self._db.execute(
            "update outbox set status = 'sent', attempts = attempts + 1, done_at = ?, chat = ?,"
            " message = ?, effect = case subject when ? then '' else effect end"
            " where id = ? and subject = ?",
            [now, chat, messages[-1] if messages else None, DESK, order.id, order.subject],
        )
        if not done.rowcount:
            return False
        if order.effect.kind == "relay" and messages:
            self._db.conn.executemany(
                "insert or replace into copies values (?, ?, ?, ?, ?, ?)",
                [
                    (item.ref.chat, item.ref.message, chat, message, order.subject, order.lane)
                    for item, message in zip(order.effect.items, messages, strict=False)
                ],
            )
        return True

    def later(self, order: Order, due_at: float, error: str) -> None:
        """It failed in a way that passes: try again then."""
        self._db.execute(
            "update outbox set attempts = attempts + 1, due_at = ?, error = ? where id = ?",
            [due_at, _text(error), order.id],
        )

    def fail(self, order: Order, error: str, now: float) -> None:
        """It cannot be carried out. Nobody waits for the answer to a press that came too late, and
        nobody is told of a mark."""
        self._give_up(order.id, error, now)
        if isinstance(order.effect, Respond | Mark):
            self.settle(order.id)

    def settle(self, number: int) -> None:
        """The core has decided what follows from this order's refusal. One that waits is not over:
        that its place is lost was told, and it may still be refused for another reason."""
        self._db.execute(
            "update outbox set settled = 1 where id = ? and status = 'failed'", [number]
        )

    def latest(self) -> int:
        """The number of the order that was put last."""
        (number,) = self._db.execute("select max(id) from outbox").fetchone()
        return int(number)

    def _give_up(self, number: int, error: str, now: float) -> None:
        self._db.execute(
            "update outbox set status = 'failed', attempts = attempts + 1, done_at = ?, error = ?"
            " where id = ?",
            [now, _text(error), number],
        )

    def behind(self, order: Order, now: float) -> list[Order]:
        """What else waits for the place of this order, its news as well."""
        lane = place_lane(order.effect.to)
        rows = self._db.execute(
            "select id, subject, lane, effect, attempts, due_at, created_at, id from outbox"
            " where status = 'waiting' and lane in (?, ?) and id != ? order by id",
            [lane, f"{NEWS}{lane}", order.id],
        )
        return self._orders(rows.fetchall(), now)

    def answers(self, order: Order, since: float) -> tuple[bool, bool]:
        """Of the answers from the FAQ in its lane, or where it is none of what has its key: whether
        one before it was left unsaid since then, and whether one waits behind it."""
        key = order.effect.key if isinstance(order.effect, Send | Picture) else ""
        like = f"{ANSWER}*" if key.startswith(ANSWER) else key
        row = self._db.execute(
            "select exists (select 1 from outbox where lane = :lane and name != ''"
            " and name glob :answer and id < :id and status = 'sent' and message is null"
            " and done_at >= :since), exists (select 1 from outbox where lane = :lane"
            " and name != '' and name glob :answer and id > :id and status = 'waiting')",
            {
                "lane": order.lane,
                "answer": like,
                "id": order.id,
                "since": since,
            },
        ).fetchone()
        return bool(row[0]), bool(row[1])

    def taken_back(self, order: Order) -> frozenset[Ref]:
        """The messages that orders waiting behind this one take back."""
        rows = self._db.execute(
            "select id, subject, lane, effect, attempts, due_at from outbox"
            " where lane = ? and name = ? and name != '' and status = 'waiting' and id > ?",
            [order.lane, TAKES_BACK, order.id],
        )
        orders = self._orders(rows.fetchall(), order.due_at)
        behind = (each.effect for each in orders)
        return frozenset(ref for each in behind if isinstance(each, TakeBack) for ref in each.refs)

    def backlog(self) -> int:
        (count,) = self._db.execute(
            "select count(*) from outbox where status = 'waiting'"
        ).fetchone()
        return int(count)

    def named(self, place: Place, name: str) -> int | None:
        """What the latest `Send` or `Picture` with this key became there, news or not."""
        lane = place_lane(place)
        row = self._db.execute(
            "select message from outbox where lane in (?, ?) and name = ? and name != ''"
            " and status = 'sent' order by id desc limit 1",
            [lane, f"{NEWS}{lane}", name],
        ).fetchone()
        return int(row[0]) if row and row[0] is not None else None

    def counterpart(self, ref: Ref, chat: str) -> int | None:
        """What this message is in another chat: its copy, or the one it is a copy of."""
        row = self._db.execute(
            "select message from copies where source_chat = ? and source = ? and chat = ?"
            " union all"
            " select source from copies where chat = ? and message = ? and source_chat = ?",
            [ref.chat, ref.message, chat, ref.chat, ref.message, chat],
        ).fetchone()
        return int(row[0]) if row else None

    def heard(self, ref: Ref, subject: str, lane: str) -> None:
        """An agent's message was said in this lane's room: it counts there as a copy of itself."""
        self._db.execute(
            "insert or ignore into copies values (?, ?, ?, ?, ?, ?)",
            [ref.chat, ref.message, ref.chat, ref.message, subject, lane],
        )

    def origin(self, ref: Ref) -> tuple[str, str] | None:
        """The case and the lane of what became this message, or of what it was copied to.

        A message that was said in a room and copied to the person is of the room.
        """
        row = self._db.execute(
            "select subject, lane from (select subject, lane from outbox where chat = ?"
            " and message = ? union all select conversation, lane from copies where chat = ?"
            " and message = ? union all select conversation, lane from copies where source_chat = ?"
            " and source = ?) order by lane like 'chat:%' limit 1",
            [ref.chat, ref.message] * 3,
        ).fetchone()
        return (row[0], row[1]) if row else None
