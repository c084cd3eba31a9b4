"""Every kind of store there is, of which these tests ask only what the loops ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.store import Store as Sqlite
from bot.store.protocol import Store

MAKERS: Mapping[str, Callable[[Path], Store]] = {"sqlite": Sqlite.open}
"""What opens the store that is kept at a path, or makes it."""


@pytest.fixture(params=MAKERS)
def store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    """One of each kind."""
    opened = MAKERS[request.param](path)
    yield opened
    opened.close()
