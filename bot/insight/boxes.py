"""What a drawing shows of a step: its kind, its name, the beginning of its text, its ways out.

Lengths are in pixels. Text is measured as Chinese fonts set it: a Chinese character is as wide as
the font is high.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from bot.core.content.flow_graph import StepKey, exits, kinds
from bot.core.content.knowledge import Field, Flow, Step

TITLE, TEXT = 15.0, 12.0
"""Font sizes."""
HEAD, LINE, LABEL = 21.0, 17.0, 15.0
"""Heights of a line of the title, of the text and of a tab's words."""
PAD = 14.0
"""More than a sign of the text, so that a mark of punctuation hanging over stays in the box."""
ROOM = 14 * TEXT
"""The width of the text in a box whose tabs need no more."""
LINES = 3
"""Lines of a step's text that are drawn; all of it is shown when the mouse rests on the box."""
TAB = 7 * TEXT
"""About how wide a tab's lines are."""
BUSY = 3
"""An end to which more ways lead is drawn without arrows; the tabs that lead there are marked."""

NAMES: Mapping[str, str] = {
    "options": "提问",
    "field": "填写",
    "test": "判断",
    "wait": "等待",
    "summary": "核对",
    "flow": "转到",
    "end": "结束",
}
"""What each kind of step is called in a drawing."""
WAYS: Mapping[str, str] = {"read": "已提供", "unread": "跳过", "yes": "是", "no": "否"}

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[A-Za-z0-9.:/_-]+|.", re.DOTALL)
_HANGING = "，。；：、？！）」』”’…"


@dataclass(frozen=True, slots=True)
class Tab:
    """A way out of a step: its words, where it leads and its width; `marked`: it has no arrow."""

    lines: tuple[str, ...]
    to: StepKey
    width: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A step as drawn: the body with title and text, and under it the tabs, as wide together.

    `full` is all of its text; `marked`: it is an end whose arrows are left out.
    """

    kind: str
    title: tuple[str, ...]
    lines: tuple[str, ...]
    full: str
    tabs: tuple[Tab, ...]
    marked: bool

    @property
    def last(self) -> bool:
        """Whether nothing of the same flow comes after it."""
        return self.marked or self.kind == "flow"

    @property
    def width(self) -> float:
        return sum(tab.width for tab in self.tabs) or ROOM + 2 * PAD

    @property
    def height(self) -> float:
        return self.body + self.foot

    @property
    def body(self) -> float:
        """The height without the tabs."""
        return PAD * 1.5 + HEAD * len(self.title) + LINE * len(self.lines)

    @property
    def foot(self) -> float:
        """The height of the tabs; 0 where a step just goes on."""
        lines = max((len(tab.lines) for tab in self.tabs), default=0)
        return lines * LABEL + PAD if lines else 0.0


def boxes(flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> dict[StepKey, Box]:
    """A box for each step of these flows (by id)."""
    steps = {(flow.id, step.id): step for flow in flows.values() for step in flow.steps.values()}
    ways = {place: list(ways_out(place, step, flows)) for place, step in steps.items()}
    coming = Counter(to for leading in ways.values() for _, to in leading)
    marked = {place for place, step in steps.items() if step.end and coming[place] > BUSY}
    drawn = {}
    for place, step in steps.items():
        tabs = _tabs(ways[place], marked)
        room = max(ROOM, sum(tab.width for tab in tabs) - 2 * PAD)
        title = wrapped(titled(step, flows, fields), room - 3 * TEXT, TITLE)
        full = plain(_text(step, fields))
        lines = _beginning(list(wrapped(full, room, TEXT)), room)
        kind = next(iter(kinds(step)), "end")
        drawn[place] = Box(kind, tuple(title), lines, full, tabs, place in marked)
    return drawn


def _beginning(lines: list[str], width: float) -> tuple[str, ...]:
    """The lines that are drawn; an ellipsis tells that there are more."""
    if len(lines) <= LINES:
        return tuple(lines)
    last = lines[LINES - 1]
    while measure(last + "…", TEXT) > width:
        last = last[:-1]
    return (*lines[: LINES - 1], last + "…")


def _tabs(ways: list[tuple[str, StepKey]], marked: set[StepKey]) -> tuple[Tab, ...]:
    """The tabs side by side, together at least as wide as a box."""
    labels = [tuple(_balanced(label)) for label, _ in ways]
    widths = [max((measure(line, TEXT) for line in lines), default=0.0) for lines in labels]
    wider = max(2 * PAD, (ROOM + 2 * PAD - sum(widths)) / max(1, len(widths)))
    return tuple(
        Tab(lines, to, ceil(width + wider), to in marked)
        for lines, width, (_, to) in zip(labels, widths, ways, strict=True)
    )


def ways_out(
    place: StepKey, step: Step, flows: Mapping[str, Flow]
) -> Iterator[tuple[str, StepKey]]:
    """The words for each way out of a step and where it leads, in the author's order."""
    flow, _ = place
    if step.field and step.read and step.read == step.unread:
        yield f"{WAYS['read']}或{WAYS['unread']}", (flow, step.read)
        return
    for option in step.options:
        yield plain(option.label) or option.id, (flow, option.next)
    for way in exits(step)[len(step.options) :]:
        if way.key != "flow":
            yield WAYS.get(way.key, ""), (flow, way.to)
        elif way.to in flows:
            yield "", (way.to, flows[way.to].start)


def titled(step: Step, flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> str:
    """The step's short name: its label, or what its field or flow is called."""
    named = fields.get(step.field or "")
    onward = flows.get(step.flow or "")
    name = step.label or (named.label if named else "") or (onward.title if onward else "")
    return plain(name or step.field or step.flow or step.id)


def _text(step: Step, fields: Mapping[str, Field]) -> str:
    if step.wait:
        return f"{step.wait.days} 天后 {step.wait.hour}:00 再问"
    named = fields.get(step.field or "")
    return "\n".join(t for t in (step.say, step.ask or (named.ask if named else "")) if t)


def plain(text: str) -> str:
    """Text without marks for bold and without characters that XML cannot hold."""
    return _INVISIBLE.sub("", text).replace("**", "")


def measure(text: str, size: float) -> float:
    """The width of a line, a little more rather than less."""
    return size * sum(map(_width, text))


def _width(sign: str) -> float:
    """In heights of the font."""
    return 1.0 if east_asian_width(sign) in "WFA" else 0.75 if sign.isupper() else 0.62


def wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """Break text into lines; words of Latin letters stay whole where they fit on a line."""
    for paragraph in filter(None, (part.strip() for part in text.splitlines())):
        line = ""
        for word in _pieces(paragraph, width, size):
            hangs = word in _HANGING and measure(line, size) <= width
            if line and measure(line + word, size) > width and not hangs:
                yield line
                line = ""
            line += word if line else word.lstrip()
        if line:
            yield line


def _balanced(label: str) -> Iterator[str]:
    """A label on as few lines as a tab needs, of about the same length."""
    length = measure(label, TEXT)
    return wrapped(label, length / max(1, round(length / TAB)) + TEXT, TEXT)


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    """Words, and the single signs of a word that no line can hold."""
    for word in _WORD.findall(text):
        yield from [word] if measure(word, size) <= width else word
