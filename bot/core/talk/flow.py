"""Walking somebody through a flow: arrive at a step, ask it, take the answer, go on.

A flow is data (`faq/flows/`). A step whose answer is known already is passed without a question;
`Progress` and the draft are all the state, so a flow may rest for days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core import timers
from bot.core.content.knowledge import Field, Option, Step
from bot.core.evidence import intake, slots
from bot.core.model.conversation import Draft, Progress
from bot.core.model.effects import Buttons
from bot.core.model.record import How, Walked
from bot.core.model.ticket import Slot
from bot.core.talk import leaving, questions, steps
from bot.core.talk.leaving import key
from bot.core.text.clock import days_later
from bot.core.text.render import Html, fill, joined, marked
from bot.core.tickets import lifecycle
from bot.core.turn import Turn
from bot.core.values import fields
from bot.core.values.predicates import PREDICATES

DIAGNOSE = "diagnose"


def begin(turn: Turn, flow: str, lead: str = "") -> None:
    """Start a flow from its first step; what is known already is kept, and so is a reminder."""
    leaving.stop(turn, "replaced")
    arrive(turn, flow, turn.knowledge.flows[flow].start, lead)


def arrive(turn: Turn, flow: str, at: str, lead: str = "") -> None:
    """Go on from this step to the next question or end, telling `lead` before it."""
    passed: set[str] = set()
    while True:
        step = turn.knowledge.flows[flow].steps[at]
        if step.end or step.wait:
            _END[step.end or "wait"](turn, flow, step, lead)
            return
        if step.flow:
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
    known = turn.draft.slots.get(step.of or step.field or step.id)
    if step.test:
        return step.yes if PREDICATES[step.test](known, turn.at) else step.no
    if step.recap:
        told = [slot for slot in turn.draft.slots.values() if slot.recognised]
        return None if len(told) > 1 else step.next
    if known is None:
        return step.unread if step.field in turn.draft.skipped else None
    if step.field:
        return step.read
    chosen = step.option(known.text)
    return chosen.next if chosen is not None else None


def ask(turn: Turn, flow: str, step: Step, lead: str = "") -> None:
    """Ask this step, under buttons that only count while it is the latest question."""
    before = turn.progress
    trail = _trail(turn, before, f"{flow}/{step.id}") if before else ()
    again = before is not None and (before.flow, before.step) == (flow, step.id)
    steps.asked(turn, flow, step.id, step.field, again=again)
    question = joined(lead, marked(step.say), questions.question(turn, step))
    turn.progress = Progress(
        flow=flow, step=step.id, asked_at=turn.now, trail=trail, question=question
    )
    _put(turn, before, question, lambda now: questions.answers(turn, step, now, bool(trail)))


def _trail(turn: Turn, before: Progress, here: str) -> tuple[str, ...]:
    """The way here. A recap is not on it: once it was answered there is nothing left to recall."""
    was = f"{before.flow}/{before.step}"
    if not before.step or was == here or current(turn, before).recap:
        return before.trail
    return (*before.trail, was)[-40:]


def _put(
    turn: Turn, before: Progress | None, question: str, buttons: Callable[[int], Buttons]
) -> None:
    """Put a new question, under which alone buttons count from now on."""
    if before and before.question:
        turn.strip(key(turn))
    # Above every number before, also of a conversation that was erased since.
    number = max(turn.conversation.turn + 1, turn.seq)
    turn.conversation = replace(turn.conversation, turn=number)
    turn.say(question, buttons(turn.conversation.turn), key(turn))


def repeat(turn: Turn, lead: str = "") -> None:
    """Ask the current step again."""
    progress = turn.progress
    if progress is not None and progress.editing:
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
        also = "" if step.recap or step.summary else noted(turn, told)
        arrive(turn, progress.flow, progress.step, joined(lead, also))


def noted(turn: Turn, told: Mapping[str, Slot]) -> Html:
    """Tells the person what was understood."""
    return fill(turn.talk.noted, what=slots.listed(turn.knowledge, told))


def current(turn: Turn, progress: Progress) -> Step:
    return turn.knowledge.flows[progress.flow].steps[progress.step]


def choose(turn: Turn, option: Option) -> None:
    """The person chose this option of the current step."""
    progress = _answered(turn, option.label, "told", option.id)
    step = current(turn, progress)
    if not turn.knowledge.flows[progress.flow].steps[option.next].wait:
        fill_slots(turn, {step.id: Slot(option.id)})
    arrive(turn, progress.flow, option.next, marked(option.say) if option.say else "")


def fill_slots(turn: Turn, given: Mapping[str, Slot]) -> None:
    """Take over what a message told, with which one that was."""
    told = {key: replace(slot, by=turn.message) for key, slot in given.items()}
    turn.draft = intake.of_one_invoice(
        turn.knowledge, replace(turn.draft, slots={**turn.draft.slots, **told})
    )


def take(turn: Turn, field: Field, value: fields.Value) -> None:
    """The person gave the value of the field that is asked."""
    shown, choice = slots.shown(turn.knowledge, field, value.text), value.text in field.labels
    how: How | None = "file" if field.kind == "file" else None
    progress = _answered(turn, shown, "told", value.text if choice else "", how)
    step = current(turn, progress)
    # What was corrected in a recap is shown in it again.
    recalled = step.recap and bool(progress.editing)
    fill_slots(turn, {field.id: Slot(value.text, value.warning, recalled)})
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
    """A recap or summary was found right, or something in it is to be corrected."""
    if (progress := turn.progress) is None:
        return None
    step = current(turn, progress)
    if not right:
        steps.told(turn, "told", "no")
        return _choose_field(turn, progress, step)
    _answered(turn, turn.talk.right, "told", "yes")
    kept = {key: replace(slot, recognised=False) for key, slot in turn.draft.slots.items()}
    turn.draft = replace(turn.draft, slots=kept)
    return arrive(turn, progress.flow, step.next or step.id)


def drop(turn: Turn) -> None:
    """Nothing of a recap is right."""
    if (progress := turn.progress) is None:
        return
    step = current(turn, progress)
    _answered(turn, turn.talk.button_all_wrong, "told", "none")
    left = {key: slot for key, slot in turn.draft.slots.items() if not slot.recognised}
    turn.draft = replace(turn.draft, slots=left)
    arrive(turn, progress.flow, step.next or step.id)


def _choose_field(turn: Turn, progress: Progress, step: Step) -> None:
    """Ask which field of the recap or summary is to be corrected."""
    text = fill(turn.talk.edit_which)
    turn.progress = replace(progress, question=text)
    _put(turn, progress, text, lambda now: questions.fields_to_edit(turn, step, now))


def edit(turn: Turn, field: Field, lead: str = "") -> None:
    """Ask one field again from the summary."""
    if progress := turn.progress:
        text = joined(lead, questions.asks(turn, field))
        again = progress.editing == field.id
        steps.asked(turn, progress.flow, progress.step, field.id, again=again)
        turn.progress = replace(progress, editing=field.id, question=text)
        _put(turn, progress, text, lambda now: questions.field_answers(turn, field, now))


def back(turn: Turn) -> None:
    """Return to the question before, forgetting its answer."""
    progress = turn.progress
    if progress is not None and progress.editing:
        turn.progress = replace(progress, editing=None)
        return repeat(turn)
    if progress is None or not progress.trail:
        return repeat(turn, fill(turn.talk.no_way_back))
    *trail, last = progress.trail
    flow, step = last.split("/")
    asked = turn.knowledge.flows[flow].steps[step]
    known = {k: v for k, v in turn.draft.slots.items() if k not in (step, asked.field)}
    skipped = tuple(field for field in turn.draft.skipped if field != asked.field)
    turn.strip(key(turn))
    rest = replace(progress, step="", trail=tuple(trail), question="")
    turn.draft = replace(turn.draft, slots=known, skipped=skipped)
    turn.progress = rest
    return ask(turn, flow, asked)


def _wait(turn: Turn, flow: str, step: Step, lead: str) -> None:
    assert step.wait is not None
    assert step.next is not None
    leaving.leave(turn, "waiting", (flow, step.id))
    what = f"{flow}/{step.next}"
    turn.conversation = replace(turn.conversation, reminder=what)
    at = days_later(turn.now, step.wait.days, step.wait.hour)
    turn.order(timers.wake(timers.Step(what), at))
    turn.say(joined(lead, marked(step.say)))


def _solved(turn: Turn, flow: str, step: Step, lead: str) -> None:
    leaving.stop(turn, "solved", (flow, step.id))
    turn.draft = Draft()
    turn.say(joined(lead, marked(step.say)))


def _submit(turn: Turn, flow: str, step: Step, lead: str) -> None:
    leaving.leave(turn, "handed_over", (flow, step.id))
    lifecycle.open_ticket(turn, joined(lead, marked(step.say)))


_END: Mapping[str, Callable[[Turn, str, Step, str], None]] = {
    "wait": _wait,
    "solved": _solved,
    "submit": _submit,
}


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
