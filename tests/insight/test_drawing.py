"""The drawing of the flows: nothing is left out, nothing is hidden, nothing breaks the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from playwright.async_api import Browser

from bot.core.content.flow_graph import exits
from bot.core.content.knowledge import Flow, Knowledge, Option, Step, Wait
from bot.core.content.script import DIAGNOSE
from bot.insight.drawing import svg
from bot.insight.tree import tree

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("&")</script>]]>|\x08`'
LATIN = "HTTP ERROR 500 INTERNAL SERVER ERROR https://etax.beijing.chinatax.gov.cn:8443/login"

OUTSIDE = """() => [...document.querySelectorAll("g.step text")].filter(text => {
    const box = text.parentElement.querySelector(":scope > rect").getBBox()
    const words = text.getBBox()
    return words.x < box.x || words.x + words.width > box.x + box.width
        || words.y < box.y || words.y + words.height > box.y + box.height
}).map(text => text.textContent)"""
"""The texts that a browser shows outside of their boxes."""

Area = tuple[float, float, float, float]
"""Left, top, width and height."""


def flow(id_: str, title: str, *steps: Step) -> dict[str, Flow]:
    return {id_: Flow(id=id_, title=title, start="first", steps={step.id: step for step in steps})}


def circle(label: str = "又来") -> dict[str, Flow]:
    """A flow that leads back to where it was, over one step and to itself."""
    again = Option(id="again", label=label, next="first")
    same = Option(id="same", label="再问", next="second")
    done = Option(id="done", label="好", next="done")
    first = Step(id="first", ask="一", options=(Option(id="on", label="走", next="second"),))
    second = Step(id="second", label=label, ask=label, options=(again, same, done))
    return flow("round", label, first, second, Step(id="done", end="solved", say="好"))


def broken() -> dict[str, Flow]:
    """A flow with a step of no kind, one that nothing leads to, and ways to where nothing is."""
    lost = Option(id="lost", label="去哪", next="nowhere")
    jump = Option(id="jump", label="转走", next="jump")
    first = Step(id="first", ask="问", options=(lost, jump))
    jump_on, bare = Step(id="jump", label="走丢", flow="gone"), Step(id="bare", label="空白")
    alone = Step(id="alone", label="没人来", wait=Wait(days=2, hour=9), next="bare")
    return flow("broken", "错", first, jump_on, bare, alone) | flow("empty", "无步")


def other_kinds() -> dict[str, Flow]:
    """The kinds of steps that no shipped flow has, one after the other."""
    later = Step(id="later", label="再说", wait=Wait(days=1, hour=10), say="明天", next="on")
    return flow("others", "别的", later, Step(id="on", label="转走", flow="ticket"))


@pytest.fixture(scope="module")
def shipped(knowledge: Knowledge) -> Mapping[str, Flow]:
    """The flows as they are drawn: the diagnosis as the tree that it comes to."""
    grown = tree(knowledge.diagnosis, knowledge.texts.diagnosis)
    return {**knowledge.flows, DIAGNOSE: grown}


@pytest.fixture(params=["shipped", "circle", "long", "latin", "hostile", "broken"])
def drawing(
    request: pytest.FixtureRequest, knowledge: Knowledge, shipped: Mapping[str, Flow]
) -> str:
    """The flows that the desk ships, and such as could go wrong."""
    drawn = {
        "shipped": shipped,
        "circle": circle(),
        "long": circle("长" * 60),
        "latin": circle(LATIN),
        "hostile": circle(HOSTILE),
        "broken": broken(),
    }
    return svg(drawn[request.param], knowledge.fields)


def words(element: ET.Element) -> str:
    """All words of a drawing, as they are read, without the breaks between lines."""
    shown = "".join(text.text or "" for text in element.iter(f"{NS}text"))
    return shown.replace(" ", "")


def steps(root: ET.Element) -> dict[str, ET.Element]:
    """What is drawn of each step, by the ids of its flow and its own."""
    drawn = [group for group in root.iter(f"{NS}g") if "step" in group.get("class", "").split()]
    return {group.get("id", ""): group for group in drawn}


def counted(root: ET.Element, tag: str, style: str) -> int:
    found = root.iter(f"{NS}{tag}")
    return sum(set(style.split()) <= set(e.get("class", "").split()) for e in found)


def area(rect: ET.Element, left: float = 0, top: float = 0) -> Area:
    x, y, width, height = (float(rect.get(side, "")) for side in ("x", "y", "width", "height"))
    return left + x, top + y, width, height


def areas(root: ET.Element) -> Iterator[Area]:
    """Where each step is in the frames, its ways out included."""
    for group in steps(root).values():
        left, top = map(float, group.get("transform", "")[len("translate(") : -1].split())
        parts = [area(rect, left, top) for rect in group.iter(f"{NS}rect")]
        left, top = min(part[0] for part in parts), min(part[1] for part in parts)
        right, bottom = max(p[0] + p[2] for p in parts), max(p[1] + p[3] for p in parts)
        yield left, top, right - left, bottom - top


def is_in(inner: Area, outer: Area) -> bool:
    (x, y, width, height), (left, top, wide, high) = inner, outer
    return left <= x <= x + width <= left + wide and top <= y <= y + height <= top + high


def test_every_step_and_every_answer_is_in_the_drawing(
    knowledge: Knowledge, shipped: Mapping[str, Flow]
) -> None:
    root = ET.fromstring(svg(shipped, knowledge.fields))
    drawn = steps(root)
    for each in shipped.values():
        assert each.title in words(root)
        for step in each.steps.values():
            shown = words(drawn.pop(f"{each.id}/{step.id}"))
            name = step.label or knowledge.fields[step.field or ""].label
            assert name.replace(" ", "") in shown
            assert all(option.label.replace(" ", "") in shown for option in step.options)
    assert not drawn


def test_every_way_on_is_an_arrow_or_marked_as_an_end(
    knowledge: Knowledge, shipped: Mapping[str, Flow]
) -> None:
    root = ET.fromstring(svg(shipped, knowledge.fields))
    ways = 0
    for step in (step for each in shipped.values() for step in each.steps.values()):
        ways += len({way.to for way in exits(step)}) if step.field else len(exits(step))
    assert counted(root, "path", "arrow") + counted(root, "g", "tab marked") == ways


def test_the_kinds_of_steps_look_and_read_differently(
    knowledge: Knowledge, shipped: Mapping[str, Flow]
) -> None:
    drawn = steps(ET.fromstring(svg({**shipped, **other_kinds()}, knowledge.fields)))
    kinds = {group.get("class", "").split()[1]: words(group) for group in drawn.values()}
    assert len(kinds) == 7
    named = {kind: shown[:2] for kind, shown in kinds.items()}
    assert len(set(named.values())) == 7


def test_no_two_steps_lie_on_each_other(drawing: str) -> None:
    for a, b in combinations(areas(ET.fromstring(drawing)), 2):
        assert (
            a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
        )


def test_each_step_is_in_a_frame_and_each_frame_on_the_sheet(drawing: str) -> None:
    root = ET.fromstring(drawing)
    frames = [area(rect) for rect in root.iter(f"{NS}rect") if rect.get("class") == "frame"]
    assert all(any(is_in(each, frame) for frame in frames) for each in areas(root))
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert all(is_in(frame, (0, 0, width - 18, height - 18)) for frame in frames)


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_all_text_is_inside_its_box(drawing: str, browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content(drawing)
    outside = await page.evaluate(OUTSIDE)
    await page.close()
    assert outside == []


def test_the_same_flows_make_the_same_file_and_nothing_is_said(
    knowledge: Knowledge, shipped: Mapping[str, Flow], capfd: pytest.CaptureFixture[str]
) -> None:
    assert svg(shipped, knowledge.fields) == svg(shipped, knowledge.fields)
    svg(circle(HOSTILE), {})
    assert capfd.readouterr() == ("", "")


def test_hostile_words_stay_words() -> None:
    drawn = svg(circle(HOSTILE), {})
    assert "<script" not in drawn
    assert not list(ET.fromstring(drawn).iter(f"{NS}script"))
    assert '<script>alert("&")</script>' in words(ET.fromstring(drawn))
    assert "\x08" not in drawn


def test_a_way_back_is_drawn_too() -> None:
    assert counted(ET.fromstring(svg(circle(), {})), "path", "arrow") == 4


def test_a_jump_is_an_arrow_into_the_other_flow() -> None:
    jump = flow("jump", "转", Step(id="first", label="转走", flow="round"))
    apart = counted(ET.fromstring(svg(circle(), {})), "path", "arrow")
    assert counted(ET.fromstring(svg(jump | circle(), {})), "path", "arrow") == apart + 1


def test_a_broken_flow_is_drawn_without_the_arrows_to_nowhere() -> None:
    root = ET.fromstring(svg(broken(), {}))
    assert list(steps(root)) == [f"broken/{step}" for step in ("first", "jump", "bare", "alone")]
    assert "去哪" in words(root)
    assert counted(root, "path", "arrow") == 2
