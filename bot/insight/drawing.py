"""Draw flows for people: as SVG, by itself, or as Mermaid text for a page that renders it.

The drawing is made from what the linter walks (`bot.core.content.flow_graph`), so it shows every
step and every way out, also of a flow that has mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

from bot.core.content.flow_graph import kinds
from bot.core.content.knowledge import Field, Flow
from bot.insight.boxes import NAMES, Box, boxes, measure, plain, titled, ways_out
from bot.insight.layers import Arrow
from bot.insight.shapes import STYLE, body, node, tabs, text
from bot.insight.spacing import Run, arrange

MARGIN = 36.0
BETWEEN = 90.0
"""Between the drawings of two flows."""
HEADING = 96.0
LEGEND = 15.0
"""Font size of the legend."""
HUES = 6
"""Colours of arrows, by turns of the steps they leave, so that the eye can follow one."""


def svg(flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> str:
    """A sheet with these flows (by id) side by side, as a whole SVG document."""
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg")
    ET.SubElement(root, "style").text = STYLE
    sheet = ET.SubElement(root, "rect", {"class": "sheet"})
    left, height = MARGIN, 0.0
    for flow in flows.values():
        drawn = boxes(flow, flows, fields)
        width, depth = _draw(root, flow, drawn, left)
        left += width + BETWEEN
        height = max(height, depth)
    wide = max(left - BETWEEN, _legend(root) + MARGIN) + MARGIN
    extent = {"width": f"{wide:.0f}", "height": f"{height + HEADING + 2 * MARGIN:.0f}"}
    root.attrib |= extent | {"viewBox": f"0 0 {extent['width']} {extent['height']}"}
    sheet.attrib |= extent
    return ET.tostring(root, encoding="unicode") + "\n"


def _draw(
    root: ET.Element, flow: Flow, drawn: Mapping[str, Box], left: float
) -> tuple[float, float]:
    """One flow with its heading; returns its width and height."""
    ways = [_leaving(flow, name, box, drawn) for name, box in drawn.items()]
    arrows = [arrow for leaving in ways for arrow in leaving]
    start = flow.start if flow.start in drawn else next(iter(drawn))
    layout = arrange({name: box.size for name, box in drawn.items()}, arrows, start)
    group = node(root, "g", transform=f"translate({left:.1f} {HEADING + MARGIN:.1f})")
    group.set("id", plain(f"flow-{flow.id}"))
    text(group, 0, -24, flow.title, "heading")
    order = {name: number for number, name in enumerate(drawn)}
    for arrow, runs in zip(arrows, layout.runs, strict=True):
        _arrow(group, runs, f"hue{order[arrow.tail] % HUES}")
    for name, box in drawn.items():
        _box(group, name, box, layout.corners[name])
    return max(layout.width, measure(flow.title, 22)), layout.height


def _leaving(flow: Flow, name: str, box: Box, drawn: Mapping[str, Box]) -> list[Arrow]:
    if box.tabs:
        shown = [
            (tab.left + tab.width / 2 - box.width / 2, tab.to) for tab in box.tabs if not tab.ends
        ]
    else:
        shown = [(0.0, to) for _, to in ways_out(flow.steps[name])]
    return [Arrow(name, to, port) for port, to in shown if to in drawn]


def _box(group: ET.Element, name: str, box: Box, corner: tuple[float, float]) -> None:
    place = node(group, "g", transform="translate({:.1f} {:.1f})".format(*corner))
    place.set("id", plain(f"{group.get('id')}-{name}"))
    place.set("class", box.kind)
    ET.SubElement(place, "title").text = plain(f"{name}\n{box.full}".strip())
    tabs(place, box)
    body(place, box)


def _arrow(group: ET.Element, runs: Sequence[Run], hue: str) -> None:
    """A line through upright runs with bends between, and its tip."""
    line = [f"M{runs[0].x:.1f} {runs[0].begin:.1f} V{runs[0].end:.1f}"]
    for before, run in pairwise(runs):
        reach = max(abs(run.begin - before.end) * 0.55, 24.0)
        down, onward = (reach if r.end >= r.begin else -reach for r in (before, run))
        line.append(
            f"C{before.x:.1f} {before.end + down:.1f} {run.x:.1f} {run.begin - onward:.1f} "
            f"{run.x:.1f} {run.begin:.1f} V{run.end:.1f}"
        )
    node(group, "path", d=" ".join(line)).set("class", f"arrow {hue}")
    x, y = runs[-1].x, runs[-1].end
    tip = node(group, "path", d=f"M{x:.1f} {y:.1f} l-5 -9 h10 z")
    tip.set("class", f"tip {hue}")


def _legend(root: ET.Element) -> float:
    """The shapes and what they stand for, in a row on top; returns where it ends."""
    x = MARGIN
    for kind, name in NAMES.items():
        box = Box(kind, name, (), "", (), measure(name, LEGEND) * 2 + 30, 30)
        place = node(root, "g", transform=f"translate({x:.1f} {MARGIN:.1f})")
        place.set("class", kind)
        body(place, box)
        x += box.width + 12
    place = node(root, "g", transform=f"translate({x + 8:.1f} {MARGIN:.1f})")
    node(place, "rect", x="0", y="3", width="24", height="24", rx="6").set("class", "tab ends")
    note = "绿色的答案：问题解决，到此结束"
    text(place, 32, 20, note, "note")
    return x + 40 + measure(note, 13)


def mermaid(flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> str:
    """These flows (by id) as a Mermaid flowchart, a subgraph each."""
    lines = ["flowchart TD"]
    for flow in flows.values():
        lines.append(f"  subgraph {_name(flow.id)}[{_quoted(flow.title)}]")
        for step in flow.steps.values():
            left, right = _BRACKETS.get(next(iter(kinds(step)), "end"), _BRACKETS["end"])
            words = ("⏰ " if step.wait else "") + titled(step, flows, fields)
            lines.append(f"    {_name(flow.id, step.id)}{left}{_quoted(words)}{right}")
        lines.append("  end")
    for flow in flows.values():
        for step in flow.steps.values():
            tail = _name(flow.id, step.id)
            for label, to in ways_out(step):
                if to in flow.steps:
                    lines.append(
                        f"  {tail} -->{f'|{_quoted(label)}|' if label else ''} {_name(flow.id, to)}"
                    )
            if step.flow and step.flow in flows:
                lines.append(f"  {tail} --> {_name(step.flow, flows[step.flow].start)}")
    return "\n".join(lines) + "\n"


_BRACKETS: Mapping[str, tuple[str, str]] = {
    "options": ("(", ")"),
    "field": ("[/", "/]"),
    "test": ("{", "}"),
    "wait": (">", "]"),
    "recap": ("(", ")"),
    "summary": ("(", ")"),
    "flow": ("[[", "]]"),
    "end": ("([", "])"),
}


def _name(*ids: str) -> str:
    """A name that Mermaid reads as one word and never as one of its own."""
    return "s_" + "__".join(
        re.sub(r"\W", lambda sign: f"_{ord(sign[0])}_", part, flags=re.ASCII) for part in ids
    )


def _quoted(words: str) -> str:
    """Words in quotation marks; signs that Mermaid or HTML would read become their numbers."""
    safe = re.sub(r'["#<>&;`\\|{}\[\]]', lambda sign: f"#{ord(sign[0])};", words)
    return f'"{" ".join(safe.split())}"'
