"""What every chart is drawn on: its size and letters, a title, a legend, an axis from zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.charts.letters import ems, wrapped

COLOURS: Final = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7")
"""Of Okabe and Ito, whom nearly everybody can tell apart (jfly.uni-koeln.de/color)."""
INK: Final = "#1f1f1f"
_FAINT, _GRID = "#5f5f5f", "#e3e3e3"

WIDTH: Final = 4.5
"""Inches, and at `_DOTS` an inch three times as many dots as a phone is wide in its own measure."""
BODY: Final = 2.7
"""Inches under title and legend, where nothing needs more."""
_DOTS: Final = 240
POINTS: Final = 72.0
"""An inch."""
TITLE, LABEL, NUMBER = 14.0, 11.5, 10.0
"""Sizes of letters in points; a phone that shows the picture on most of its width shows them about
as large as it counts."""
_TITLE_LINE, _LEGEND_LINE, _PAD = 1.4 * TITLE, 1.7 * LABEL, 9.0
AXIS: Final = WIDTH * POINTS - 50
"""Points of the width that are left beside the numbers of an axis."""
STYLE: Final[Mapping[str, Any]] = {"font.size": LABEL, "text.parse_math": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`under` is where the title ends, as a part of the height from below."""

    figure: Figure
    axes: Axes
    under: float

    def legend(self, drawn: Iterable[Any], labels: Iterable[str]) -> None:
        """What was drawn and has a label, under the title, line by line."""
        named = [(each, label) for each, label in zip(drawn, labels, strict=True) if label]
        if not named:
            return
        columns = _columns([label for _, label in named])
        order = [named[n] for first in range(columns) for n in range(first, len(named), columns)]
        self.figure.legend(
            [each for each, _ in order],
            [label for _, label in order],
            loc="upper left",
            bbox_to_anchor=(0.0, self.under),
            ncols=columns,
            frameon=False,
            fontsize=LABEL,
            labelcolor=INK,
            borderaxespad=0.2,
            handlelength=1.2,
            handletextpad=0.5,
            columnspacing=1.4,
        )


def sheet(title: str, labels: Iterable[str], body: float = BODY) -> Sheet:
    """An empty one with its title above everything, and room under that for a legend of `labels`.

    `body` is how many inches there are for the rest.
    """
    named = [label for label in labels if label]
    lines = wrapped(title, WIDTH * POINTS / TITLE - 1.5)
    above = _PAD + len(lines) * _TITLE_LINE
    head = above + (-(-len(named) // _columns(named)) * _LEGEND_LINE if named else 0) + _PAD / 2
    height = body * POINTS + head
    figure = Figure(figsize=(WIDTH, height / POINTS), dpi=_DOTS, facecolor="white")
    figure.set_layout_engine("constrained", rect=(0, 0, 1, 1 - head / height))
    about: Mapping[str, Any] = {"size": TITLE, "weight": "bold", "color": INK, "va": "top"}
    figure.text(0.025, 1 - _PAD / height, "\n".join(lines), **about)
    axes = figure.subplots()
    axes.spines[:].set_visible(False)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=5, labelsize=LABEL, labelcolor=INK)
    return Sheet(figure, axes, 1 - above / height)


def scale(axes: Axes, values: Iterable[float], unit: str, *, lying: bool = False) -> None:
    """The axis of values, from zero to a little over the largest, with its unit at its end.

    What is counted in whole has whole steps.
    """
    known = [*values]
    limits, axis = (axes.set_xlim, axes.xaxis) if lying else (axes.set_ylim, axes.yaxis)
    limits(0, max(known, default=0) * 1.12 or 1)
    whole = all(value.is_integer() for value in known)
    axis.set_major_locator(MaxNLocator(nbins=5, integer=whole))
    axis.grid(color=_GRID, linewidth=0.8)
    axis.set_tick_params(labelcolor=_FAINT, labelsize=NUMBER)
    if lying:
        axes.set_xlabel(unit, loc="right", fontsize=NUMBER, color=_FAINT, labelpad=1)
    else:
        axes.set_title(unit, loc="left", fontsize=NUMBER, color=_FAINT, pad=5)


def moments(axes: Axes, labels: Sequence[str]) -> None:
    """As many labels as stand beside each other, the last among them."""
    room = AXIS / ((max(map(ems, labels)) + 0.6) * LABEL)
    step = -(-len(labels) // max(1, int(room)))
    shown = range((len(labels) - 1) % step, len(labels), step)
    axes.set_xticks([*shown], [labels[at] for at in shown])


def text(value: float) -> str:
    """A value as a number: one digit behind the point where it is not whole."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _columns(labels: Sequence[str]) -> int:
    """How many labels stand beside each other; the lines are about as long."""
    room = int(WIDTH * POINTS / (max(map(ems, labels)) * LABEL + 36))
    rows = -(-len(labels) // max(1, room))
    return -(-len(labels) // rows)
