"""Walking somebody through a flow: arrive at a step, ask it, take the answer, go on.

A flow is data (`faq/flows/`). A step whose answer is known already is passed without a question;
`Progress` and the draft are all the state, so a flow may rest for days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.content.diagnosis import UNSURE
from bot.core.content.knowledge import Field, Option, Step
from bot.core.content.script import DIAGNOSE, THINK
from bot.core.evidence import intake, slots
from bot.core.model.conversation import Progress
from bot.core.model.record import How, Walked
from bot.core.model.ticket import Side, Slot
from bot.core.talk import conflicts, diagnosing, leaving, pose, questions, steps
from bot.core.talk.ends import ENDS
from bot.core.talk.leaving import key
from bot.core.text.render import Html, fill, joined, marked
from bot.core.turn import Turn
from bot.core.values import fields
from bot.core.values.predicates import PREDICATES


def begin(turn: Turn, flow: str, lead: str = "") -> None:
    """Start a flow from its first step; what is known already is kept, and so is a reminder."""
    leaving.stop(turn, "replaced")
    arrive(turn, flow, turn.knowledge.flows[flow].start, lead)


def arrive(turn: Turn, flow: str, at: str, lead: str = "") -> None:
    """Go on from this step to the next question or end, telling `lead` before it."""
    passed: set[str] = set()
    if turn.knowledge.flows[flow].steps[at].end != "solved" and conflicts.ask(turn, flow, at, lead):
        return
    while True:
        step = turn.knowledge.flows[flow].steps[at]
        if step.end or step.wait:
            ENDS[step.end or "wait"](turn, flow, step, lead)
            return
        if step.flow:
            lead = joined(lead, marked(step.say))
            flow, at = step.flow, turn.knowledge.flows[step.flow].start
            continue
        onward = None if f"{flow}/{at}" in passed else _passes(turn, step)
        if onward is None:
            ask(turn, flow, step, lead)
            return
        passed.add(f"{flow}/{at}")
        at = onward


def _passes(turn: Turn, step: Step) -> str | None:
    """Where a step leads that needs no question now."""
    if step.diagnosis:
        return diagnosing.chosen(turn)
    known = turn.draft.slots.get(step.of or step.field or step.id)
    if step.test:
        return step.yes if PREDICATES[step.test](known, turn.at) else step.no
    if known is None:
        needless = step.field in turn.draft.skipped or _is_needless(turn, step)
        return step.unread if needless else None
    if step.field:
        return step.read
    chosen = step.option(known.text)
    return chosen.next if chosen is not None else None


def _is_needless(turn: Turn, step: Step) -> bool:
    """Whether what is known makes no sense of the question."""
    slots = turn.draft.slots
    return any(key in slots and slots[key].text in said for key, said in step.unless.items())


def ask(turn: Turn, flow: str, step: Step, lead: str = "") -> None:
    """Ask this step, under buttons that only count while it is the latest question."""
    before = turn.progress
    trail = pose.trail(turn, f"{flow}/{step.id}")
    again = before is not None and (before.flow, before.step) == (flow, step.id)
    steps.asked(turn, flow, step.id, step.field, again=again)
    question = joined(lead, marked(step.say), questions.question(turn, step))
    turn.progress = Progress(flow=flow, step=step.id, asked_at=turn.now, trail=trail)
    pose.put(turn, before, question, lambda now: questions.answers(turn, step, now, bool(trail)))


def insist(turn: Turn, line: str) -> None:
    """Ask for an answer to the current question in one `line`, under the same buttons."""
    if (progress := turn.progress) is None:
        return None
    turn.tentative = True
    if (conflict := conflicts.asked(turn)) is not None:
        return conflicts.ask_again(turn, conflict, line, whole=False)
    step, way = current(turn, progress), bool(progress.trail)
    field = turn.knowledge.fields.get(progress.editing or "")
    return pose.put(
        turn,
        progress,
        line,
        lambda now: (
            questions.field_answers(turn, field, now)
            if field
            else questions.answers(turn, step, now, way)
        ),
    )


def repeat(turn: Turn, lead: str = "") -> None:
    """Ask the current step again."""
    progress = turn.progress
    if (conflict := conflicts.asked(turn)) is not None:
        conflicts.ask_again(turn, conflict, lead, whole=True)
    elif progress is not None and progress.editing:
        edit(turn, turn.knowledge.fields[progress.editing], lead)
    elif progress is not None:
        ask(turn, progress.flow, current(turn, progress), lead)


def resume(turn: Turn, told: Mapping[str, Slot], lead: str = "", how: How = "words") -> None:
    """Go on from the current question after the person told something else as well."""
    if progress := turn.progress:
        step = current(turn, progress)
        field = turn.knowledge.fields.get(progress.editing or step.field or "")
        if (answer := told.get(field.id if field else step.id)) is not None:
            chosen = answer.text in field.labels if field else step.options
            steps.told(turn, "told", answer.text if chosen else "", how)
        also = "" if step.summary else noted(turn, told)
        arrive(turn, progress.flow, _onward(progress), joined(lead, also))


def noted(turn: Turn, told: Mapping[str, Slot]) -> Html:
    """Tells the person what was understood."""
    return fill(turn.talk.noted, what=slots.noted(turn.knowledge, told))


def why(turn: Turn) -> str:
    """What the question that waits is for, by its author or else as of any."""
    own = current(turn, turn.progress).why if turn.progress is not None else ""
    return own or turn.talk.why_ask


def current(turn: Turn, progress: Progress) -> Step:
    return turn.knowledge.flows[progress.flow].steps[progress.step]


def choose(turn: Turn, option: Option, lead: str = "") -> None:
    """The person chose this option of the current step; `lead` is told first."""
    progress = _answered(turn, option.label, "told", option.id)
    step = current(turn, progress)
    if option.id == UNSURE:
        turn.draft = replace(turn.draft, skipped=(*turn.draft.skipped, step.id))
    elif not turn.knowledge.flows[progress.flow].steps[option.next].wait:
        fill_slots(turn, {step.id: Slot(option.id)})
    arrive(turn, progress.flow, option.next, joined(lead, marked(option.say)))


def settle(turn: Turn, chosen: Side | Slot) -> None:
    """The person said whether they or their file are right: the diagnosis judges anew."""
    if (conflict := conflicts.asked(turn)) is None:
        return
    label = dict(zip(conflicts.SIDES, conflicts.labels(turn, conflict), strict=True))
    shown = "" if isinstance(chosen, Slot) else label[chosen]
    progress = _answered(turn, shown, "told")
    conflicts.settle(turn, conflict, chosen)
    arrive(turn, progress.flow, _onward(progress))


def unsettled(turn: Turn, lead: str = "") -> None:
    """They went on without saying which: what they said stands."""
    conflict, progress = conflicts.asked(turn), turn.progress
    if conflict is not None and progress is not None:
        conflicts.rest(turn, conflict)
        arrive(turn, progress.flow, _onward(progress), lead)


def _onward(progress: Progress) -> str:
    """Where a flow goes on after what is known has changed."""
    return THINK if progress.flow == DIAGNOSE else progress.step


def fill_slots(turn: Turn, given: Mapping[str, Slot], *, corrects: bool = False) -> None:
    """Take over what a message told, or `corrects`, with which one that was."""
    told = {key: replace(slot, by=turn.message, at=turn.at) for key, slot in given.items()}
    before = diagnosing.undisputed(turn, told, corrects=corrects)
    turn.draft = intake.of_one_invoice(
        turn.knowledge, replace(turn.draft, slots={**before, **told})
    )


def take(turn: Turn, field: Field, value: fields.Value) -> None:
    """The person gave the value of the field that is asked."""
    shown, choice = slots.shown(turn.knowledge, field, value.text), value.text in field.labels
    how: How | None = "file" if field.kind == "file" else None
    progress = _answered(turn, shown, "told", value.text if choice else "", how)
    step = current(turn, progress)
    fill_slots(turn, {field.id: Slot(value.text, value.warning)})
    warning = questions.warning(turn, value.warning)
    if progress.editing:
        return arrive(turn, progress.flow, progress.step, warning)
    return arrive(turn, progress.flow, step.read or step.id, warning)


def skip(turn: Turn) -> None:
    """The person has no answer to the field that is asked."""
    if (progress := turn.progress) is None:
        return
    step = current(turn, progress)
    if progress.editing:
        _answered(turn, turn.talk.skipped, "skipped")
        arrive(turn, progress.flow, progress.step)
    elif step.unread and step.field:
        turn.draft = replace(turn.draft, skipped=(*turn.draft.skipped, step.field))
        _answered(turn, turn.talk.skipped, "skipped")
        arrive(turn, progress.flow, step.unread)
    else:
        repeat(turn, fill(turn.talk.cannot_skip))


def confirm(turn: Turn, *, right: bool) -> None:
    """A summary was found right, or something in it is to be corrected."""
    if (progress := turn.progress) is None:
        return None
    step = current(turn, progress)
    if not right:
        steps.told(turn, "told", "no")
        return _choose_field(turn, progress)
    _answered(turn, turn.talk.right, "told", "yes")
    return arrive(turn, progress.flow, step.next or step.id)


def _choose_field(turn: Turn, progress: Progress) -> None:
    """Ask which field of the summary is to be corrected."""
    text = fill(turn.talk.edit_which)
    pose.put(turn, progress, text, lambda now: questions.fields_to_edit(turn, now))


def edit(turn: Turn, field: Field, lead: str = "") -> None:
    """Ask one field again from the summary."""
    if progress := turn.progress:
        text = joined(lead, questions.asks(turn, field))
        again = progress.editing == field.id
        steps.asked(turn, progress.flow, progress.step, field.id, again=again)
        turn.progress = replace(progress, editing=field.id, settling=None)
        pose.put(turn, progress, text, lambda now: questions.field_answers(turn, field, now))


def back(turn: Turn) -> None:
    """Return to the question before, forgetting its answer."""
    progress = turn.progress
    if progress is not None and progress.settling:
        return unsettled(turn)
    if progress is not None and progress.editing:
        turn.progress = replace(progress, editing=None)
        return repeat(turn)
    if progress is None or not progress.trail:
        return repeat(turn, fill(turn.talk.no_way_back))
    *trail, last = progress.trail
    flow, step = last.split("/")
    asked = turn.knowledge.flows[flow].steps[step]
    known = {k: v for k, v in turn.draft.slots.items() if k not in (step, asked.field)}
    skipped = tuple(each for each in turn.draft.skipped if each not in (step, asked.field))
    turn.strip(key(turn))
    rest = replace(progress, step="", trail=tuple(trail), question="")
    turn.draft = replace(turn.draft, slots=known, skipped=skipped)
    turn.progress = rest
    return ask(turn, flow, asked)


def _answered(
    turn: Turn, answer: str, what: Walked, value: str = "", how: How | None = None
) -> Progress:
    """Show the answer under its question, whose buttons have done their work."""
    progress = turn.progress
    assert progress is not None
    steps.told(turn, what, value, how)
    if progress.question:
        chosen = fill(turn.talk.chosen, answer=answer)
        turn.strip(key(turn), joined(progress.question, chosen) if turn.pressed else "")
    turn.progress = replace(progress, question="", editing=None)
    return progress
