"""Find what would leave a person stuck in a flow, before anybody meets it.

Every check reads one flow and yields the key and the fault; `CHECKS` lists them all. The checks of
a step come first; those that walk the whole flow take a misspelt target for the one it resembles,
so that one slip is reported once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.core.content.findings import finding
from bot.core.content.flow_graph import (
    SOMEWHERE,
    STEP_KINDS,
    StepKey,
    Ways,
    exits,
    kinds,
    reach,
    value,
    ways_of,
)
from bot.core.content.knowledge import Field, Flow, Step
from bot.core.content.mistake import Mistake, nearest, unknown
from bot.core.content.wording import TEXT
from bot.core.values.fields import KINDS
from bot.core.values.predicates import READS

OPTIONS_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """A flow under the eye, with all that it may name; `ways` leads from each step to the next."""

    flow: Flow
    flows: Mapping[str, Flow]
    fields: Mapping[str, Field]
    predicates: Collection[str]
    ways: Ways

    @property
    def slots(self) -> set[str]:
        """What may be known of a case: its fields, and the answers to the steps that ask."""
        steps = (step for flow in self.flows.values() for step in flow.steps.values())
        return {*self.fields, *(step.id for step in steps if step.options)}

    def steps(self) -> Iterator[tuple[str, Step]]:
        return ((f"steps.{name}", step) for name, step in self.flow.steps.items())


Faults = Iterator[tuple[str, str]]
"""Key and fault."""


def answers(slot: str, flows: Mapping[str, Flow], fields: Mapping[str, Field]) -> set[str]:
    """The ids of the answers that a slot may hold; none where it is free or unknown."""
    steps = (flow.steps[slot] for flow in flows.values() if slot in flow.steps)
    options = {option.id for step in steps for option in step.options}
    return options | set(fields[slot].labels if slot in fields else ())


def lint(
    flows: Mapping[str, Flow],
    fields: Mapping[str, Field],
    predicates: Collection[str],
    compiled: Collection[str] = (),
) -> list[Mistake]:
    """Every mistake in these flows (by id), given the fields and the names of the predicates; those
    that are `compiled` nobody wrote.
    """
    ways = ways_of(flows)
    return [
        Mistake(f"faq/flows/{name}.toml", key, fault)
        for name, flow in flows.items()
        if name not in compiled
        for check in CHECKS
        for key, fault in check(Scene(flow, flows, fields, predicates, ways))
    ]


def _kinds(scene: Scene) -> Faults:
    for key, step in scene.steps():
        found = kinds(step)
        if not found:
            yield key, finding("no_kind", known="、".join(STEP_KINDS))
        elif len(found) > 1:
            yield key, finding("kinds", found=" 和 ".join(found))


def _keys(scene: Scene) -> Faults:
    every = {key for kind in STEP_KINDS.values() for key in (*kind.needs, *kind.may)}
    for key, step in scene.steps():
        for name in kinds(step)[:1]:
            kind = STEP_KINDS[name]
            for needed in kind.needs:
                if not value(step, needed):
                    yield f"{key}.{needed}", finding("needed", kind=name)
            for extra in sorted(every - {*kind.needs, *kind.may}):
                if value(step, extra):
                    yield f"{key}.{extra}", finding("meaningless", kind=name)


def _targets(scene: Scene) -> Faults:
    if scene.flow.start not in scene.flow.steps:
        yield "start", unknown("step", scene.flow.start, scene.flow.steps)
    for key, step in scene.steps():
        for way in exits(step):
            into = way.key == "flow"
            what, known = ("flow", scene.flows) if into else ("step", scene.flow.steps)
            if way.to not in known:
                yield f"{key}.{way.key}", unknown(what, way.to, known)


def _needless(scene: Scene) -> Faults:
    """A step that is passed over leads somewhere, and what makes it needless may be known."""
    for key, step in scene.steps():
        if step.unless and step.field and not step.unread:
            yield f"{key}.unread", finding("needed", kind="unless")
        for slot, values in step.unless.items():
            if slot not in scene.slots:
                yield f"{key}.unless.{slot}", unknown("slot", slot, scene.slots)
                continue
            known = answers(slot, scene.flows, scene.fields)
            for said in values:
                if said not in known:
                    yield f"{key}.unless.{slot}", unknown("answer", said, known)


def _terms(scene: Scene) -> Faults:
    """Fields, predicates and slots are named elsewhere; a slot is a field's or an asking step's."""
    for key, step in scene.steps():
        for term, name, what, known in (
            ("field", step.field, "field", scene.fields),
            ("test", step.test, "predicate", scene.predicates),
            ("of", step.of, "slot", scene.slots),
        ):
            if name and name not in known:
                yield f"{key}.{term}", unknown(what, name, known)


def _readable(scene: Scene) -> Faults:
    """A predicate understands some kinds of value only, and no id of a step's option."""
    for key, step in scene.steps():
        reads, field = READS.get(step.test or ""), scene.fields.get(step.of or "")
        kind = field.kind if field is not None else ""
        if reads and step.of in scene.slots and kind not in reads and kind in (*KINDS, ""):
            kinds_ = "、".join(sorted(reads))
            yield f"{key}.of", finding("not_kind", test=step.test, kinds=kinds_, of=step.of)


def _slots(scene: Scene) -> Faults:
    """The answer to a step that has a field's id is that field's value."""
    for key, step in scene.steps():
        field = scene.fields.get(step.id)
        for n, option in enumerate(step.options if field is not None else ()):
            if field is not None and option.id not in field.labels:
                text = finding("not_choice", field=field.id, name=option.id)
                yield f"{key}.options[{n}].id", text


def _options(scene: Scene) -> Faults:
    for key, step in scene.steps():
        if (count := len(step.options)) > OPTIONS_LIMIT:
            yield f"{key}.options", finding("too_many", count=count, most=OPTIONS_LIMIT)
        for names in ([o.id for o in step.options], [o.label for o in step.options]):
            for name, count in Counter(names).items():
                if count > 1:
                    yield f"{key}.options", finding("twice", name=name, count=count)
        cues = Counter(cue for option in step.options for cue in {*option.cues})
        for cue in (cue for cue, count in cues.items() if count > 1):
            yield f"{key}.options", finding("cue_twice", cue=cue)


def _texts(scene: Scene) -> Faults:
    for key, step in scene.steps():
        tells = {STEP_KINDS[kind].tells for kind in kinds(step)}
        tells |= {"say"} if step.end == "solved" else set()
        for name, text in (("ask", step.ask), ("say", step.say)):
            if name in tells and not text.strip():
                yield f"{key}.{name}", finding("nothing_said")
        if (length := len(step.say) + len(step.ask)) > TEXT.most:
            yield f"{key}.ask", finding("too_long", count=length, most=TEXT.most)


def _unreachable(scene: Scene) -> Faults:
    start = nearest(scene.flow.start, scene.flow.steps)
    if start is None:
        return
    reached = reach(scene.ways, (scene.flow.id, start)) | {(scene.flow.id, start)}
    for key, step in scene.steps():
        if (scene.flow.id, step.id) not in reached:
            yield key, finding("unreachable")


def _dead_ends(scene: Scene) -> Faults:
    ends = {(f.id, s.id) for f in scene.flows.values() for s in f.steps.values() if s.end}
    for key, step in scene.steps():
        place = (scene.flow.id, step.id)
        if not ({place} | reach(scene.ways, place)) & (ends | {SOMEWHERE}):
            yield key, finding("dead_end")


def _silent_circles(scene: Scene) -> Faults:
    """A circle in which nobody is asked would turn for ever."""
    silent = {
        (flow.id, step.id)
        for flow in scene.flows.values()
        for step in flow.steps.values()
        if not any(STEP_KINDS[kind].asks for kind in kinds(step))
    }
    ways = {place: scene.ways[place] & silent for place in silent}
    told: set[StepKey] = set()
    for key, step in scene.steps():
        place = (scene.flow.id, step.id)
        circle = {p for p in reach(ways, place) if place in reach(ways, p)}
        if circle and not told & set(circle):
            told |= set(circle)
            yield key, finding("circle", steps="、".join(s for _, s in sorted(circle)))


CHECKS: tuple[Callable[[Scene], Faults], ...] = (
    _kinds,
    _keys,
    _targets,
    _terms,
    _needless,
    _readable,
    _slots,
    _options,
    _texts,
    _unreachable,
    _dead_ends,
    _silent_circles,
)
