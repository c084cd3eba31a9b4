"""Two people at their apps, and what the bot was told last."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001


@pytest.fixture
def wang(telegram: LocalTelegram) -> Person:
    return telegram.person(WANG)


@pytest.fixture
def li(telegram: LocalTelegram) -> Person:
    return telegram.person(LI)


@pytest.fixture
async def latest(call: Call) -> Call:
    """`await latest()` -> the content of the newest update."""

    async def read() -> Any:
        update = (await call("getUpdates", offset=-1))[-1]
        (kind,) = update.keys() - {"update_id"}
        return update[kind] | {"update": kind}

    return read
