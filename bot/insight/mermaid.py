"""Write flows as Mermaid text, for a page that renders it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.content.flow_graph import kinds
from bot.core.content.knowledge import Field, Flow
from bot.insight.boxes import titled, ways_out

BRACKETS: Mapping[str, tuple[str, str]] = {
    "options": ("(", ")"),
    "field": ("[/", "/]"),
    "test": ("{", "}"),
    "wait": (">", "]"),
    "summary": ("(", ")"),
    "flow": ("[[", "]]"),
    "end": ("([", "])"),
}
"""The shape of a step, by its kind."""


def mermaid(flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> str:
    """These flows (by id) as a Mermaid flowchart, a subgraph each."""
    lines, arrows = ["flowchart TD"], []
    for flow in flows.values():
        lines.append(f"  subgraph {_name(flow.id)}[{_quoted(flow.title)}]")
        for step in flow.steps.values():
            left, right = BRACKETS[next(iter(kinds(step)), "end")]
            words = ("⏰ " if step.wait else "") + titled(step, flows, fields)
            lines.append(f"    {_name(flow.id, step.id)}{left}{_quoted(words)}{right}")
            for label, (onward, to) in ways_out((flow.id, step.id), step, flows):
                if to in flows[onward].steps:
                    said = f"|{_quoted(label)}|" if label else ""
                    arrows.append(f"  {_name(flow.id, step.id)} -->{said} {_name(onward, to)}")
        lines.append("  end")
    return "\n".join(lines + arrows) + "\n"


def _name(*ids: str) -> str:
    """A name that Mermaid reads as one word and never as one of its own."""
    return "s_" + "__".join(
        re.sub(r"\W", lambda sign: f"_{ord(sign[0])}_", part, flags=re.ASCII) for part in ids
    )


def _quoted(words: str) -> str:
    """Words in quotation marks; signs that Mermaid or HTML would read become their numbers."""
    safe = re.sub(r'["#<>&;`\\|{}\[\]]', lambda sign: f"#{ord(sign[0])};", words)
    return f'"{" ".join(safe.split())}"'
