"""A process that draws: `python -m bot.charts.worker SECONDS MEMORY DRAWS`.

Its font is open and every library is loaded before it gives up the rest (`bot.confined`). A chart
comes as JSON; what goes back is why it cannot be drawn, or nothing, and then its PNG. A timer with
its default action ends it after `SECONDS` at one chart; otherwise it goes on until its input ends.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from importlib import import_module

from pydantic import TypeAdapter

from bot.confined.inside import begin
from bot.core.model.chart import Bars, Chart, Grouped, Lines, Part, Usual

CHART: TypeAdapter[Chart] = TypeAdapter(Chart)
_TWO = Part("及时", (1.0, 2.5))
_ALL_KINDS: tuple[Chart, ...] = (
    Bars(title="工单", unit="单", categories=("一线", "二线"), parts=(_TWO, _TWO)),
    Grouped(title="1", unit="张", moments=("1", "2"), parts=(_TWO, _TWO)),
    Lines(
        title="1", unit="%", moments=("1", "2"), parts=(_TWO,), usual=Usual("平时", *[(1, 2)] * 2)
    ),
)
Draw = Callable[[Chart], bytes]


def library(name: str) -> Draw:
    """What draws, in this module, with all that it needs loaded.

    matplotlib looks at the machine's fonts when it is imported, and would keep what it found in the
    home of whoever runs the desk, where it can be older than the fonts.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MPLCONFIGDIR"] = folder
        draw: Draw = import_module(name).drawn
        for chart in _ALL_KINDS:
            draw(chart)
    for thread in threading.enumerate():  # the one that tells whoever waits for the fonts
        if thread is not threading.current_thread():
            thread.join()
    return draw


def main(seconds: float, memory: int, name: str) -> None:
    """Draw one chart after the other. What it lacks to draw at all ends it, and is told."""
    found: list[Draw] = []
    try:
        pipes = begin(memory, lambda: found.append(library(name)))
    except ImportError as error:
        sys.exit(f"{error}; pip install {error.name}")
    except LookupError as error:  # no font
        sys.exit(str(error))
    (draw,) = found
    while True:
        chart = CHART.validate_json(pipes.hear())
        signal.setitimer(signal.ITIMER_REAL, seconds)
        picture, reason = b"", ""
        try:
            picture = draw(chart)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
        signal.setitimer(signal.ITIMER_REAL, 0)
        gc.collect()  # a figure is a ring of things that name one another
        pipes.answer(reason.encode("utf-8", "replace"))
        pipes.answer(picture)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
