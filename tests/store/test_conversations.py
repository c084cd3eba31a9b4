"""What cannot be read of somebody; and forgetting a person, in every table and in the file."""

from __future__ import annotations

from pathlib import Path

from bot.core.model.effects import Chat, Relay, Room, Send, Topic
from bot.core.model.state import Needs
from bot.store import FORGOTTEN, Arrival, RoomRow, Store
from tests.addresses import WANG
from tests.store.kept import AT, CHEN, DECIDED, GROUP, ITEM, SECRET, WHOLE


def test_a_part_of_a_line_or_ticket_that_cannot_be_read_costs_only_itself(store: Store) -> None:
    store.conversations.keep(DECIDED, 1)
    store._db.execute("update messages set item = '{' where seq = 3")
    store._db.execute("update tickets set data = '{\"version\": \"x\"}' where number = 'F2222'")
    state = store.conversations.state(WHOLE, Needs())
    assert [said.text for said in state.tail] == ["从前的事", SECRET, "您好"]
    assert (state.tickets["F2222"].status, state.tickets["F2222"].slots) == ("open", {})


def live(store: Store) -> None:
    """All that a person with a ticket leaves in the tables, some of it of somebody else."""
    room, subject = Room("F2222", "frontline"), WHOLE.id
    arrivals = [Arrival("telegram", str(n), WANG, SECRET) for n in range(3)]
    arrivals.append(Arrival("telegram", "agent", f"group:{GROUP}", SECRET))
    arrivals.append(Arrival("outbox", "9", subject, SECRET, subject))
    store.inbox.take([*arrivals, Arrival("telegram", "other", CHEN, "老陈的话")], 0)
    said, failed, ignored, agent, lost, other = store.inbox.waiting(10)
    store.inbox.done(said, subject)
    store.inbox.fail(failed, subject, f"ValueError: {SECRET}")
    store.inbox.done(ignored, None)
    store.inbox.done(agent, subject)
    store.inbox.done(lost, subject)
    store.inbox.done(other, f"conversation:{CHEN}")
    store.conversations.keep(DECIDED, 0)
    for number in ("F2222", "F2223"):
        title = f"{number} 处理中 · {SECRET}"
        store.rooms.put_room(RoomRow(number, "frontline", GROUP, 77, title, False))
    store.timers.wake_at(subject, f"album:{SECRET}", AT)
    effects = (Send(to=Chat(WANG), text=SECRET), Topic(to=room, title=SECRET))
    store.outbox.put(subject, [*effects, Relay(to=room, items=(ITEM,))], 0)
    for order in store.outbox.ready(0, 10):
        store.outbox.sent(order, WANG, [1], 0)
    store.outbox.put(f"conversation:{CHEN}", [Send(to=Chat(CHEN), text="老陈，您好")], 0)


def tables(store: Store) -> str:
    names = store._db.table_names()
    return "\n".join(f"{name}: {row}" for name in names for row in store._db[name].rows)


def test_forgetting_a_person_leaves_nothing_of_them_in_any_table_or_in_the_file(
    store: Store, path: Path
) -> None:
    with store.writing():
        live(store)
    store._db.execute("pragma wal_checkpoint(truncate)").fetchone()
    assert SECRET.encode() in path.read_bytes()
    with store.writing():
        store.retention.forget(WHOLE.id)
    store._db.execute("pragma wal_checkpoint(truncate)").fetchone()
    assert SECRET not in tables(store)
    assert WHOLE.id not in tables(store)
    assert SECRET.encode() not in path.read_bytes()


def test_forgetting_a_person_touches_nobody_else_and_keeps_the_topic_closable(
    store: Store,
) -> None:
    live(store)
    store.retention.forget(WHOLE.id)
    assert "老陈的话" in tables(store)
    assert "老陈，您好" in tables(store)
    assert store.tickets.conversation_of("F2222") == FORGOTTEN
    room = store.rooms.room("F2222", "frontline")
    assert room is not None
    assert (room.chat, room.thread) == (GROUP, 77)
