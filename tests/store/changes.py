"""A store whose changes end in every way, for histories that are played at random.

`FUZZ=50` plays fifty times as many, from new seeds.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from bot.store import Store

FUZZ = int(os.environ.get("FUZZ", "0"))
PROFILE = settings(
    max_examples=12 * (FUZZ or 1),
    stateful_step_count=100,
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    phases=(Phase.explicit, Phase.generate, *((Phase.shrink,) if FUZZ else ())),
    suppress_health_check=list(HealthCheck),
)
ENDS = st.sampled_from(["kept"] * 4 + ["undone", "a part undone"])


class Undone(Exception):
    """Ends a transaction, or a part of one, before its time."""


class Changes(RuleBasedStateMachine):
    """A store on a file of its own, that is never synced. `now` is in seconds since 1970."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "desk.db"
        self.now = 10_000.0
        self.open()

    def open(self) -> None:
        self.store = Store.open(self.path)
        self.store._db.execute("pragma synchronous = off")

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def change(self, end: str, *changes: Callable[[], object]) -> None:
        """Make the changes together, unless it ends otherwise."""
        with suppress(Undone), self.store.writing():
            for n, change in enumerate(changes):
                with suppress(Undone), self.store.apart():
                    change()
                    if end == "a part undone" and n == 0:
                        raise Undone
            if end == "undone":
                raise Undone

    def elsewhere(self, statement: str) -> None:
        """Another program changes the database."""
        with closing(sqlite3.connect(self.path)) as other, other:
            other.execute(statement)
