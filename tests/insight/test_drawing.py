"""The drawing of the flows: nothing is left out, nothing is hidden, nothing breaks the file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from pydantic import TypeAdapter

from bot.app.load import folder
from bot.core.content.flow_graph import exits
from bot.core.content.knowledge import Field, Flow, Option, Step
from bot.insight.boxes import boxes
from bot.insight.drawing import mermaid, svg

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("&")</script>]]>|\x08`'


@dataclass(frozen=True)
class Content:
    flows: dict[str, Flow]
    fields: dict[str, Field]


@pytest.fixture(scope="module")
def faq() -> Content:
    """The flows and fields that the desk ships."""
    fields = tomllib.loads((folder() / "fields.toml").read_text(encoding="utf-8"))["fields"]
    flows = {}
    for path in sorted((folder() / "flows").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        table["steps"] = {step: {"id": step, **keys} for step, keys in table["steps"].items()}
        flows[path.stem] = TypeAdapter(Flow).validate_python({"id": path.stem, **table})
    read = TypeAdapter(tuple[Field, ...]).validate_python(fields)
    return Content(flows, {field.id: field for field in read})


def words(drawing: str) -> str:
    """All words of a drawing, as they are read, without the breaks between lines."""
    shown = [element.text or "" for element in ET.fromstring(drawing).iter(f"{NS}text")]
    return "".join(shown).replace(" ", "")


def circle(label: str = "又来") -> dict[str, Flow]:
    """A flow that leads back to where it was, over one step and to itself."""
    again = Option(id="again", label=label, next="first")
    same = Option(id="same", label="再问", next="second")
    done = Option(id="done", label="好", next="done")
    steps = (
        Step(id="first", ask="一", options=(Option(id="on", label="走", next="second"),)),
        Step(id="second", label=label, ask="二", options=(again, same, done)),
        Step(id="done", end="solved", say="好"),
    )
    return {"round": Flow(id="round", title=label, start="first", steps={s.id: s for s in steps})}


def test_every_step_and_every_answer_is_in_the_drawing(faq: Content) -> None:
    drawing = svg(faq.flows, faq.fields)
    shown, ids = words(drawing), [e.get("id") for e in ET.fromstring(drawing).iter(f"{NS}g")]
    for flow in faq.flows.values():
        assert flow.title in shown
        for step in flow.steps.values():
            assert f"flow-{flow.id}-{step.id}" in ids
            name = step.label or faq.fields[step.field or ""].label
            assert name.replace(" ", "") in shown
            assert all(option.label.replace(" ", "") in shown for option in step.options)


def test_every_way_on_is_an_arrow_or_marked_as_an_end(faq: Content) -> None:
    root = ET.fromstring(svg(faq.flows, faq.fields))
    arrows = [e for e in root.iter(f"{NS}path") if "arrow" in e.get("class", "")]
    marked = [e for e in root.iter(f"{NS}rect") if "ends" in e.get("class", "")]
    ways = 0
    for step in (step for flow in faq.flows.values() for step in flow.steps.values()):
        ways += len({e.to for e in exits(step)}) if step.field else len(exits(step))
        ways -= bool(step.flow)
    assert len(arrows) + len(marked) - 1 == ways  # the legend shows one mark too


def test_no_two_steps_lie_on_each_other(faq: Content) -> None:
    for drawn in (faq.flows, circle()):
        places = corners(svg(drawn, faq.fields), drawn, faq.fields)
        for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(places, 2):
            assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


def corners(
    drawing: str, flows: Mapping[str, Flow], fields: Mapping[str, Field]
) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of every step on the sheet."""
    found = []
    for group in ET.fromstring(drawing).findall(f"{NS}g[@id]"):
        flow = flows[group.get("id", "").removeprefix("flow-")]
        left, top = moved(group)
        for step, box in boxes(flow, flows, fields).items():
            place = group.find(f"{NS}g[@id='flow-{flow.id}-{step}']")
            assert place is not None
            x, y = moved(place)
            found.append((left + x, top + y, box.size.width, box.size.height))
    return found


def moved(element: ET.Element) -> tuple[float, float]:
    x, y = element.get("transform", "").removeprefix("translate(").rstrip(")").split()
    return float(x), float(y)


def test_all_is_inside_the_sheet(faq: Content) -> None:
    for drawn in (faq.flows, circle(), circle("长" * 60)):
        drawing = svg(drawn, faq.fields)
        root = ET.fromstring(drawing)
        width, height = float(root.get("width", "")), float(root.get("height", ""))
        for x, y, w, h in corners(drawing, drawn, faq.fields):
            assert x >= 0
            assert y >= 0
            assert x + w <= width
            assert y + h <= height


def test_hostile_words_stay_words() -> None:
    drawing = svg(circle(HOSTILE), {})
    assert "<script" not in drawing
    assert not list(ET.fromstring(drawing).iter(f"{NS}script"))
    assert '<script>alert("&")</script>' in words(drawing)
    assert "\x08" not in drawing


def test_hostile_words_do_not_end_a_label_of_mermaid() -> None:
    labels = [line for line in mermaid(circle(HOSTILE), {}).splitlines() if "alert" in line]
    assert len(labels) == 3
    assert all(line.count('"') == 2 and "<" not in line for line in labels)


def test_a_way_back_is_drawn_too() -> None:
    root = ET.fromstring(svg(circle(), {}))
    assert sum("arrow" in e.get("class", "") for e in root.iter(f"{NS}path")) == 4


def test_a_flow_with_a_wrong_target_is_drawn_without_that_arrow() -> None:
    wrong = Step(id="one", ask="问", options=(Option(id="a", label="去哪", next="nowhere"),))
    drawing = svg({"w": Flow(id="w", title="错", start="one", steps={"one": wrong})}, {})
    assert "去哪" in words(drawing)


def test_mermaid_has_a_node_for_every_step_and_a_line_for_every_way(faq: Content) -> None:
    lines = mermaid(faq.flows, faq.fields).splitlines()
    assert lines[0] == "flowchart TD"
    for flow in faq.flows.values():
        for step in flow.steps.values():
            name = f"s_{flow.id}__{step.id}"
            nodes = [
                line
                for line in lines
                if line.strip().startswith((f"{name}(", f"{name}[", f"{name}{{", f"{name}>"))
            ]
            assert len(nodes) == 1
            ways = {exit_.key: exit_.to for exit_ in exits(step)}
            leading = [line for line in lines if line.startswith(f"  {name} -->")]
            assert len(leading) == len(set(ways.values()) if step.field else ways)
