"""Lines over time, in front of what is usual."""

from __future__ import annotations

from collections.abc import Iterable
from math import nan
from typing import Any, Final

from matplotlib.figure import Figure

from bot.charts.sheet import COLOURS, moments, scale, sheet
from bot.core.model.chart import Lines, Values

MARKS: Final = ("o", "s", "^", "D", "v", "P")
"""Tell lines apart where colours do not."""
_BAND, _BRIM = "#d9d9d9", "#a6a6a6"
_FEW: Final = 31  # moments that have a mark each


def lines(chart: Lines) -> Figure:
    """Where nothing is known a line is broken; what is known alone there is a mark."""
    usual, along = chart.usual, range(len(chart.moments))
    labels, rows = [part.label for part in chart.parts], [part.values for part in chart.parts]
    if usual is not None:
        labels.append(usual.label)
        rows += [usual.low, usual.high]
    on = sheet(chart.title, labels)
    for part, colour, mark in zip(chart.parts, COLOURS, MARKS, strict=False):
        on.axes.plot(
            along,
            _broken(part.values),
            color=colour,
            marker=mark,
            markersize=6 if len(along) <= _FEW else 2.5,
            linewidth=2.2,
            clip_on=False,
            zorder=3,
        )
    if usual is not None:
        low, high = _broken(usual.low), _broken(usual.high)
        about: dict[str, Any] = {
            "facecolor": _BAND,
            "edgecolor": _BRIM,
            "linewidth": 0.8,
            "zorder": 2.0,
        }
        on.axes.fill_between(along, low, high, **about)
    on.axes.set_xlim(-0.4, len(along) - 0.6)
    scale(on.axes, _known(rows), chart.unit)
    moments(on.axes, chart.moments)
    on.legend([*on.axes.lines, *on.axes.collections], labels)
    return on.figure


def _broken(values: Values) -> list[float]:
    return [nan if value is None else value for value in values]


def _known(rows: Iterable[Values]) -> list[float]:
    return [float(value) for row in rows for value in row if value is not None]
