"""What a test needs that has something drawn."""

from __future__ import annotations

import os

import pytest

from bot.charts.drawer import Drawer
from bot.confined.process import NoProcess


async def ready(drawer: Drawer) -> None:
    """Skip the test where the machine has nothing to draw with, as a Chinese font."""
    try:
        await drawer.layers()
    except NoProcess as error:
        reason = str(error)
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
