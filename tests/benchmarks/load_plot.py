"""Draw the desk's speed and people's wait against the size of its database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, FAINT, SPEED, WAIT, WORST = "#222222", "#777777", "#0b6e4f", "#2f6690", "#c1440e"


def draw(path: Path, desks: Mapping[int, Mapping[str, float]], echoes: Mapping[str, float]) -> None:
    """`desks` are the figures by past messages, `echoes` the messages a second of each echo bot."""
    with matplotlib.rc_context({"svg.hashsalt": "load", "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 4.2), layout="constrained")
        left, right = figure.subplots(1, 2)
        places = range(len(desks))
        sizes = [f"{size:,}" for size in desks]
        _frame(left, "Messages a second", sizes)
        _frame(right, "Wait for a reply at 200 a second, ms", sizes)
        _line(left, [of["per_second"] for of in desks.values()], SPEED, "desk")
        for n, (title, speed) in enumerate(echoes.items()):
            style = (0, (4, 3 * n + 2))
            left.plot(places, [speed] * len(desks), color=FAINT, linestyle=style, label=title)
        _line(right, [of["p50_ms"] for of in desks.values()], WAIT, "p50")
        _line(right, [of["p99_ms"] for of in desks.values()], WORST, "p99")
        for axes in (left, right):
            axes.set_ylim(bottom=0)
            axes.legend(frameon=False, fontsize=9, labelcolor=INK)
        figure.savefig(path, format="svg", metadata={"Date": None})


def _line(axes: Axes, values: list[float], colour: str, label: str) -> None:
    axes.plot(range(len(values)), values, "o-", color=colour, linewidth=2, label=label)
    for place, value in enumerate(values):
        axes.annotate(
            f"{value:,.0f}" if value >= 10 else f"{value:.1f}",
            (place, value),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=colour,
        )


def _frame(axes: Axes, title: str, sizes: list[str]) -> None:
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold", color=INK)
    axes.set_xlabel("past messages in the database", fontsize=10, color=INK)
    axes.set_xticks(range(len(sizes)), sizes)
    axes.margins(x=0.12, y=0.2)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.8)
    axes.spines[:].set_visible(False)
