"""How the store finds what is due."""

from __future__ import annotations

from bot.store import Store


def test_a_queue_is_read_in_the_order_of_an_index_and_never_sorted(store: Store) -> None:
    asked: list[str] = []
    store._db.conn.set_trace_callback(asked.append)
    store.tickets.queue("frontline", 50)
    store.tickets.due_in()
    store._db.conn.set_trace_callback(None)
    plans = [str(store._db.execute(f"explain query plan {each}").fetchall()) for each in asked]
    assert len(plans) == 2
    assert all("INDEX tickets_due" in plan for plan in plans), plans
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]
