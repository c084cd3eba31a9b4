"""The shapes of a drawing: how each kind of step looks.

The colours read on white, in the dark and printed. A step is told by its shape first, so that a
print in black and white loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree import ElementTree as ET

from bot.insight.boxes import LINE, TEXT, TITLE, Box, measure, plain

STYLE = """
svg { font-family: "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
  "WenQuanYi Micro Hei", "Source Han Sans SC", system-ui, sans-serif; }
.sheet { fill: #fff }
.heading { font-size: 22px; font-weight: 600; fill: #1c2733 }
.title { font-size: 15px; font-weight: 600; fill: #1c2733 }
.line, .label { font-size: 12px; fill: #3f4c59 }
.note { font-size: 13px; fill: #3f4c59 }
.body { fill: #eef4fb; stroke: #4a7fb5; stroke-width: 1.5 }
.field .body { fill: #f3effb; stroke: #7d64b8 }
.test .body { fill: #fdf3e0; stroke: #b07d1f }
.wait .body { fill: #eaf6f6; stroke: #2f8a8a; stroke-dasharray: 6 3 }
.recap .body, .summary .body { fill: #f2f4f6; stroke: #6b7783 }
.flow .body { fill: #fbeef1; stroke: #b5506b }
.end .body { fill: #e6f5ea; stroke: #35894f; stroke-width: 2 }
.mark { fill: none; stroke: #3f4c59; stroke-width: 1.5; stroke-linecap: round }
.tab { fill: #fff; stroke: #8895a2 }
.tab.ends { fill: #cdebd5; stroke: #35894f }
.stem { stroke: #8895a2; stroke-width: 1.2 }
.arrow { fill: none; stroke-width: 1.7 }
.arrow.hue0 { stroke: #3b76b0 } .tip.hue0 { fill: #3b76b0 }
.arrow.hue1 { stroke: #b0603b } .tip.hue1 { fill: #b0603b }
.arrow.hue2 { stroke: #4d8f52 } .tip.hue2 { fill: #4d8f52 }
.arrow.hue3 { stroke: #8a5cb5 } .tip.hue3 { fill: #8a5cb5 }
.arrow.hue4 { stroke: #a88420 } .tip.hue4 { fill: #a88420 }
.arrow.hue5 { stroke: #b34e78 } .tip.hue5 { fill: #b34e78 }
@media screen and (prefers-color-scheme: dark) {
.sheet { fill: #17202a }
.heading, .title { fill: #eef2f6 }
.line, .label, .note { fill: #cbd5df }
.body { fill: #213247 } .field .body { fill: #2d2744 } .test .body { fill: #3a2f18 }
.wait .body { fill: #17383a } .recap .body, .summary .body { fill: #2a333c }
.flow .body { fill: #402430 } .end .body { fill: #1c3a27 }
.mark { stroke: #cbd5df }
.tab { fill: #1d2833 } .tab.ends { fill: #225234 }
}
"""

MARK = 20.0
"""The room of a mark before a title."""
_MARKS: Mapping[str, str] = {
    "field": "M-3 -6 h6 M0 -6 v12 M-3 6 h6",
    "wait": "M-7 0 a7 7 0 1 1 14 0 a7 7 0 1 1 -14 0 M0 -4 v4 l3 2",
}
"""Beside the title, around its own middle: where to type, a clock."""


def node(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, name, attributes)


def text(parent: ET.Element, x: float, y: float, words: str, style: str) -> ET.Element:
    """A line of text whose baseline begins at x, y."""
    line = node(parent, "text", x=f"{x:.1f}", y=f"{y:.1f}")
    line.set("class", style)
    line.text = plain(words)
    return line


def tabs(place: ET.Element, box: Box) -> None:
    """The ways out, hanging from the body."""
    if box.kind == "test":
        for tab in box.tabs:
            x = tab.left + tab.width / 2
            edge = box.body * (1 - abs(x / box.width - 0.5))
            stem = {
                "x1": f"{x:.1f}",
                "y1": f"{edge:.1f}",
                "x2": f"{x:.1f}",
                "y2": f"{box.body:.1f}",
            }
            node(place, "line", **stem).set("class", "stem")
    for tab in box.tabs:
        shape = _rect(place, tab.left, box.body, tab.width, box.tab_height - 1, 6)
        shape.set("class", "tab ends" if tab.ends else "tab")
        top = box.body + (box.tab_height - len(tab.lines) * (TEXT + 3)) / 2 + TEXT - 0.5
        for number, words in enumerate(tab.lines):
            _middle(
                text(place, tab.left + tab.width / 2, top + number * (TEXT + 3), words, "label")
            )


def body(place: ET.Element, box: Box) -> None:
    """The shape of the step with its title and lines."""
    _SHAPES.get(box.kind, _rounded)(place, box)
    x = box.width / 2
    high = TITLE + len(box.lines) * LINE
    y = (box.body - high) / 2 + TITLE - 2
    title = _middle(text(place, x, y, box.title, "title"))
    if mark := _MARKS.get(box.kind):
        title.set("x", f"{x + MARK / 2:.1f}")
        left = x - (measure(box.title, TITLE) + MARK) / 2
        sign = node(place, "path", d=mark, transform=f"translate({left:.1f} {y - 5:.1f})")
        sign.set("class", "mark")
    for number, words in enumerate(box.lines, 1):
        _middle(text(place, x, y + number * LINE + 2, words, "line"))


def _middle(line: ET.Element) -> ET.Element:
    line.set("text-anchor", "middle")
    return line


def _rect(
    place: ET.Element, x: float, y: float, width: float, height: float, round_: float
) -> ET.Element:
    sides = {"x": x, "y": y, "width": width, "height": height, "rx": round_}
    shape = node(place, "rect", **{side: f"{length:.1f}" for side, length in sides.items()})
    shape.set("class", "body")
    return shape


def _rounded(place: ET.Element, box: Box) -> None:
    _rect(place, 0, 0, box.width, box.body, 12)


def _square(place: ET.Element, box: Box) -> None:
    _rect(place, 0, 0, box.width, box.body, 0)


def _diamond(place: ET.Element, box: Box) -> None:
    x, y = box.width / 2, box.body / 2
    shape = node(
        place, "path", d=f"M{x:.1f} 0 L{2 * x:.1f} {y:.1f} {x:.1f} {2 * y:.1f} 0 {y:.1f} z"
    )
    shape.set("class", "body")


def _double(place: ET.Element, box: Box) -> None:
    _square(place, box)
    sides = node(place, "path", d=f"M6 0 v{box.body:.1f} M{box.width - 6:.1f} 0 v{box.body:.1f}")
    sides.set("class", "mark")


def _pill(place: ET.Element, box: Box) -> None:
    _rect(place, 0, 0, box.width, box.body, box.body / 2)


_SHAPES: Mapping[str, Callable[[ET.Element, Box], None]] = {
    "options": _rounded,
    "field": _square,
    "test": _diamond,
    "wait": _rounded,
    "recap": _square,
    "summary": _square,
    "flow": _double,
    "end": _pill,
}
