"""Presses of buttons, as long as they may be answered."""

from __future__ import annotations

import time

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.world.world import Press, World

QUERY_SECONDS = 15
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def press_of(world: World, query: str) -> Press:
    """The press with this id. Raises 400 when there is none, or it is too old."""
    press = world.presses.get(query)
    if press is None or time.monotonic() - press.at > QUERY_SECONDS:
        raise bad_request(TOO_OLD)
    return press
