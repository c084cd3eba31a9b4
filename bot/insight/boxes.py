"""What a drawing shows of a step: its name, the beginning of its text, and a tab for each way out.

Lengths are in pixels. Text is measured as Chinese fonts set it: a Chinese character is as wide as
the font is high.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from bot.core.content.flow_graph import exits, kinds
from bot.core.content.knowledge import Field, Flow, Step
from bot.insight.spacing import Size

TITLE, TEXT = 15.0, 12.0
"""Font sizes."""
LINE = 17.0
"""Height of a line of text."""
PAD = 12.0
NARROWEST = 150.0
LINES = 3
"""Lines of a step's text that are drawn; all of it is shown when the mouse rests on the box."""
TAB = 7 * TEXT
"""About how wide a tab's lines are."""
BUSY = 3
"""An end to which more ways lead is drawn without arrows; the tabs that lead there are marked"""

NAMES: Mapping[str, str] = {
    "options": "提问",
    "field": "填写",
    "test": "判断",
    "wait": "等待",
    "recap": "回顾",
    "summary": "核对",
    "flow": "转到",
    "end": "结束",
}
"""What each kind of step is called in a drawing."""
WAYS: Mapping[str, str] = {"read": "已提供", "unread": "跳过", "yes": "是", "no": "否"}

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[A-Za-z0-9.:/_-]+|.", re.DOTALL)
_HANGING = "，。；：、？！）」』”’"


@dataclass(frozen=True, slots=True)
class Tab:
    """A way out: its words, where it leads, left edge and width; `ends`: it has no arrow."""

    lines: tuple[str, ...]
    to: str
    left: float
    width: float
    ends: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A step as drawn: the body with title and lines, and the tabs hanging from it."""

    kind: str
    title: str
    lines: tuple[str, ...]
    full: str
    tabs: tuple[Tab, ...]
    width: float
    body: float

    @property
    def size(self) -> Size:
        landing = {"test": 0.0, "end": self.width - self.body}.get(self.kind, self.width * 0.8)
        return Size(self.width, self.body + self.tab_height, landing)

    @property
    def tab_height(self) -> float:
        lines = max((len(tab.lines) for tab in self.tabs), default=0)
        return lines * (TEXT + 3) + 9 if lines else 0.0


def boxes(flow: Flow, flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> dict[str, Box]:
    """A box for each step of a flow, by the step's id."""
    coming = Counter(way.to for step in flow.steps.values() for way in exits(step))
    marked = {step.id for step in flow.steps.values() if step.end and coming[step.id] > BUSY}
    return {step.id: _box(step, flows, fields, marked) for step in flow.steps.values()}


def _box(
    step: Step, flows: Mapping[str, Flow], fields: Mapping[str, Field], marked: set[str]
) -> Box:
    kind = next(iter(kinds(step)), "end")
    words = [(tuple(_balanced(label)), to) for label, to in ways_out(step) if label]
    widths = [max(measure(line, TEXT) for line in lines) + 18 for lines, _ in words]
    title, text = titled(step, flows, fields), plain(_text(step, flows, fields))
    width = max(NARROWEST, sum(widths) + 6 * len(widths), measure(title, TITLE) + 5 * PAD)
    if kind == "test":
        width = max(width, measure(title, TITLE) * 1.6 + 2 * PAD)
    shown = list(wrapped(text, max(width, 250) - 2 * PAD, TEXT))
    lines = shown if len(shown) <= LINES else [*shown[: LINES - 1], shown[LINES - 1][:-1] + "…"]
    width = max([width, *(measure(line, TEXT) + 2 * PAD for line in lines)])
    left = (width - sum(widths) - 6 * (len(widths) - 1)) / 2
    tabs = []
    for (label, to), tab in zip(words, widths, strict=True):
        tabs.append(Tab(label, to, left, tab, to in marked))
        left += tab + 6
    body = 72.0 if kind == "test" else PAD * 1.5 + TITLE + len(lines) * LINE + PAD / 2
    return Box(kind, title, tuple(lines), text, tuple(tabs), width, body)


def ways_out(step: Step) -> Iterator[tuple[str, str]]:
    """The words for each way out of a step and the step it leads to, in the author's order."""
    if step.field and step.read and step.read == step.unread:
        yield f"{WAYS['read']}或{WAYS['unread']}", step.read
        return
    for option in step.options:
        yield plain(option.label) or option.id, option.next
    for way in exits(step)[len(step.options) :]:
        if way.key != "flow":
            yield WAYS.get(way.key, ""), way.to


def titled(step: Step, flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> str:
    """The step's short name: its label, or what its field or flow is called."""
    named = fields.get(step.field or "")
    onward = flows.get(step.flow or "")
    name = step.label or (named.label if named else "") or (onward.title if onward else "")
    return plain(name or step.field or step.id)


def _text(step: Step, flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> str:
    if step.wait:
        return f"{step.wait.days} 天后 {step.wait.hour}:00 再问"
    if step.flow:
        onward = flows.get(step.flow)
        return f"接着走「{onward.title if onward else step.flow}」"
    if step.test:
        return ""
    named = fields.get(step.field or "")
    return "\n".join(t for t in (step.say, step.ask or (named.ask if named else "")) if t)


def plain(text: str) -> str:
    """Text without marks for bold and without characters that XML cannot hold."""
    return _INVISIBLE.sub("", text).replace("**", "")


def measure(text: str, size: float) -> float:
    """The width of a line, a little more rather than less."""
    return sum(size if east_asian_width(sign) in "WFA" else size * 0.62 for sign in text)


def wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """Break text into lines; words of Latin letters stay whole where they fit on a line."""
    for paragraph in filter(None, (part.strip() for part in text.splitlines())):
        line = ""
        for word in _pieces(paragraph, width, size):
            if line and measure(line + word, size) > width and word not in _HANGING:
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
