"""Bars in parts, standing beside each other or, where their names have no room so, lying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from bot.charts.letters import ems, wrapped
from bot.charts.sheet import (
    AXIS,
    COLOURS,
    INK,
    LABEL,
    NUMBER,
    POINTS,
    Sheet,
    moments,
    scale,
    sheet,
    text,
)
from bot.core.model.chart import Bars

_THICK: Final = 0.72  # of the room that a bar has
_ROW: Final = 0.36  # inches of a lying bar with a name of one line
_LINE: Final = 0.2  # inches that each further line of a name takes
_NAME: Final = 9.0  # ems in one line of a name
_AROUND: Final = 0.65  # inches above and below lying bars
_FEW: Final = 3  # bars that stand are no thicker than those of so many
_HIGH: Final = 1.2 * NUMBER  # points that a number takes
_DARK: Final = 0.18
"""The luminance up to which white is read more easily on it than black (WCAG 2, 1.4.3)."""


def bars(chart: Bars) -> Figure:
    """The parts of a bar one after the other, with their numbers where these have room."""
    each = AXIS / len(chart.categories)
    widest = max(map(ems, chart.categories)) * LABEL
    return _standing(chart) if chart.moments or widest + 6 <= each else _lying(chart)


def _standing(chart: Bars) -> Figure:
    labels = [part.label for part in chart.parts]
    on = sheet(chart.title, labels)
    sums = _stacked(on.axes, chart, lying=False)
    middle, half = (len(sums) - 1) / 2, max(len(sums), _FEW) / 2 + 0.1
    on.axes.set_xlim(middle - half, middle + half)
    scale(on.axes, sums, chart.unit)
    if chart.moments:
        moments(on.axes, chart.categories)
    else:
        on.axes.set_xticks([*range(len(sums))], chart.categories)
    on.legend(on.axes.containers, labels)
    _numbers(on, chart, sums, lying=False)
    return on.figure


def _lying(chart: Bars) -> Figure:
    """From the top, each row as high as the highest."""
    names = [wrapped(name, _NAME) for name in chart.categories]
    row = _ROW + _LINE * (max(map(len, names)) - 1)
    labels = [part.label for part in chart.parts]
    on = sheet(chart.title, labels, _AROUND + row * len(names))
    sums = _stacked(on.axes, chart, lying=True)
    on.axes.set_ylim(len(names) - 0.4, -0.6)
    on.axes.set_yticks([*range(len(names))], ["\n".join(lines) for lines in names])
    scale(on.axes, sums, chart.unit, lying=True)
    on.legend(on.axes.containers, labels)
    _numbers(on, chart, sums, lying=True)
    return on.figure


def _stacked(axes: Axes, chart: Bars, *, lying: bool) -> list[float]:
    """Draw the parts; gives the whole of each bar."""
    sums = [0.0] * len(chart.categories)
    for part, colour in zip(chart.parts, COLOURS, strict=False):
        values = [value or 0.0 for value in part.values]
        about: dict[str, Any] = {
            "color": colour,
            "edgecolor": "white",
            "linewidth": 0.8,
        }
        if lying:
            axes.barh(range(len(sums)), values, _THICK, left=sums, **about)
        else:
            axes.bar(range(len(sums)), values, _THICK, bottom=sums, **about)
        sums = [whole + value for whole, value in zip(sums, values, strict=True)]
    return sums


def _numbers(on: Sheet, chart: Bars, sums: Sequence[float], *, lying: bool) -> None:
    """The whole behind each bar, and in its parts theirs, as far as they have room."""
    unit, thick = _points(on, lying=lying)
    if not lying and max(map(_width, sums)) > thick:
        return
    for at, whole in enumerate(sums):
        if any(part.values[at] is not None for part in chart.parts):
            place, behind = ((whole, at), (4, 0)) if lying else ((at, whole), (0, 3))
            _write(on.axes, place, text(whole), INK, behind)
    ends = [0.0] * len(sums)
    for part, colour in zip(chart.parts, COLOURS, strict=False):
        values = [value or 0.0 for value in part.values]
        ends = [end + value for end, value in zip(ends, values, strict=True)]
        for at, (value, end) in enumerate(zip(values, ends, strict=True)):
            along, across = (_width(value), _HIGH) if lying else (_HIGH, _width(value))
            if 0 < value < sums[at] and value * unit > along and thick * _THICK > across:
                middle = end - value / 2
                place = (middle, at) if lying else (at, middle)
                _write(on.axes, place, text(value), _on(colour))


def _points(on: Sheet, *, lying: bool) -> tuple[float, float]:
    """How long a value of one is, and how thick the room of a bar, in points."""
    on.figure.draw_without_rendering()  # only then it is known where everything stands
    box, dots = on.axes.get_window_extent(), on.figure.dpi / POINTS
    (left, right), (top, bottom) = on.axes.get_xlim(), on.axes.get_ylim()
    wide, high = box.width / dots / abs(right - left), box.height / dots / abs(bottom - top)
    return (wide, high) if lying else (high, wide)


def _width(value: float) -> float:
    """Points that its number takes, and some between it and the next."""
    return ems(text(value)) * NUMBER + 3


def _write(
    axes: Axes, place: tuple[float, float], words: str, ink: str, behind: tuple[int, int] = (0, 0)
) -> None:
    """A number in the middle of a place, or so many points to the right of or above it."""
    axes.annotate(
        words,
        place,
        xytext=behind,
        textcoords="offset points",
        ha="left" if behind[0] else "center",
        va="bottom" if behind[1] else "center",
        color=ink,
        fontsize=NUMBER,
        fontweight="bold" if any(behind) else "normal",
    )


def _on(colour: str) -> str:
    """What is read on this colour."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    red, green, blue = linear
    return "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue <= _DARK else INK
