"""Draw precision against coverage: what the desk would gain and risk by answering more boldly.

matplotlib takes a while to import, so whoever draws nothing does not import this. Its settings
change only while a plot is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from bot.insight.figures import Judged, Point, curve, shipped
from bot.matching.model import Model
from bot.matching.weights import SHIPPED

UNDATED: Mapping[str, dict[str, Any]] = {"png": {}, "svg": {"Date": None}}
RIGHT, STRANGE, INK, FAINT = "#1f5fa8", "#b8472a", "#2b2b2b", "#8a8a8a"
STYLE: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib, so every machine draws the same
    "svg.fonttype": "none",  # words stay words, to be read and searched
    "svg.hashsalt": "fapiao-desk",  # the same figures make the same file
}


def kind(path: Path) -> str:
    """The kind of picture a file is to be, by its suffix. Raises `ValueError` for another."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in UNDATED:
        raise ValueError(f"name a file that ends in {' or '.join('.' + each for each in UNDATED)}")
    return suffix


def picture(judged: Sequence[Judged], suffix: str, model: Model = SHIPPED) -> bytes:
    """The plot as the content of a file of this `kind`.

    Raises `ValueError` when no question is in scope.
    """
    points = curve(judged, model)
    own = sum(bool(one.question.ids) for one in judged)
    written = BytesIO()
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(8, 5.6), layout="constrained", facecolor="white")
        axes = figure.subplots()
        _frame(axes, f"{own:,} questions in scope, {len(judged) - own:,} out of scope")
        _curves(axes, points)
        if (here := shipped(points, model)) is not None:
            _mark(axes, here, model.answer_from)
        if axes.lines:
            figure.legend(loc="outside lower left", frameon=False, fontsize=10, labelcolor=INK)
        figure.savefig(written, format=suffix, dpi=150, metadata=UNDATED[suffix])
    return written.getvalue()


def _frame(axes: Axes, asked: str) -> None:
    axes.set_title(
        "Precision against coverage", loc="left", fontsize=14, fontweight="bold", color=INK, pad=24
    )
    axes.text(0, 1.025, asked, transform=axes.transAxes, fontsize=10, color=FAINT)
    axes.set_xlabel("Coverage: in-scope questions answered at once", fontsize=10, color=INK)
    axes.set_ylabel("Share", fontsize=10, color=INK)
    for axis, limits in ((axes.xaxis, axes.set_xlim), (axes.yaxis, axes.set_ylim)):
        limits(0, 1.02)
        axis.set_ticks([0, 0.2, 0.4, 0.6, 0.8, 1])
        axis.set_major_formatter(PercentFormatter(1))
    axes.tick_params(length=0, pad=8, labelsize=10, labelcolor=INK)
    axes.grid(color="#e6e6e6", linewidth=0.8)
    axes.spines[:].set_visible(False)


def _curves(axes: Axes, points: Sequence[Point]) -> None:
    """Both shares along the coverage, each where there is something to take a share of."""
    curves = (
        (RIGHT, "precision: right answers among those given", [p.precision for p in points]),
        (STRANGE, "out-of-scope questions answered", [p.strange for p in points]),
    )
    for colour, label, shares in curves:
        pairs = zip(points, shares, strict=True)
        known = [(point.coverage, share) for point, share in pairs if share is not None]
        if known:
            across, up = zip(*known, strict=True)
            axes.plot(across, up, color=colour, linewidth=2, label=label, clip_on=False)


def _mark(axes: Axes, here: Point, threshold: float) -> None:
    """Where the desk stands: a line at its coverage, and both shares there in figures."""
    label = f"shipped threshold {threshold:g}: {here.coverage:.1%} of in-scope questions answered"
    axes.axvline(here.coverage, color=FAINT, linewidth=1.2, linestyle=(0, (4, 3)), label=label)
    # Between the curves there is most room for words, unless they come too near each other.
    apart = (here.precision or 0) - (here.strange or 0) > 0.15
    for share, colour, above in (
        (here.precision, RIGHT, not apart),
        (here.strange, STRANGE, apart),
    ):
        if share is not None:
            _dot(axes, here.coverage, share, colour, above)


def _dot(axes: Axes, across: float, up: float, colour: str, above: bool) -> None:
    left = across > 0.5
    style: dict[str, Any] = {"markersize": 8, "markeredgecolor": "white", "clip_on": False}
    axes.plot(across, up, "o", color=colour, **style)
    axes.annotate(
        f"{up:.1%}",
        (across, up),
        xytext=(-8 if left else 8, 9 if above else -9),
        textcoords="offset points",
        ha="right" if left else "left",
        va="bottom" if above else "top",
        color=colour,
        fontsize=11,
        fontweight="bold",
    )
