"""What a picture of figures tells, in words of the domain; how it is drawn stands elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Values = tuple[float | None, ...]
"""One for each place along the chart, none below zero; None where nothing is known."""


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of what is counted or measured: a state, a tier. What has one part needs no label."""

    label: str
    values: Values


@dataclass(frozen=True, slots=True)
class Usual:
    """Between which values a day like this one lies, at each moment."""

    label: str
    low: Values
    high: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """How much there is of each category, in parts that together are the whole.

    `unit` is that of all values. `moments`: the categories are days or hours in their order, so
    that some labels may be left out; otherwise they may stand in lines of their own.
    """

    title: str
    unit: str
    categories: tuple[str, ...]
    parts: tuple[Part, ...]
    moments: bool = False
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """How much there is of each part at each moment, side by side: they are no parts of a whole.

    `unit` is that of all values, `moments` are days or hours in their order.
    """

    title: str
    unit: str
    moments: tuple[str, ...]
    parts: tuple[Part, ...]
    kind: Literal["grouped"] = "grouped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """How something went over time, a line for each part, and what is usual there if it is known.

    `unit` is that of all values, `moments` are days or hours in their order.
    """

    title: str
    unit: str
    moments: tuple[str, ...]
    parts: tuple[Part, ...]
    usual: Usual | None = None
    kind: Literal["lines"] = "lines"


Chart = Bars | Grouped | Lines
PARTS = 6
"""As many parts as people can tell apart in a chart."""
