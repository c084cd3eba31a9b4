"""Draws a chart and tells in JSON where its words stand, in the place of a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from bot.charts import draw
from tests.charts.unruly import PNG

drawn = draw.drawn
_TOUCH = 1.0  # dots


def _measured(figure: Figure) -> bytes:
    figure.draw_without_rendering()
    (axes,) = figure.axes
    words = [text for text in _texts(figure, axes) if text.get_text().strip()]
    boxes = {text: text.get_window_extent().padded(-_TOUCH) for text in words}
    whole = figure.bbox
    lying = axes.yaxis_inverted()
    told = {
        "words": [text.get_text() for text in words],
        "overlaps": [
            [one.get_text(), other.get_text()]
            for one, other in combinations(words, 2)
            if boxes[one].overlaps(boxes[other])
        ],
        "outside": [
            text.get_text()
            for text, box in boxes.items()
            if box.x0 < 0 or box.y0 < 0 or box.x1 > whole.x1 or box.y1 > whole.y1
        ],
        "smallest": min(text.get_fontsize() for text in words),
        "from": axes.get_xlim()[0] if lying else axes.get_ylim()[0],
    }
    return PNG + json.dumps(told).encode()


def _texts(figure: Figure, axes: Axes) -> Iterator[Text]:
    yield from figure.texts
    yield from axes.texts
    for legend in figure.legends:
        yield from legend.get_texts()
    yield from (axes.xaxis.label, axes.yaxis.label, axes._left_title)  # type: ignore[attr-defined]
    for axis in (axes.xaxis, axes.yaxis):
        yield from (tick.label1 for tick in axis._update_ticks())  # type: ignore[union-attr]


draw._png = _measured
