"""What the crash proof finds in the database and at Telegram when all is over."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.core.model.address import local
from bot.store.account import account
from tests.addresses import on_telegram
from tests.benchmarks.crash_desk import ANSWER
from tests.benchmarks.crash_people import Play
from tests.benchmarks.crash_wire import Sent, Wire


@dataclass(frozen=True, slots=True)
class Kept:
    """What is in the file of a desk that was killed: updates, and how much waits."""

    keys: frozenset[int] = frozenset()
    inbox: int = 0
    outbox: int = 0


@dataclass(slots=True)
class Verdict:
    """Figures, and a line for each promise that was broken."""

    sent: int = 0
    lost: int = 0
    applied_twice: int = 0
    repeated: int = 0
    tickets_lost: int = 0
    tickets_twice: int = 0
    unheard: int = 0
    said: str = ""
    broken: list[str] = field(default_factory=list)

    def fails(self, kills: int) -> bool:
        """Whether a promise is broken: only so many messages may be repeated as kills were."""
        wrong = self.lost + self.applied_twice + self.tickets_lost + self.tickets_twice
        wrong += self.unheard
        return bool(wrong or self.broken or self.repeated > kills)


def kept(database: Path) -> Kept:
    """Look into a copy: the desk itself is to recover the file."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / database.name
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{database}{suffix}", f"{copy}{suffix}")
        with closing(sqlite3.connect(copy)) as db:
            try:
                keys = db.execute("select key from inbox where channel = 'telegram'").fetchall()
                waits = [
                    db.execute(f"select count(*) from {table} where status = 'waiting'").fetchone()
                    for table in ("inbox", "outbox")
                ]
            except sqlite3.OperationalError:  # killed before it made the tables
                return Kept()
    return Kept(frozenset(int(key) for (key,) in keys), waits[0][0], waits[1][0])


def judge(database: Path, wire: Wire, play: Play) -> Verdict:
    """Compare what people did with what the desk kept and with what Telegram was given."""
    with closing(sqlite3.connect(database)) as db:
        verdict = Verdict(sent=len(wire.told))
        orders = [
            (lane, json.loads(effect))
            for lane, effect in db.execute("select lane, effect from outbox order by id")
        ]
        lost, twice = _arrivals(db, wire, verdict)
        for chat, message, times in _relays(orders, play, verdict):
            update = next(
                t.id for t in wire.told.values() if (t.chat, t.message) == (chat, message)
            )
            (lost if times == 0 else twice).add(update)
        verdict.broken += [f"lost: {wire.told[each]}" for each in sorted(lost)]
        verdict.broken += [f"applied twice: {wire.told[each]}" for each in sorted(twice)]
        verdict.lost, verdict.applied_twice = len(lost), len(twice)
        _answers(orders, play, verdict)
        _words(orders, play, verdict)
        _tickets(db, play, verdict)
        _messages(db, wire, verdict)
    counted = account(database)
    if counted is None or not counted.is_settled:
        verdict.broken.append(f"not accounted for: {counted}")
    return verdict


def _messages_of(db: sqlite3.Connection, select: str) -> Iterator[tuple[int, int]]:
    """Messages as Telegram numbers them, where the desk has the addresses of their chats."""
    return ((int(local(chat)), message) for chat, message in db.execute(select))


def _at_telegram(ref: Mapping[str, Any]) -> tuple[int, int]:
    """A message that an order names, as Telegram numbers it."""
    return int(local(ref["chat"])), ref["message"]


def _arrivals(db: sqlite3.Connection, wire: Wire, verdict: Verdict) -> tuple[set[int], set[int]]:
    """Every update is in the inbox once, worked on, in its chat's order."""
    rows = db.execute("select key, status from inbox where channel = 'telegram' order by id")
    chats = defaultdict[int, list[int]](list)
    worked = Counter[int]()
    for key, status in rows:
        chats[wire.told[int(key)].chat].append(int(key))
        worked[int(key)] += status == "done"
    verdict.broken += [
        f"updates of {c} are out of order" for c, k in chats.items() if k != sorted(k)
    ]
    return wire.told.keys() - +worked, {key for key, times in worked.items() if times > 1}


def _relays(
    orders: Sequence[tuple[str, Any]], play: Play, verdict: Verdict
) -> Iterator[tuple[int, int, int]]:
    """The lines that were not ordered once for the other side: chat, message, how often."""
    found = defaultdict[str, list[tuple[int, int]]](list)
    for lane, effect in orders:
        if effect["kind"] == "relay":
            found[lane] += [_at_telegram(i["ref"]) for i in effect["items"]]
    for lane, lines in play.lines.items():
        times = Counter(found[lane])
        yield from ((*line, times[line]) for line in lines if times[line] != 1)
        if found[lane] != lines:
            verdict.broken.append(f"{lane} has {found[lane]}, said were {lines}")


def _answers(orders: Sequence[tuple[str, Any]], play: Play, verdict: Verdict) -> None:
    """Every question was answered once, and nothing was ordered for a ticket's room twice."""
    sends = [
        (lane, effect["text"], str(effect["reply_to"]))
        for lane, effect in orders
        if effect["kind"] == "send"
    ]
    for person, asked in play.asked.items():
        answers = sum(
            lane == f"chat:{on_telegram(person)}" and ANSWER in text for lane, text, _ in sends
        )
        verdict.lost += max(asked - answers, 0)
        verdict.applied_twice += max(answers - asked, 0)
    rooms = Counter(send for send in sends if send[0].startswith("room:"))
    verdict.applied_twice += sum(times - 1 for times in rooms.values())


def _words(orders: Sequence[tuple[str, Any]], play: Play, verdict: Verdict) -> None:
    """Whatever an agent wrote in a topic, also in one that a life left behind, has its answer or a
    mark on it.
    """
    about = {"send": "reply_to", "react": "ref"}
    refs = (effect[about[effect["kind"]]] for _, effect in orders if effect["kind"] in about)
    answered = {_at_telegram(ref) for ref in refs if ref is not None}
    unheard = [word for word in play.words if word not in answered]
    verdict.unheard = len(unheard)
    verdict.broken += [f"nobody answered the agent's {word}" for word in unheard]


def _tickets(db: sqlite3.Connection, play: Play, verdict: Verdict) -> None:
    """Every ticket that was opened is there once, in its order, closed, with one room."""
    there = defaultdict[str, list[str]](list)
    rows = db.execute("select conversation, number, status from tickets order by opened_at, number")
    for subject, number, status in rows:
        there[subject].append(number)
        if status != "closed":
            verdict.broken.append(f"ticket {number} is {status}")
    for person, opened in play.tickets.items():
        found = there.pop(f"conversation:telegram:{person}", [])
        verdict.tickets_lost += len(set(opened) - set(found))
        verdict.tickets_twice += len(found) - len(set(opened) & set(found))
        if found != opened:
            verdict.broken.append(f"tickets of {person}: {found}, opened were {opened}")
    verdict.tickets_twice += sum(map(len, there.values()))


def _messages(db: sqlite3.Connection, wire: Wire, verdict: Verdict) -> None:
    """Every order was carried out; what Telegram has beyond that are repetitions.

    A message is known to the desk by its id. One that is not was in flight in a life that ended,
    and was sent again in a later one.
    """
    for number, status, effect in db.execute("select id, status, effect from outbox"):
        if status != "sent":
            verdict.broken.append(f"order {number} is {status}: {effect}")
    known = {*_messages_of(db, "select chat, message from outbox where message is not null")}
    # What an agent said in a room is kept as a copy of itself, which nobody sent.
    copies = "select chat, message from copies where (chat, message) != (source_chat, source)"
    known |= {*_messages_of(db, copies)}
    known |= {*_messages_of(db, "select chat, thread from rooms")}
    at_telegram = {(sent.chat, sent.message) for sent in wire.sent}
    verdict.broken += [f"{each} never reached Telegram" for each in known - at_telegram]
    good = [sent for sent in wire.sent if (sent.chat, sent.message) in known]
    spare = [sent for sent in wire.sent if (sent.chat, sent.message) not in known]
    verdict.repeated = len(spare)
    lives = Counter(sent.life for sent in spare)
    places = Counter((sent.life, sent.chat, sent.thread or sent.what) for sent in spare)
    verdict.broken += [f"{n} repeated in one place by {p}" for p, n in places.items() if n > 1]
    verdict.broken += list(_strays(spare, good))
    verdict.broken += list(_disorder(good, db))
    most = max(lives.values(), default=0)
    verdict.said = (
        f"{len(good)} messages of the desk, {len(spare)} repeated, at most {most} by one kill"
    )


def _strays(spare: Sequence[Sent], good: Sequence[Sent]) -> Iterator[str]:
    """What was sent once too often and is no repetition.

    Of two topics the room may be the earlier one: where an agent wrote in it first.
    """
    kept: Mapping[tuple[object, ...], int] = {(s.method, s.chat, s.what): s.life for s in good}
    for sent in spare:
        life = kept.get((sent.method, sent.chat, sent.what), sent.life)
        again = life != sent.life if sent.method == "createForumTopic" else life > sent.life
        if not again:
            yield f"nobody ordered {sent}"


def _disorder(good: Sequence[Sent], db: sqlite3.Connection) -> Iterator[str]:
    """Places where messages came in another order than that of their orders."""
    sent = "select id, chat, message from outbox where message is not null"
    order = {(int(local(chat)), message): number for number, chat, message in db.execute(sent)}
    lanes = dict(db.execute("select id, lane from outbox").fetchall())
    last = Counter[str]()
    for each in good:
        number = order.get((each.chat, each.message))
        if number is None:
            continue
        if number < last[lanes[number]]:
            yield f"order {number} was carried out after {last[lanes[number]]}"
        last[lanes[number]] = number
