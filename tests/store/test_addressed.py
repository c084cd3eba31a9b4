"""What an older desk kept with Telegram's numbers is kept with addresses, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.app.demo import FIRST_GROUP
from bot.core.model.message import Person
from bot.store import Store
from bot.store.addressed import address, addressed
from bot.store.migrations import migrations
from tests.addresses import LI, WANG, on_telegram
from tests.store.conftest import until

REF, NOW_REF = {"chat": -100, "message": 7}, {"chat": "telegram:-100", "message": 7}
AGENT, NOW_AGENT = {"id": 2001, "name": "小李"}, {"address": "telegram:2001", "name": "小李"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (REF, NOW_REF),
        (AGENT, NOW_AGENT),
        (
            {"id": 1001, "kind": "chat", "thread": 5},
            {"address": "telegram:1001", "kind": "chat", "thread": 5},
        ),
        (
            {"id": "conversation:telegram:1001", "chat": 1001, "person": AGENT, "turn": 4},
            {
                "address": "telegram:1001",
                "id": "conversation:telegram:1001",
                "person": NOW_AGENT,
                "turn": 4,
            },
        ),
        ({"noting": [7, 8], "version": 2}, {"noting": ["telegram:7", "telegram:8"], "version": 2}),
        (
            {"items": [{"ref": REF, "name": "1.pdf"}], "albums": {"a": {"who": AGENT}}},
            {"items": [{"ref": NOW_REF, "name": "1.pdf"}], "albums": {"a": {"who": NOW_AGENT}}},
        ),
        (
            {"kind": "room", "ticket": "F2222", "tier": "frontline"},
            {"kind": "room", "ticket": "F2222", "tier": "frontline"},
        ),
    ],
    ids=["message", "person", "chat", "conversation", "ticket", "inside", "room"],
)
def test_numbers_of_chats_and_people_become_addresses(before: Any, after: Any) -> None:
    assert json.loads(addressed(json.dumps(before))) == after
    assert json.loads(addressed(json.dumps(after))) == after


@pytest.mark.parametrize("text", ["", "旧话", '{"chat":', "9" * 5000])
def test_what_is_no_json_stays_as_it_is(text: str) -> None:
    assert addressed(text) == text


def test_half_a_character_keeps_no_value_from_being_kept() -> None:
    assert addressed('{"text":"\\ud83d您好"}').encode() == '{"text":"?您好"}'.encode()


def test_nobody_has_no_address() -> None:
    assert [address(number) for number in (1001, -5, 0, None)] == [
        *("telegram:1001", "telegram:-5"),
        *("", ""),
    ]


OF_CHATS = {
    "outbox": ("chat",),
    "copies": ("source_chat", "chat"),
    "rooms": ("chat",),
    "moves": ("old", "new"),
    "messages": ("chat",),
    "tickets": ("owner_address",),
}
"""Columns with an address or nothing."""
VALUES = {
    "conversations": "data",
    "tickets": "data",
    "messages": "item",
    "outbox": "effect",
    "inbox": "payload",
}
"""Columns with a value as JSON; of the inbox, where the desk tells itself of an order."""
OF_ORDERS = ("outbox", "intake", None)
ADDRESS = re.compile(r"telegram:-?[1-9]\d*")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from objects(each)


def named(value: dict[str, Any]) -> list[Any]:
    """What names a chat or a person in this object, but not in what it holds."""
    return [value[key] for key in ("chat", "address") if key in value] + [*value.get("noting", ())]


def values(db: Database) -> dict[str, list[dict[str, Any]]]:
    """Every object of every value, by its table."""
    return {
        table: [
            found
            for row in db[table].rows
            if row[column] and row.get("channel") in OF_ORDERS
            for found in objects(json.loads(row[column]))
        ]
        for table, column in VALUES.items()
    }


NUMBERED = re.compile(r"(?:group:)?telegram:(-?\d+)")
"""What an address, or the lane of a group, was before: Telegram's number."""


def leaves(value: Any) -> Iterator[str]:
    """What a value says, in pieces without their names, and each address as the number it was."""
    if isinstance(value, str):
        with suppress(ValueError):
            value = json.loads(value)
    match value:
        case list():
            for each in value:
                yield from leaves(each)
        case dict():
            yield from leaves([*value.values()])
        case "" | None:
            pass
        case str():
            yield NUMBERED.sub(r"\1", value)
        case _:
            yield repr(value)


def words(path: Path) -> dict[str, list[list[str]]]:
    """The leaves of each row of each table that has some; nobody's chat, 0, is none."""
    with closing(Database(path)) as db:
        return {
            name: sorted(
                sorted(leaves({**row, "chat": row.get("chat") or None})) for row in db[name].rows
            )
            for name in db.table_names()
            if name not in ("_sqlite_migrations", "sqlite_sequence", "members") and db[name].count
        }


def test_no_word_and_no_number_of_an_old_database_is_lost_on_the_way_to_addresses(
    old: Path,
) -> None:
    with closing(Database(old)) as db:
        until(db, "addresses")
    before = words(old)
    assert all(before[name] for name in ("inbox", "outbox", "conversations", "messages", "copies"))
    with closing(Database(old)) as db:
        until(db, "record")
    assert words(old) == before


def test_an_old_database_has_only_addresses_afterwards(old: Path) -> None:
    Store.open(old).close()
    with closing(Database(old)) as db:
        chats = {
            (table, column): [row[column] for row in db[table].rows if row[column] is not None]
            for table, columns in OF_CHATS.items()
            for column in columns
        }
        told = values(db)
        lanes = [row["lane"] for table in ("outbox", "copies") for row in db[table].rows]
    assert {of for of, found in chats.items() if not found} <= {("moves", "old"), ("moves", "new")}
    for of, found in chats.items():
        assert [each for each in found if not ADDRESS.fullmatch(each)] == [], of
    for table, found in told.items():
        assert not [each for each in found if isinstance(each.get("id"), int)], table
        known = [each for value in found for each in named(value)]
        assert [each for each in known if not ADDRESS.fullmatch(each)] == [], table
        assert known or table in ("inbox", "tickets")
    personal = [lane.rpartition("chat:")[2] for lane in lanes if "chat:" in lane]
    assert personal
    assert [each for each in personal if not ADDRESS.fullmatch(each)] == []


def test_what_an_old_desk_had_not_worked_on_is_in_the_lane_of_a_new_one(old: Path) -> None:
    """In that of its chat, also where one person of a group waited alone."""
    lanes = {
        "1001": WANG,
        "1002": on_telegram(1002),
        str(FIRST_GROUP): f"group:{on_telegram(FIRST_GROUP)}",
        str(FIRST_GROUP - 1): f"group:{on_telegram(FIRST_GROUP - 1)}",
        "": "",
    }
    with closing(Database(old)) as db:
        db.execute("update inbox set status = 'waiting' where channel = 'telegram' and id % 2")
        db.execute("update inbox set status = 'failed' where channel = 'telegram' and id % 2 = 0")
        db.execute(
            "insert into inbox (channel, key, lane, received_at, payload)"
            " values ('telegram', 'nobody', '', 5, '{}')"
        )
        db.conn.commit()
        before = {row["id"]: row["lane"] for row in db["inbox"].rows_where("status != 'done'")}
    Store.open(old).close()
    with closing(Database(old)) as db:
        after = {row["id"]: row["lane"] for row in db["inbox"].rows_where("status != 'done'")}
    assert after == {id_: lanes[lane.partition("/")[0]] for id_, lane in before.items()}


def test_groups_that_moved_and_who_waits_for_a_note_are_known_by_address(path: Path) -> None:
    with closing(Database(path)) as db:
        db.conn.create_function("relabelled", 1, str)
        migrations.apply(db, stop_before="addresses")
        db.table("moves").insert({"old": -5, "new": -1005})
        member = {"chat": -1005, "person": 2001, "member": 1, "checked_at": 9.0}
        db.table("members").insert(member)
        data = json.dumps({"noting": [2001, 2002], "version": 3})
        columns = "number, conversation, status, tier, opened_at, updated_at, owner_id, data"
        row = ("F2222", "conversation:telegram:1001", "open", "frontline", 1.0, 1.0, 2001, data)
        db.execute(f"insert into tickets ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        db.conn.commit()
    store = Store.open(path)
    assert store.groups.address(on_telegram(-5)) == on_telegram(-1005)
    ticket = store.tickets.named("F2222")
    assert ticket is not None
    assert (ticket.owner, ticket.version) == (Person(LI, ""), 3)
    assert ticket.noting == (LI, on_telegram(2002))
    assert store.rooms.membership(on_telegram(-1005), LI, since=0) is None, "it is asked again"
    store.close()
