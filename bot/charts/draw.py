"""A chart as a PNG that is read on a phone."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from io import BytesIO
from math import inf
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from bot.charts.bars import bars
from bot.charts.font import families
from bot.charts.grouped import grouped
from bot.charts.lines import lines
from bot.charts.sheet import STYLE
from bot.core.model.chart import PARTS, Bars, Chart, Lines

_KINDS: Mapping[str, Callable[[Any], Figure]] = {
    "bars": bars,
    "grouped": grouped,
    "lines": lines,
}


def drawn(chart: Chart) -> bytes:
    """The chart as a PNG.

    Raises `ValueError` for what is no chart (values that belong to no place, are below zero or of
    too many parts) and for letters that no font has.
    """
    _check(chart)
    style: dict[Any, Any] = {**STYLE, "font.family": families()}
    with warnings.catch_warnings(), matplotlib.rc_context(style):
        warnings.simplefilter("error")  # a box in the place of a letter is none
        try:
            return _png(_KINDS[chart.kind](chart))
        except UserWarning as warning:
            raise ValueError(str(warning)) from None


def _png(figure: Figure) -> bytes:
    written = BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def _check(chart: Chart) -> None:
    along = chart.categories if isinstance(chart, Bars) else chart.moments
    rows = [part.values for part in chart.parts]
    if isinstance(chart, Lines) and chart.usual is not None:
        rows += [chart.usual.low, chart.usual.high]
    if not along or not 0 < len(chart.parts) <= PARTS:
        raise ValueError(f"{len(chart.parts)} parts at {len(along)} places are no chart")
    if any(len(row) != len(along) for row in rows):
        raise ValueError("each place along a chart has a value of its own")
    if not all(0 <= value < inf for row in rows for value in row if value is not None):
        raise ValueError("a value is below zero or no number")
