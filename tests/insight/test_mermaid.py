"""The flows as Mermaid text: nothing is left out, and no words end their label."""

from __future__ import annotations

from bot.core.content.flow_graph import exits
from bot.core.content.knowledge import Flow, Knowledge, Option, Step
from bot.core.content.script import DIAGNOSE
from bot.insight.mermaid import mermaid
from bot.insight.tree import tree


def test_mermaid_has_a_node_for_every_step_and_a_line_for_every_way(knowledge: Knowledge) -> None:
    grown = tree(knowledge.diagnosis, knowledge.texts.diagnosis)
    flows = {**knowledge.flows, DIAGNOSE: grown}
    lines = mermaid(flows, knowledge.fields).splitlines()
    assert lines[0] == "flowchart TD"
    for flow in flows.values():
        for step in flow.steps.values():
            name = f"s_{flow.id}__{step.id.replace('-', '_45_')}"
            opened = tuple(f"    {name}{bracket}" for bracket in "([{>")
            assert sum(line.startswith(opened) for line in lines) == 1
            ways = {way.key: way.to for way in exits(step)}
            leading = [line for line in lines if line.startswith(f"  {name} -->")]
            assert len(leading) == len(set(ways.values()) if step.field else ways)


def test_hostile_words_do_not_end_a_label_of_mermaid() -> None:
    hostile = '<script>alert("&")</script>]]>|\x08`'
    back = Option(id="back", label=hostile, next="ask")
    lost = Option(id="lost", label="去哪", next="nowhere")
    ask = Step(id="ask", label=hostile, ask="问", options=(back, lost))
    lines = mermaid({"f": Flow(id="f", title=hostile, start="ask", steps={"ask": ask})}, {})
    labels = [line for line in lines.splitlines() if "alert" in line]
    assert len(labels) == 3
    assert all(line.count('"') == 2 and "<" not in line for line in labels)
    assert "nowhere" not in lines
