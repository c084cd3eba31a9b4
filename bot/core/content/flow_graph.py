"""Where the steps of a flow lead: the one table that tells the kinds of steps apart.

The linter walks by it and the drawing draws by it, so both see the same flow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.core.content.knowledge import Flow, Step
from bot.core.content.mistake import nearest

Key = Literal[
    "options", "field", "read", "unread", "test", "of", "yes", "no", "wait", "summary",
    "unless", "next", "flow", "diagnosis", "end",
]  # fmt: skip
"""What makes a step's kind, and what goes with it."""


@dataclass(frozen=True, slots=True)
class StepKind:
    """What a kind of step needs and may have besides the key that makes it that kind.

    `needs` and `may` are the keys beside `label`, `ask` and `say`; `leads` are those of them (or
    the step's own key) that name where it goes. `asks`: it waits for the person. `tells`: the text
    without which the person would read nothing.
    """

    needs: tuple[Key, ...] = ()
    may: tuple[Key, ...] = ()
    leads: tuple[Key, ...] = ()
    asks: bool = False
    tells: Literal["ask", "say"] | None = None


STEP_KINDS: Mapping[Key, StepKind] = {
    "options": StepKind(asks=True, tells="ask"),
    "field": StepKind(
        needs=("read",), may=("unread", "unless"), leads=("read", "unread"), asks=True
    ),
    "test": StepKind(needs=("of", "yes", "no"), leads=("yes", "no")),
    "wait": StepKind(needs=("next",), leads=("next",), tells="say"),
    "summary": StepKind(needs=("next",), leads=("next",), asks=True),
    "flow": StepKind(leads=("flow",)),
    "diagnosis": StepKind(),
    "end": StepKind(),
}


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a step: the key that names it, and the step (or flow) it names."""

    key: str
    to: str


def value(step: Step, key: Key) -> Any:
    """What the author wrote under a key of a step; false where they wrote nothing."""
    return getattr(step, key)


def kinds(step: Step) -> tuple[Key, ...]:
    """Every kind that the step's keys claim; a sound step has exactly one."""
    return tuple(kind for kind in STEP_KINDS if value(step, kind))


def exits(step: Step) -> tuple[Exit, ...]:
    """The ways out of a step: its options in order, then the keys that lead on.

    An exit named `flow` names a flow, any other a step of the same flow.
    """
    options = [Exit(f"options[{n}].next", option.next) for n, option in enumerate(step.options)]
    options += [Exit("diagnosis", to) for to in step.diagnosis]
    keys = dict.fromkeys(key for kind in kinds(step) for key in STEP_KINDS[kind].leads)
    named = [(key, value(step, key)) for key in keys]
    return (*options, *(Exit(key, to) for key, to in named if to))


StepKey = tuple[str, str]
"""A step by its flow's id and its own."""
Ways = Mapping[StepKey, frozenset[StepKey]]
"""From each step to those that may follow it, across flows."""
SOMEWHERE: StepKey = ("", "")
"""Where an exit leads that is missing or names nothing like a step."""


def ways_of(flows: Mapping[str, Flow]) -> Ways:
    """The ways between all steps of these flows; a misspelt target is the step it resembles."""
    return {
        (flow.id, step.id): frozenset(_onward(flows, flow, step))
        for flow in flows.values()
        for step in flow.steps.values()
    }


def reach(ways: Ways, start: StepKey) -> set[StepKey]:
    """Every place that some way from `start` comes to; `start` itself only by a circle."""
    reached: set[StepKey] = set()
    edge = set(ways.get(start, ()))
    while edge:
        reached |= edge
        edge = {to for place in edge for to in ways.get(place, ())} - reached
    return reached


def _onward(flows: Mapping[str, Flow], flow: Flow, step: Step) -> Iterator[StepKey]:
    found = kinds(step)
    if not found or not all(value(step, key) for key in STEP_KINDS[found[0]].needs):
        yield SOMEWHERE
    for way in exits(step):
        into = nearest(way.to, flows) if way.key == "flow" else flow.id
        name = flows[into].start if into and way.key == "flow" else way.to
        to = nearest(name, flows[into].steps) if into else None
        yield (into, to) if into and to else SOMEWHERE
