"""One process that draws for all tests of a module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.charts.drawer import Drawer
from tests.charts.fonts import ready


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def drawing() -> AsyncIterator[Drawer]:
    drawer = Drawer()
    await ready(drawer)
    yield drawer
    await drawer.close()
