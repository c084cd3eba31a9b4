"""A desk's database after years: straight into SQLite, in rows as the desk itself leaves them."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bot.core.model.conversation import Conversation
from bot.core.model.effects import Button, Chat, Send
from bot.core.model.message import Person, Ref
from bot.core.model.subject import conversation
from bot.store import Store
from bot.store.codec import EFFECT
from bot.store.conversations import CONVERSATION
from tests.addresses import on_telegram

EACH = 10
"""Messages of one person, who has one ticket."""
DAYS = 100.0
RECENT = 3.0
"""Days for which the inbox keeps what tells repetitions."""
FIRST = 10_000_000
"""The people of the past have even numbers from here on; odd ones between them are free."""
CHUNK = 20_000
ANYBODY = on_telegram(12345678)
"""Whose address and number stand in a row until it is somebody's."""

QUESTION = "昨天开的发票在系统里查不到，换了浏览器也不行"
ANSWER = "<b>开出的发票查不到</b>\n" + "开票方上传以后一般要等一会儿才能查到，请先核对号码。" * 6

INSERTS = {
    "inbox": "(channel, key, lane, received_at, payload, status, subject)"
    " values ('telegram', ?, ?, ?, ?, 'done', ?)",
    "outbox": "(subject, lane, name, effect, status, attempts, due_at, created_at, done_at, chat,"
    " message) values (?, ?, ?, ?, 'sent', 1, ?, ?, ?, ?, ?)",
    "people": "(id, created) values (?, ?)",
    "addresses": "(address, person) values (?, ?)",
    "conversations": "(id, person, data, updated_at) values (?, ?, ?, ?)",
    "messages": "(conversation, seq, at, who, name, text) values (?, ?, ?, ?, ?, ?)",
    "tickets": "(number, conversation, person, status, tier, owner, owner_address, opened_at,"
    " updated_at, closed_at, summary)"
    " values (?, ?, ?, ?, 'frontline', '小李', 'telegram:2001', ?, ?, ?, 'said::查不到')",
    "rooms": "(ticket, tier, chat, thread, title, closed)"
    " values (?, 'frontline', 'telegram:-1001000000001', ?, ?, ?)",
    "copies": "(source_chat, source, chat, message, conversation, lane)"
    " values (?, ?, 'telegram:-1001000000001', ?, ?, ?)",
}
Rows = Iterator[tuple[Any, ...]]

ORDERS = """
insert into outbox (subject, lane, name, effect, status, attempts, due_at, created_at, done_at,
 chat, message)
with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < :count),
 people (n, chat) as (select n, :first + 2 * (n / :each) from numbers)
select 'conversation:telegram:' || chat, 'chat:telegram:' || chat, 'faq:' || n,
 replace(:effect, '12345678', chat), iif(:waits, 'waiting', 'sent'), 1, :due, :at,
 iif(:waits, null, :at), iif(:waits, null, 'telegram:' || chat), iif(:waits, null, n + 2)
 from people
"""


def make(path: Path, messages: int) -> None:
    """A database with that many past messages and a tenth as many tickets, of which one in fifty
    is open.
    """
    Store.open(path).close()
    past = Past(messages // EACH, time.time())
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma synchronous = off")
        for table, insert in INSERTS.items():
            rows: Rows = getattr(past, table)()
            while chunk := list(islice(rows, CHUNK)):
                db.execute("begin")
                db.executemany(f"insert into {table} {insert}", chunk)
                db.execute("commit")
        db.execute("analyze")
        db.execute("pragma wal_checkpoint(truncate)")
    # What is timed afterwards must not wait for this to reach the disk.
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sent(path: Path, count: int, at: float) -> None:
    """Add orders of other people, sent at that time, to a database that may be in use."""
    _order(path, count, {"waits": False, "each": EACH, "at": at, "due": at})


def waiting(path: Path, count: int, at: float, due: float) -> None:
    """Add orders that were made at `at`, failed once and are due again at `due`, each to somebody
    else, to a database that may be in use.
    """
    _order(path, count, {"waits": True, "each": 1, "at": at, "due": due})


def _order(path: Path, count: int, about: Mapping[str, float]) -> None:
    effect = EFFECT.dump_json(Send(to=Chat(ANYBODY), text=QUESTION)).decode()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma synchronous = off")
        db.execute(ORDERS, {"count": count, "first": FIRST, "effect": effect, **about})
        db.execute("pragma wal_checkpoint(truncate)")


class Past:
    """The rows of each table, person by person or day by day."""

    def __init__(self, people: int, now: float) -> None:
        self._people = people
        self._now = now
        self._conversation = _template(now)
        self._effect = EFFECT.dump_json(_answer()).decode()
        self._payload = _payload()

    def _persons(self) -> Iterator[tuple[int, str]]:
        return (
            (FIRST + 2 * n, f"conversation:telegram:{FIRST + 2 * n}") for n in range(self._people)
        )

    def _messages(self) -> Iterator[tuple[int, int, str, float, bool]]:
        """Number, chat, case, time, and whether it is recent; oldest first."""
        count = self._people * EACH
        for n in range(count):
            chat = FIRST + 2 * (n * 7919 % self._people)
            at = self._now - DAYS * 86400 * (1 - n / count)
            yield n, chat, f"conversation:telegram:{chat}", at, self._now - at < RECENT * 86400

    def inbox(self) -> Rows:
        for n, chat, case, at, recent in self._messages():
            payload = self._payload.replace("12345678", str(chat)) if recent else ""
            yield f"past {n}" if recent else None, on_telegram(chat), at, payload, case

    def outbox(self) -> Rows:
        for n, chat, case, at, _ in self._messages():
            effect = self._effect.replace("12345678", str(chat))
            there = on_telegram(chat)
            yield case, f"chat:{there}", f"faq:{n}", effect, at, at, at, there, n + 2

    def people(self) -> Rows:
        for chat, _ in self._persons():
            yield chat, self._now

    def addresses(self) -> Rows:
        for chat, _ in self._persons():
            yield on_telegram(chat), chat

    def conversations(self) -> Rows:
        for chat, case in self._persons():
            yield case, chat, self._conversation.replace("12345678", str(chat)), self._now

    def messages(self) -> Rows:
        for n, _, case, at, _ in self._messages():
            yield case, n, at, "person", "纳税人", QUESTION
            yield case, n, at, "desk", "", ANSWER

    def tickets(self) -> Rows:
        now = self._now
        for n, (chat, case) in enumerate(self._persons()):
            closed = bool(n % 50)
            status, at = ("closed", now) if closed else ("open", None)
            yield _number(chat), case, chat, status, now, now, at

    def rooms(self) -> Rows:
        for n, (chat, _) in enumerate(self._persons()):
            yield _number(chat), n + 100, f"{_number(chat)} 查不到", bool(n % 50)

    def copies(self) -> Rows:
        for n, (chat, case) in enumerate(self._persons()):
            yield on_telegram(chat), 1, n + 200, case, f"room:{_number(chat)}:frontline"


def _number(chat: int) -> str:
    return f"P-{chat}"


def _template(now: float) -> str:
    """The conversation of chat 12345678."""
    me = Person(ANYBODY, "纳税人")
    heard = datetime.fromtimestamp(now, UTC)
    talk = Conversation(id=conversation(ANYBODY), address=ANYBODY, person=me, heard_at=heard)
    return CONVERSATION.dump_json(talk).decode()


def _answer() -> Send:
    rows = tuple((Button("这个问题的另一种情况", f"faq:another-{n}"),) for n in range(4))
    return Send(to=Chat(ANYBODY), text=ANSWER, buttons=rows, reply_to=Ref(ANYBODY, 1))


def _payload() -> str:
    """An update as Telegram sends it."""
    person = {"id": 12345678, "first_name": "纳税人", "language_code": "zh-hans", "is_bot": False}
    chat = {"id": 12345678, "first_name": "纳税人", "type": "private"}
    message = {"message_id": 1, "from": person, "chat": chat, "date": 1767225600, "text": QUESTION}
    return json.dumps({"update_id": 700_000_001, "message": message}, ensure_ascii=False)
