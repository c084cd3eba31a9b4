"""A process draws one chart after the other; whatever happens to it costs one chart at most."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.charts.drawer import Drawer, NoPicture
from bot.confined.process import NoProcess
from bot.core.model.chart import Bars, Part
from tests.charts.unruly import PNG

UNRULY = "tests.charts.unruly"


def order(title: str) -> Bars:
    return Bars(title=title, unit="单", categories=("甲",), parts=(Part("", (1,)),))


@pytest_asyncio.fixture
async def drawer() -> AsyncIterator[Drawer]:
    drawer = Drawer(draws=UNRULY)
    yield drawer
    await drawer.close()


async def by(drawer: Drawer) -> int:
    """The process that draws."""
    return int((await drawer.draw(order("tell"))).removeprefix(PNG))


async def test_nothing_is_started_before_the_first_chart_and_then_one_draws_all(
    drawer: Drawer,
) -> None:
    assert not drawer._running
    first = await by(drawer)
    assert await asyncio.gather(*(by(drawer) for _ in range(4))) == [first] * 4


async def test_a_process_that_died_meanwhile_costs_no_chart(drawer: Drawer) -> None:
    first = await by(drawer)
    os.kill(first, 9)
    assert await by(drawer) != first


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("abort", r"its process ended 2 times, with -\d+"),
        ("eat 300000000", "MemoryError"),
        ("raise 没有这个字", "RuntimeError: 没有这个字"),
        ("noise", "no picture"),
        ("many 20000000", "too long"),
        ("open /etc/passwd", "PermissionError|OSError"),
    ],
)
async def test_a_chart_that_cannot_be_drawn_says_why_and_the_next_is_drawn(
    drawer: Drawer, title: str, reason: str
) -> None:
    with pytest.raises(NoPicture, match=reason):
        await drawer.draw(order(title))
    assert await by(drawer)
    assert len(drawer._running) == 1


@pytest.mark.parametrize("title", ["sleep", "outlast"])
async def test_a_chart_that_takes_too_long_is_given_up(title: str) -> None:
    drawer = Drawer(seconds=0.3, draws=UNRULY)
    with pytest.raises(NoPicture, match=r"it takes over 0\.3 s"):
        await drawer.draw(order(title))
    assert await by(drawer)
    await drawer.close()


async def test_a_chart_that_is_called_off_ends_its_process(drawer: Drawer) -> None:
    first = await by(drawer)
    drawing = asyncio.create_task(drawer.draw(order("sleep")))
    while not drawer._turn.locked():
        await asyncio.sleep(0)
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert await by(drawer) != first


async def test_closing_ends_what_is_being_drawn_and_starts_nothing() -> None:
    drawer = Drawer(draws=UNRULY)
    await by(drawer)
    drawing = asyncio.create_task(drawer.draw(order("sleep")))
    while not drawer._turn.locked():
        await asyncio.sleep(0)
    await drawer.close()
    with pytest.raises(NoProcess, match="no more charts"):
        await drawing
    assert not drawer._running


async def test_a_machine_that_lacks_something_to_draw_with_is_told_of() -> None:
    drawer = Drawer(draws="tests.charts.nowhere")
    with pytest.raises(NoProcess, match=r"No module named 'tests\.charts\.nowhere'; pip install"):
        await drawer.draw(order("tell"))
    drawer = Drawer(draws="tests.charts.fontless")
    with pytest.raises(NoProcess, match=r"^no font has Chinese letters; .* fonts-noto-cjk$"):
        await drawer.draw(order("tell"))


async def test_it_is_confined_and_leaves_nothing_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.confined.process._ENVIRONMENT", {"TMPDIR": str(tmp_path)})
    drawer = Drawer()
    layers = await drawer.layers()
    await drawer.close()
    assert layers["limits"] == ""
    assert os.listdir(tmp_path) == []
