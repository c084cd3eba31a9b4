"""Bars side by side at each moment: what is counted beside each other and not together."""

from __future__ import annotations

from typing import Final

from matplotlib.figure import Figure

from bot.charts.sheet import COLOURS, moments, scale, sheet
from bot.core.model.chart import Grouped

_THICK: Final = 0.8  # of the room that a moment has
_FEW: Final = 5  # moments whose bars are no thicker than those of so many


def grouped(chart: Grouped) -> Figure:
    """Where nothing is known there is no bar."""
    labels = [part.label for part in chart.parts]
    rows = [[float(value or 0) for value in part.values] for part in chart.parts]
    on, count = sheet(chart.title, labels), len(chart.moments)
    each = _THICK / len(rows)
    for n, (values, colour) in enumerate(zip(rows, COLOURS, strict=False)):
        aside = (n - (len(rows) - 1) / 2) * each
        on.axes.bar(
            [at + aside for at in range(count)],
            values,
            each,
            color=colour,
            edgecolor="white",
            linewidth=0.4,
        )
    middle, half = (count - 1) / 2, max(count, _FEW) / 2 + 0.1
    on.axes.set_xlim(middle - half, middle + half)
    scale(on.axes, [value for values in rows for value in values], chart.unit)
    moments(on.axes, chart.moments)
    on.legend(on.axes.containers, labels)
    return on.figure
