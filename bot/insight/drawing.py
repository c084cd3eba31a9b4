"""Draw flows for people, as an SVG that stands by itself.

Graphviz lays it out (`bot.insight.layout`). The colours, in drawing.css, read on white, in the dark
and printed; what kind a step is of is written on it as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from xml.etree import ElementTree as ET

from bot.core.content.flow_graph import StepKey
from bot.core.content.knowledge import Field, Flow
from bot.insight.boxes import (
    HEAD,
    LABEL,
    LINE,
    NAMES,
    PAD,
    TEXT,
    TITLE,
    Box,
    Tab,
    boxes,
    measure,
    plain,
    wrapped,
)
from bot.insight.layout import MARGIN, Area, Point, arrange

HEADING, ROW = 20.0, 28.0
"""Font size of a flow's title, and height of a line of it."""
BROAD = 24 * HEADING
"""The widest line of a flow's title."""
HUES = 6
"""Colours of arrows, by turns of the steps they leave, so that the eye can follow one."""
ROUND: Mapping[str, int] = {"options": 10, "wait": 10, "end": 18}
"""Radius of the corners of a step, by its kind."""
TIP: Mapping[str, str] = {
    "orient": "auto",
    "markerUnits": "userSpaceOnUse",
    "markerWidth": "9",
    "markerHeight": "8",
    "refX": "9",
    "refY": "4",
}


def svg(flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> str:
    """A sheet with these flows (by id), as a whole SVG document."""
    drawn = boxes(flows, fields)
    headings = {flow.id: _heading(flow) for flow in flows.values()}
    layout = arrange(flows, drawn, {id_: _room(lines) for id_, lines in headings.items()})
    root = _document(layout.width + 2 * MARGIN, layout.height + 2 * MARGIN)
    sheet = _add(root, "g", transform=f"translate({MARGIN} {MARGIN})")
    for id_, frame in layout.frames.items():
        _frame(sheet, frame, headings[id_])
    hues = {place: number % HUES for number, place in enumerate(drawn)}
    for tail, points in layout.arrows:
        _arrow(sheet, points, hues[tail])
    for place, box in drawn.items():
        _box(sheet, place, box, layout.boxes[place])
    return ET.tostring(root, encoding="unicode") + "\n"


def _document(wide: float, deep: float) -> ET.Element:
    """An empty sheet, its style, and the tips of arrows."""
    size = {"width": f"{wide:.0f}", "height": f"{deep:.0f}"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    root.set("viewBox", " ".join(("0 0", *size.values())))
    _add(root, "style").text = files("bot.insight").joinpath("drawing.css").read_text("utf-8")
    _add(root, "rect", "sheet", **size)
    for hue in range(HUES):
        tip = _add(root, "marker", f"hue{hue}", id=f"tip{hue}", **TIP)
        _add(tip, "path", "tip", d="M0 0 L9 4 L0 8 z")
    return root


def _heading(flow: Flow) -> list[str]:
    return list(wrapped(plain(flow.title), BROAD, HEADING))


def _room(heading: Sequence[str]) -> Point:
    """Width and height of a flow's title."""
    return max((measure(line, HEADING) for line in heading), default=0.0), ROW * len(heading)


def _frame(sheet: ET.Element, area: Area, heading: Sequence[str]) -> None:
    _rect(sheet, "frame", area, 12)
    for number, words in enumerate(heading, 1):
        _text(sheet, "heading", area.left + MARGIN, area.top + number * ROW + 4, words)


def _arrow(sheet: ET.Element, points: Sequence[Point], hue: int) -> None:
    start, *bends, tip = (f"{x:.1f} {y:.1f}" for x, y in points)
    line = {"d": f"M{start} C{' '.join(bends)} L{tip}", "marker-end": f"url(#tip{hue})"}
    _add(sheet, "path", f"arrow hue{hue}", **line)


def _box(sheet: ET.Element, place: StepKey, box: Box, area: Area) -> None:
    style = f"step {box.kind} marked" if box.marked else f"step {box.kind}"
    group = _add(sheet, "g", style, id=plain("/".join(place)))
    group.set("transform", f"translate({area.left:.1f} {area.top:.1f})")
    _add(group, "title").text = plain(f"{place[1]}\n{box.full}".strip())
    left = 0.0
    for tab in box.tabs if box.foot else ():
        _tab(group, tab, Area(left + 2, box.body + 4, tab.width - 4, box.foot - 4))
        left += tab.width
    _rect(group, "body", Area(0, 0, box.width, box.body), ROUND.get(box.kind, 0))
    y = PAD / 2 + TITLE + 3
    _text(group, "kind", box.width - PAD, y, NAMES[box.kind])
    for number, words in enumerate(box.title):
        _text(group, "title", PAD, y + number * HEAD, words)
    y += len(box.title) * HEAD - (TITLE - TEXT)
    for number, words in enumerate(box.lines):
        _text(group, "line", PAD, y + number * LINE, words)


def _tab(box: ET.Element, tab: Tab, area: Area) -> None:
    group = _add(box, "g", "tab marked" if tab.marked else "tab")
    _rect(group, "", area, 6)
    top = area.top + (area.height - len(tab.lines) * LABEL) / 2 + TEXT
    for number, words in enumerate(tab.lines):
        _text(group, "label", area.left + area.width / 2, top + number * LABEL, words)


def _rect(parent: ET.Element, style: str, area: Area, corner: int) -> None:
    sides = {"x": area.left, "y": area.top, "width": area.width, "height": area.height}
    _add(parent, "rect", style, rx=f"{corner}", **{n: f"{side:.1f}" for n, side in sides.items()})


def _text(parent: ET.Element, style: str, x: float, y: float, words: str) -> None:
    """A line of text whose baseline is at y, at x as its style is anchored."""
    _add(parent, "text", style, x=f"{x:.1f}", y=f"{y:.1f}").text = plain(words)


def _add(parent: ET.Element, name: str, style: str = "", **attributes: str) -> ET.Element:
    return ET.SubElement(parent, name, {"class": style, **attributes} if style else attributes)
