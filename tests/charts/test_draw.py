"""Charts as they come out of the process that draws them: real pictures with every letter in them.

A letter that no font has fails the chart, so that each picture here has all of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.charts.drawer import Drawer, NoPicture
from bot.core.model.chart import PARTS, Bars, Chart, Lines, Part, Usual
from tests.charts.examples import CHARTS, DAYS, DISTRICTS
from tests.charts.unruly import PNG

ROOT = Path(__file__).parents[2]
LIMITS = (10_000, 20)
"""Width and height together, and one by the other: core.telegram.org/bots/api#sendphoto"""
WEEK = Part("", (1,) * 7)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_chart_is_a_picture_that_telegram_takes(drawing: Drawer, name: str) -> None:
    data = await drawing.draw(CHARTS[name])
    with Image.open(BytesIO(data)) as picture:
        assert picture.format == "PNG"
        width, height = picture.size
        colours = picture.convert("RGB").getcolors(2**24)
    assert width == 1080  # a phone's 360 points, three dots each
    assert width + height <= LIMITS[0]
    assert max(width, height) <= LIMITS[1] * min(width, height)
    assert len(data) < 2**20
    assert colours is not None
    assert len(colours) > 20  # ink, and what is between it and the paper
    white = max(count for count, colour in colours if colour == (255, 255, 255))
    assert 0.3 < white / (width * height) < 0.99


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.usefixtures("drawing")
async def test_no_words_stand_on_others_or_beyond_the_edge() -> None:
    measuring = Drawer(draws="tests.charts.measured")
    found = {name: await measured(measuring, chart) for name, chart in CHARTS.items()}
    await measuring.close()
    assert {name: each["overlaps"] + each["outside"] for name, each in found.items()} == {
        name: [] for name in CHARTS
    }
    assert all(each["smallest"] >= 10 for each in found.values())
    assert all(each["from"] == 0 for each in found.values())
    named = found["districts"]["words"]
    assert [word for word in named if word in DISTRICTS] == [*DISTRICTS]
    for name, chart in CHARTS.items():
        assert {part.label for part in chart.parts if part.label} <= {*found[name]["words"]}


async def measured(drawer: Drawer, chart: Chart) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((await drawer.draw(chart)).removeprefix(PNG))
    return told


@pytest.mark.parametrize("letters", ["𓀀", "\ue000"])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_letter_that_no_font_has_is_no_box(drawing: Drawer, letters: str) -> None:
    chart = Bars(title=letters, unit="单", categories=("甲",), parts=(Part("", (1,)),))
    with pytest.raises(NoPicture, match=r"ValueError: Glyph \d+"):
        await drawing.draw(chart)


@pytest.mark.parametrize(
    "chart",
    [
        Bars(title="", unit="", categories=(), parts=(Part("", ()),)),
        Bars(title="", unit="", categories=("甲",), parts=()),
        Bars(title="", unit="", categories=("甲",), parts=(Part("", (1,)),) * (PARTS + 1)),
        Bars(title="", unit="", categories=("甲",), parts=(Part("", (1, 2)),)),
        Bars(title="", unit="", categories=("甲",), parts=(Part("", (-1,)),)),
        Lines(
            title="",
            unit="",
            moments=DAYS,
            parts=(Part("", (1,) * 7),),
            usual=Usual("", (1,), (2,)),
        ),
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_no_chart_is_not_drawn(drawing: Drawer, chart: Chart) -> None:
    with pytest.raises(NoPicture, match="ValueError"):
        await drawing.draw(chart)


def test_a_desk_that_starts_does_not_load_what_draws() -> None:
    loaded = "import sys, bot.__main__, bot.app.wiring, bot.app.demo; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, stdout=-1, check=True)
    modules = done.stdout.decode().split()
    assert "bot.charts.drawer" in modules
    assert "matplotlib" not in modules
