"""Have Graphviz place the boxes of flows and lead the arrows between them.

Graphviz is told how large everything is and sees no text, so the fonts of a machine change nothing.
Needs pygraphviz, the extra `draw`. Lengths are in pixels; x grows to the right and y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from pygraphviz import AGraph, Edge, Node

from bot.core.content.flow_graph import StepKey
from bot.core.content.knowledge import Flow
from bot.insight.boxes import Box

NEAR, APART = 0.25, 0.7
"""Least distance between neighbours and between layers, in inches of 72 pixels."""
MARGIN = 18
"""Between a frame and what is in it."""
TIP = 0.8
"""Length of an arrow's tip, of 10 pixels."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is on a sheet of that `width` and `height`.

    An arrow is the box that it leaves and its points: a start, two controls and an end for each
    bend, and the tip. `frames` are the flows, by id.
    """

    boxes: Mapping[StepKey, Area]
    arrows: Sequence[tuple[StepKey, tuple[Point, ...]]]
    frames: Mapping[str, Area]
    width: float
    height: float


def arrange(
    flows: Mapping[str, Flow], drawn: Mapping[StepKey, Box], headings: Mapping[str, Point]
) -> Layout:
    """Lay out the boxes of these flows (by id), each flow in a frame with room for its heading.

    `headings` are widths and heights. A way that leads to no box has no arrow, and a flow without
    steps no frame.
    """
    graph = AGraph(directed=True, strict=False, nodesep=NEAR, ranksep=APART)
    graph.node_attr["shape"] = "plain"
    nodes = {place: str(number) for number, place in enumerate(drawn)}
    for place, box in drawn.items():
        graph.add_node(nodes[place], label=_table(_rows(box)))
    frames: dict[str, AGraph] = {}
    for flow in filter(lambda flow: flow.steps, flows.values()):
        own = {nodes[flow.id, step.id]: drawn[flow.id, step.id] for step in flow.steps.values()}
        look = {"label": _table([_cell(*headings[flow.id])]), "labeljust": "l", "margin": MARGIN}
        frames[flow.id] = graph.add_subgraph(own, f"cluster{len(frames)}", **look)
        last = [node for node, box in own.items() if box.last]
        frames[flow.id].add_subgraph(last, rank="sink")
    ways = list(_ways(drawn))
    for key, (tail, port, head) in enumerate(ways):
        graph.add_edge(nodes[tail], nodes[head], str(key), tailport=port, arrowsize=TIP)
    graph.layout(prog="dot")
    *_, width, deep = _numbers(graph.graph_attr["bb"])
    return Layout(
        {place: _around(graph.get_node(nodes[place]), box, deep) for place, box in drawn.items()},
        [
            (tail, _points(graph.get_edge(nodes[tail], nodes[head], str(key)), deep))
            for key, (tail, _, head) in enumerate(ways)
        ],
        {id_: _inside(frame, deep) for id_, frame in frames.items()},
        width,
        deep,
    )


def _ways(drawn: Mapping[StepKey, Box]) -> Iterator[tuple[StepKey, str, StepKey]]:
    """Each arrow that is to be: its tail, where it leaves that, and its head."""
    for place, box in drawn.items():
        for port, tab in enumerate(box.tabs):
            if tab.to in drawn and not tab.marked:
                yield place, f"{port}:s" if box.foot else "s", tab.to


def _rows(box: Box) -> Iterator[str]:
    """A table as large as a box, with a port for each tab."""
    yield _cell(box.width, box.body, COLSPAN=max(1, len(box.tabs)))
    if box.foot:
        yield "".join(_cell(tab.width, box.foot, PORT=n) for n, tab in enumerate(box.tabs))


def _table(rows: Iterable[str]) -> str:
    """A label in Graphviz's HTML: graphviz.org/doc/info/shapes.html#html."""
    inside = "".join(f"<TR>{row}</TR>" for row in rows)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{inside}</TABLE>>'


def _cell(width: float, height: float, **more: int) -> str:
    size = {"FIXEDSIZE": "TRUE", "WIDTH": ceil(width), "HEIGHT": ceil(height), **more}
    written = " ".join(f'{name}="{value}"' for name, value in size.items())
    return f"<TD {written}></TD>"


def _around(node: Node, box: Box, deep: float) -> Area:
    """The place of a box; Graphviz tells its middle, and its y grows upwards from `deep`."""
    x, y = _numbers(node.attr["pos"])
    return Area(x - box.width / 2, deep - y - box.height / 2, box.width, box.height)


def _inside(frame: AGraph, deep: float) -> Area:
    left, bottom, right, top = _numbers(frame.graph_attr["bb"])
    return Area(left, deep - top, right - left, top - bottom)


def _points(edge: Edge, deep: float) -> tuple[Point, ...]:
    """Graphviz writes "e," and the tip first: graphviz.org/docs/attr-types/splineType."""
    tip, *line = edge.attr["pos"].split()
    return tuple((x, deep - y) for x, y in map(_numbers, (*line, tip.removeprefix("e,"))))


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]
