"""Every database that a released desk left behind is brought up to date, and worked on with."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.app import demo
from bot.core import timers
from bot.core.content.knowledge import Knowledge
from bot.core.evidence import slots
from bot.core.model.state import Needs
from bot.core.model.ticket import Summary
from bot.store import Store
from bot.store.codec import EFFECT
from bot.store.migrations import cases, migrations
from tests.addresses import on_telegram
from tests.store.conftest import RELEASED, until

GROUP = demo.FIRST_GROUP


def shape(path: Path) -> dict[str, str]:
    """The statement that makes each table and index."""
    with closing(sqlite3.connect(path)) as conn:
        rows = conn.execute("select name, sql from sqlite_master where sql is not null")
        return {name: " ".join(sql.split()).lower() for name, sql in rows}


KEPT = ("inbox", "tickets", "outbox", "copies", "rooms")


def counts(path: Path) -> dict[str, int]:
    with closing(Database(path)) as db:
        return {name: db[name].count for name in KEPT}


def of_one_value(path: Path) -> list[Any]:
    """What an older desk kept of each conversation: one value."""
    with closing(Database(path)) as db:
        return [json.loads(row["data"]) for row in db["cases"].rows]


OF_ONE_VALUE = pytest.mark.parametrize(
    "old", [file for file in RELEASED if "TABLE cases" in file.read_text("utf-8")], indirect=True
)
"""Desks that kept a conversation as one value, with labels in it."""
BEFORE_RETENTION = pytest.mark.parametrize("old", RELEASED[:2], indirect=True)
"""Desks that kept everybody for ever."""


def test_there_is_a_database_of_every_released_version() -> None:
    changes = (Path(__file__).parents[2] / "CHANGELOG.md").read_text("utf-8")
    released = {line[3:].split()[0] for line in changes.splitlines() if line.startswith("## ")}
    assert {file.stem for file in RELEASED} >= released - {"Unreleased"}


def test_an_old_database_has_afterwards_the_shape_of_a_new_one_and_all_its_rows(
    old: Path, tmp_path: Path
) -> None:
    before = counts(old)
    assert min(before[name] for name in ("inbox", "tickets", "outbox")) > 0
    Store.open(old).close()
    Store.open(tmp_path / "new.db").close()
    assert counts(old) == before
    assert shape(old) == shape(tmp_path / "new.db")


@OF_ONE_VALUE
def test_every_word_and_file_of_an_old_database_is_kept(old: Path) -> None:
    before = of_one_value(old)
    store = Store.open(old)
    for case in before:
        conversation = store.conversations.load(f"conversation:{case['id']}")
        assert conversation is not None
        assert conversation.address == conversation.person.address == on_telegram(case["chat"])
        for name in ("turn", "skipped", "abstained", "reminder", "blocked"):
            of = conversation.draft if name == "skipped" else conversation
            known = getattr(of, name)
            assert (list(known) if name == "skipped" else known) == case[name]
        assert {slot.text for slot in conversation.draft.slots.values()} == {
            slot["text"] for slot in case["slots"].values()
        }
        assert [item.file for item in conversation.draft.files] == [
            item["file"] for item in case["files"]
        ]
        talks = [case["talk"], *(ticket["talk"] for ticket in case["tickets"])]
        said = {(line["who"], line["text"]) for talk in talks for line in talk}
        rows = [row for row in store._db["messages"].rows if row["conversation"] == conversation.id]
        assert {(row["who"], row["text"]) for row in rows} == said
        files = {line["item"]["file"] for talk in talks for line in talk if line["item"]}
        items = [json.loads(row["item"]) for row in rows if row["item"]]
        assert {item.get("file", "") for item in items} == files
        for ticket in case["tickets"]:
            now = store.tickets.named(ticket["number"])
            assert now is not None
            assert (now.status, now.tier) == (ticket["status"], ticket["tier"])
            assert {key: slot.text for key, slot in now.slots.items()} == {
                key: slot["text"] for key, slot in ticket["slots"].items()
            }
            state = store.conversations.state(
                conversation, Needs(ticket=now.number, history=now.number)
            )
            lines = [line.text for line in state.history]
            assert sorted(lines) == sorted(line["text"] for line in ticket["talk"])
    store.close()


def test_each_address_of_an_old_database_is_a_persons_and_so_are_its_tickets(old: Path) -> None:
    Store.open(old).close()
    with closing(Database(old)) as db:
        talks = {row["id"]: row["person"] for row in db["conversations"].rows}
        addresses = {f"conversation:{row['address']}": row for row in db["addresses"].rows}
        assert {of: row["person"] for of, row in addresses.items()} == talks
        assert sorted(talks.values()) == [row["id"] for row in db["people"].rows]
        owners = [(row["conversation"], row["person"]) for row in db["tickets"].rows]
        heard = dict(db.execute("select subject, min(received_at) from inbox group by subject"))
        created = {row["id"]: row["created"] for row in db["people"].rows}
    assert len({*talks.values()} - {None}) == len(talks) > 1
    assert owners == [(of, talks[of]) for of, _ in owners]
    assert {of: created[person] for of, person in talks.items()} == {of: heard[of] for of in talks}


def test_whoever_an_old_desk_was_still_erasing_becomes_nobody(old: Path) -> None:
    with closing(Database(old)) as db:
        until(db, "people")
        owners = {row["number"]: row["conversation"] for row in db["tickets"].rows}
        of = min(owners.values())
        db.execute("delete from conversations where id = ?", [of])
        db.execute("insert into erasing (subject, inbox, outbox) values (?, 9999, 9999)", [of])
    store = Store.open(old)
    assert store.people.at(of.partition(":")[2]) is None
    nobodys = {row["number"] for row in store.tickets.rows() if row["person"] is None}
    assert nobodys == {number for number, owner in owners.items() if owner == of}
    while store.retention.begun:
        store.retention.step()
    erased = {row["number"] for row in store.tickets.rows() if row["summary"] == "erased::"}
    assert erased == nobodys
    store.close()


def test_no_number_of_an_invoice_stays_in_an_inbox_where_nobody_could_erase_it(old: Path) -> None:
    with closing(Database(old)) as db:
        until(db, "lanes")
        query = "update inbox set lane = 'invoice:2511', status = ?, subject = null where id = ?"
        db.execute(query, ["done", 1])
        db.execute(query, ["waiting", 2])
    store = Store.open(old)
    lanes = {row["id"]: row["lane"] for row in store._db["inbox"].rows}
    assert (lanes[1], lanes[2]) == ("", "invoice:2511")
    store.close()


def test_every_effect_of_an_old_database_can_still_be_read(old: Path) -> None:
    store = Store.open(old)
    effects = [row[0] for row in store._db.execute("select effect from outbox")]
    assert [EFFECT.validate_json(effect).kind for effect in effects if effect]
    store.close()


def test_what_an_old_desk_kept_by_its_label_is_kept_by_its_id(
    old: Path, knowledge: Knowledge
) -> None:
    store = Store.open(old, ids=partial(slots.stored, knowledge))
    ticket = store.tickets.named(str(store.tickets.rows()[-1]["number"]))
    assert ticket is not None
    assert ticket.summary == Summary("choice", "nothing", "symptom")
    assert ticket.slots["symptom"].text == "nothing"
    assert ticket.slots["number"].text == "25112000000012345678"
    store.close()


@OF_ONE_VALUE
def test_without_the_authors_files_a_label_stays_and_is_shown(old: Path) -> None:
    store = Store.open(old)
    ticket = store.tickets.named(str(store.tickets.rows()[-1]["number"]))
    assert ticket is not None
    assert ticket.summary == Summary("choice", "完全查不到", "symptom")
    store.close()


async def test_a_desk_works_on_with_the_tickets_of_an_old_database(
    old: Path, knowledge: Knowledge
) -> None:
    """Their topics are gone here: they are opened again, as after somebody deleted them."""
    with closing(Database(old)) as db:
        query = "select number, tier, owner from tickets where status != 'closed'"
        ((number, tier, owner),) = db.execute(query)
    assert (tier, owner) == ("frontline", "小李")
    async with (
        demo.telegram_for(knowledge) as telegram,
        demo.desk_on(telegram, knowledge, old),
    ):
        wang, li = telegram.person(1001), telegram.person(2001)
        await wang.says("/ticket")
        await wang.sees(number)
        await wang.says("刷新后还是没有")
        heard = await li.sees("刷新后还是没有", chat=GROUP)
        await li.says("我再查一下", chat=GROUP, thread=heard.thread)
        await wang.sees("我再查一下")


def test_a_database_of_a_newer_desk_is_refused_and_left_as_it_is(path: Path) -> None:
    Store.open(path).close()
    with closing(Database(path)) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "fapiao-desk", "name": "of_tomorrow", "applied_at": ""}
        )
    before = path.read_bytes()
    with pytest.raises(OSError, match=r"desk\.db: .* newer desk \(it has 'of_tomorrow'\)"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("create table recipes (name text)")
    before = path.read_bytes()
    with pytest.raises(OSError, match="not the database of a desk"):
        Store.open(path)
    assert path.read_bytes() == before


def test_only_a_desk_that_is_alone_changes_the_shape(old: Path) -> None:
    before = shape(old)
    with pytest.raises(OSError, match="older desk"):
        Store.open(old, alone=False)
    assert shape(old) == before
    Store.open(old).close()
    Store.open(old, alone=False).close()


@BEFORE_RETENTION
def test_a_migration_that_fails_leaves_the_version_before_it(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shape(old)
    monkeypatch.setattr(cases, "FAILED", "create table half (a); create table tickets (b)")
    with pytest.raises(OSError, match="table tickets already exists"):
        Store.open(old)
    assert shape(old) == before
    monkeypatch.undo()
    Store.open(old).close()
    assert "half" not in shape(old)


def test_a_first_start_that_was_cut_off_can_be_done_again(path: Path) -> None:
    with closing(Database(path)) as db:
        migrations.ensure_migrations_table(db)
    Store.open(path).close()
    assert "tickets" in shape(path)


@BEFORE_RETENTION
def test_whoever_an_old_desk_kept_for_ever_is_looked_at_by_a_new_one(old: Path) -> None:
    store = Store.open(old)
    due = {case for case, what, _ in store.timers.due(1.0) if timers.read(what) == timers.Keep()}
    assert due == {row[0] for row in store._db.execute("select id from conversations")}
    store.close()
