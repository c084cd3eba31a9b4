"""Find what would leave a person stuck in a flow, before anybody meets it.

Every check reads one flow and yields the key and the fault; `CHECKS` lists them all. The checks of
a step come first; those that walk the whole flow take a misspelt target for the one it resembles,
so that one slip is reported once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.core.exits import KINDS, SOMEWHERE, Place, Ways, exits, kinds, reach, ways_of
from bot.core.knowledge import Flow, Step
from bot.core.mistake import Mistake, nearest, unknown

TEXT_LIMIT = 1000
"""Characters of `say` and `ask` together: one message must also hold what is told before it."""
LABEL_LIMIT = 24
"""Characters that a button shows on a phone without cutting them off."""
OPTIONS_LIMIT = 8
ID = re.compile(r"[a-z0-9_-]{1,20}")
"""Ids travel in a button's data, of which Telegram takes 64 bytes."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A flow under the eye, with all that it may name; `ways` leads from each step to the next."""

    flow: Flow
    flows: Mapping[str, Flow]
    fields: Collection[str]
    predicates: Collection[str]
    ways: Ways

    def steps(self) -> Iterator[tuple[str, Step]]:
        return ((f"steps.{name}", step) for name, step in self.flow.steps.items())


Faults = Iterator[tuple[str, str]]
"""Key and fault."""


def lint(
    flows: Mapping[str, Flow], fields: Collection[str], predicates: Collection[str]
) -> list[Mistake]:
    """Every mistake in these flows (by id), given the ids of the fields and the predicates."""
    ways = ways_of(flows)
    return [
        Mistake(f"faq/flows/{name}.toml", key, fault)
        for name, flow in flows.items()
        for check in CHECKS
        for key, fault in check(Scene(flow, flows, fields, predicates, ways))
    ]


def _names(scene: Scene) -> Faults:
    for key, step in scene.steps():
        ids = {key: step.id} | {f"{key}.options[{n}].id": o.id for n, o in enumerate(step.options)}
        for where, name in ids.items():
            if not ID.fullmatch(name):
                yield where, f"id {name!r} must be 1 to 20 characters of a-z, 0-9, _ and -"


def _kinds(scene: Scene) -> Faults:
    for key, step in scene.steps():
        if len(found := kinds(step)) != 1:
            what = f"both {' and '.join(found)}" if found else f"none of {', '.join(KINDS)}"
            yield key, f"has {what}; a step has exactly one"


def _keys(scene: Scene) -> Faults:
    every = {key for kind in KINDS.values() for key in (*kind.needs, *kind.may)}
    for key, step in scene.steps():
        for name in kinds(step)[:1]:
            kind = KINDS[name]
            for needed in kind.needs:
                if not getattr(step, needed):
                    yield f"{key}.{needed}", f"missing: a step with {name!r} needs it"
            for extra in sorted(every - {*kind.needs, *kind.may}):
                if getattr(step, extra):
                    yield f"{key}.{extra}", f"has no meaning in a step with {name!r}"


def _targets(scene: Scene) -> Faults:
    if scene.flow.start not in scene.flow.steps:
        yield "start", unknown("step", scene.flow.start, scene.flow.steps)
    for key, step in scene.steps():
        for way in exits(step):
            what, known = ("flow", scene.flows) if way.key == "flow" else ("step", scene.flow.steps)
            if way.to not in known:
                yield f"{key}.{way.key}", unknown(what, way.to, known)


def _terms(scene: Scene) -> Faults:
    """Fields, predicates and slots are named elsewhere; a slot is a field's or an asking step's."""
    asking = {s.id for flow in scene.flows.values() for s in flow.steps.values() if s.options}
    for key, step in scene.steps():
        for term, what, known in (
            ("field", "field", scene.fields),
            ("test", "predicate", scene.predicates),
            ("of", "slot", {*scene.fields, *asking}),
        ):
            if (name := getattr(step, term)) and name not in known:
                yield f"{key}.{term}", unknown(what, name, known)


def _options(scene: Scene) -> Faults:
    for key, step in scene.steps():
        if len(step.options) > OPTIONS_LIMIT:
            yield f"{key}.options", f"{len(step.options)} options; at most {OPTIONS_LIMIT}"
        for part in ("id", "label"):
            counted = Counter(getattr(option, part) for option in step.options)
            for value in (value for value, count in counted.items() if count > 1):
                yield f"{key}.options", f"{part} {value!r} stands {counted[value]} times"


def _missing_texts(scene: Scene) -> Faults:
    for key, step in scene.steps():
        tells = {KINDS[kind].tells for kind in kinds(step)} - {None}
        for text in tells | ({"say"} if step.end == "solved" else set()):
            if not getattr(step, str(text)).strip():
                yield f"{key}.{text}", "missing: the person would read nothing here"
        for place, option in enumerate(step.options):
            if not option.label.strip():
                yield f"{key}.options[{place}].label", "missing: the button would be empty"


def _long_texts(scene: Scene) -> Faults:
    for key, step in scene.steps():
        lengths = [(f"{key}.ask", len(step.say) + len(step.ask), TEXT_LIMIT)]
        for place, option in enumerate(step.options):
            lengths.append((f"{key}.options[{place}].label", len(option.label), LABEL_LIMIT))
            lengths.append((f"{key}.options[{place}].say", len(option.say), TEXT_LIMIT))
        for where, length, limit in lengths:
            if length > limit:
                yield where, f"{length} characters; at most {limit}"


def _unreachable(scene: Scene) -> Faults:
    start = nearest(scene.flow.start, scene.flow.steps)
    if start is None:
        return
    reached = reach(scene.ways, (scene.flow.id, start)) | {(scene.flow.id, start)}
    for key, step in scene.steps():
        if (scene.flow.id, step.id) not in reached:
            yield key, "no step leads here"


def _dead_ends(scene: Scene) -> Faults:
    ends = {(f.id, s.id) for f in scene.flows.values() for s in f.steps.values() if s.end}
    for key, step in scene.steps():
        place = (scene.flow.id, step.id)
        if not ({place} | reach(scene.ways, place)) & (ends | {SOMEWHERE}):
            yield key, "a dead end: no way from here to a step with 'end'"


def _silent_circles(scene: Scene) -> Faults:
    """A circle in which nobody is asked would turn for ever."""
    silent = {
        (flow.id, step.id)
        for flow in scene.flows.values()
        for step in flow.steps.values()
        if not any(KINDS[kind].asks for kind in kinds(step))
    }
    ways = {place: scene.ways[place] & silent for place in silent}
    told: set[Place] = set()
    for key, step in scene.steps():
        place = (scene.flow.id, step.id)
        circle = {p for p in reach(ways, place) if place in reach(ways, p)}
        if circle and not told & set(circle):
            told |= set(circle)
            yield key, f"a circle without a question: {', '.join(s for _, s in sorted(circle))}"


CHECKS: tuple[Callable[[Scene], Faults], ...] = (
    _names,
    _kinds,
    _keys,
    _targets,
    _terms,
    _options,
    _missing_texts,
    _long_texts,
    _unreachable,
    _dead_ends,
    _silent_circles,
)
