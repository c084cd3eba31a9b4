"""What a typed message answers to the question that a flow asks: an option, a value, yes or no."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.content.diagnosis import FAILED, REPLY, SOLVED, UNKNOWN, UNSURE
from bot.core.content.knowledge import Field, Flow, Option, Step
from bot.core.content.script import DIAGNOSE
from bot.core.model.ticket import Slot
from bot.core.talk import diagnosing, flow
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.core.understanding.intent import ELSEWHERE, SHORT
from bot.core.values import fields
from bot.core.values.fields import Refused, Value
from bot.matching import Answer, asks
from bot.matching.text import normalise

_BEGUN = frozenset({"date_no_day", "moment_no_clock", "moment_half"})
"""Refusals of an answer that only lacks something, and so is meant for what was asked."""


def give(turn: Turn, said: Understood) -> bool | Refused:
    """Answer the current question with what was `said`: True if it did, False if it is about
    something else.

    `Refused` is a value of the field asked that cannot be right.
    """
    progress = turn.progress
    if progress is None:
        return False
    step = flow.current(turn, progress)
    wishes = said.wishes
    if (option := _option(turn, step, said)) is not None:
        _give_option(turn, step, said, option)
        return True
    solved = "solved" in wishes or (said.is_solved and bool(diagnosing.of(turn).out))
    if solved and (end := _happy_end(turn)) is not None:
        flow.arrive(turn, progress.flow, end.id)
        return True
    if step.options:
        return _correct(turn, said)
    field = progress.editing or step.field
    if field is not None:
        return _give_field(turn, turn.knowledge.fields[field], said)
    if wishes & {"yes", "no"}:
        flow.confirm(turn, right="yes" in wishes)
        return True
    return _correct(turn, said) or (step.summary and _edit_named(turn, said))


def _edit_named(turn: Turn, said: Understood) -> bool:
    """Ask again the one field that is named, with little more said: 金额不对."""
    named = [f for f in turn.knowledge.fields.values() if normalise(f.label) in said.normal]
    if len(named) != 1 or len(said.normal) - len(named[0].label) > SHORT:
        return False
    flow.edit(turn, named[0])
    return True


def _give_field(turn: Turn, field: Field, said: Understood) -> bool | Refused:
    found = dict(said.slots)
    if field.id in found:
        slot = found.pop(field.id)
        certain = {key: each for key, each in found.items() if key in said.certain}
        flow.fill_slots(turn, _new(turn, certain))
        flow.take(turn, field, Value(slot.text, slot.warning))
        return True
    if "skip" in said.wishes:
        flow.skip(turn)
        return True
    if _asks_instead(field, said) or (said.wishes and fields.KINDS[field.kind].loose):
        return False
    value = fields.parse(field, said.text, said.context)
    if isinstance(value, Refused):
        bare = value.reason not in _BEGUN
        return _correct(turn, said, bare=bare) or _roughly(turn, field, said) or value
    flow.take(turn, field, value)
    return True


def _roughly(turn: Turn, field: Field, said: Understood) -> bool:
    """Take about how long ago it was for the day that was asked in vain before."""
    if field.reads[:1] != ("date",) or not said.ages or not turn.conversation.abstained:
        return False
    flow.fill_slots(turn, said.ages)
    flow.skip(turn)
    return True


def _asks_instead(field: Field, said: Understood) -> bool:
    """Where nearly any text can be a value: whether this one is a question. A code has no words."""
    if not said.words or not fields.KINDS[field.kind].loose:
        return False
    known = said.words > SHORT and isinstance(said.verdict, Answer)
    return known or said.asks


def _give_option(turn: Turn, step: Step, said: Understood, option: Option) -> None:
    found = {key: slot for key, slot in said.slots.items() if key != step.id}
    new = _new(turn, found)
    flow.fill_slots(turn, new)
    flow.choose(turn, option, flow.noted(turn, new) if new else "")


def _option(turn: Turn, step: Step, said: Understood) -> Option | None:
    """By its place, its label, its cue, a part of its label, or a wish that says as much.

    What asks, takes back or wants something else answers nothing.
    """
    if is_remedy(step) and said.outcome == SOLVED:
        return step.option(SOLVED)
    if not step.options or not said.wishes.isdisjoint(ELSEWHERE):
        return None
    if (number := said.place) is not None and number < len(step.options):
        return step.options[number]
    labels = [(normalise(option.label), option) for option in step.options]
    same = next((option for label, option in labels if said.normal == label), None)
    if same is not None:
        return same
    if is_remedy(step) and said.outcome is not None:
        return step.option(said.outcome)
    if said.phrased(step.id) is None and _says_no_more(said):
        return _by_wish(turn, step, said) or (_unsure(step) if "skip" in said.wishes else None)
    part = (option for label, option in labels if len(said.normal) > 1 and said.normal in label)
    return said.option(step) or _told(said, step) or next(part, None) or _by_wish(turn, step, said)


def is_remedy(step: Step) -> bool:
    """Whether a step asks whether what was advised has helped."""
    return step.option(SOLVED) is not None and step.option(FAILED) is not None


def waits_for_remedy(turn: Turn) -> bool:
    """Whether a step is asked that asks so."""
    progress = turn.progress
    asked = progress is not None and not progress.editing and not progress.settling
    return progress is not None and asked and is_remedy(flow.current(turn, progress))


def still_so(turn: Turn, told: Mapping[str, Slot]) -> Option | None:
    """That a remedy did not help, where of all that is `told` after it nothing is but what the
    person began with.
    """
    facts, progress = turn.knowledge.diagnosis.facts, turn.progress
    if progress is None or not waits_for_remedy(turn) or not all(facts[key].first for key in told):
        return None
    return flow.current(turn, progress).option(FAILED)


def answers(turn: Turn, said: Understood) -> bool:
    """Whether a text answers the question that is asked with one of its options."""
    if (progress := turn.progress) is None:
        return False
    return _option(turn, flow.current(turn, progress), said) is not None


def _says_no_more(said: Understood) -> bool:
    """Whether fixed words say that it works or cannot be said: heard before what is only like some
    value.
    """
    wishes = said.knowledge.words.means(said.text)
    return "solved" in wishes or (wishes == {"skip"} and said.age is None and not said.values)


def _unsure(step: Step) -> Option | None:
    return next((o for id_ in (UNSURE, UNKNOWN) if (o := step.option(id_))), None)


def gives_up(turn: Turn) -> Option | None:
    """The answer with which the diagnosis goes on from a question that led nowhere twice: that it
    is not known. Whether a remedy helped only its person can say.
    """
    if (progress := turn.progress) is None or progress.settling:
        return None
    return _unsure(flow.current(turn, progress))


def _told(said: Understood, step: Step) -> Option | None:
    """What was said in other words than a button's: a value of the fact that is asked, or what may
    be said to any question.
    """
    answers = (said.answer(fact) for fact in (step.id, REPLY))
    options = (step.option(value) for value in answers if value is not None)
    return next((option for option in options if option is not None), None)


def _by_wish(turn: Turn, step: Step, said: Understood) -> Option | None:
    """A plain "it works" or "still not" where the step has just these two ends, or "I can't say"
    where an option says so too.
    """
    steps = _flow_of(turn).steps
    solves = [o for o in step.options if steps[o.next].end == "solved"]
    others = [o for o in step.options if o not in solves and not steps[o.next].wait]
    wishes = said.wishes
    if solves and "solved" in wishes:
        return solves[0]
    if solves and len(others) == 1 and "unsolved" in wishes:
        return others[0]
    means = turn.knowledge.words.means
    unsure = (o for o in step.options if "skip" in wishes and "skip" in means(o.label))
    return next(unsure, None)


def _happy_end(turn: Turn) -> Step | None:
    """Where most answers lead that solve it; the ticket's form has no such end."""
    steps = _flow_of(turn).steps
    ways = [option.next for step in steps.values() for option in step.options]
    ends = [step for step in steps.values() if step.end == "solved"]
    return max(ends, key=lambda end: ways.count(end.id), default=None)


def _flow_of(turn: Turn) -> Flow:
    assert turn.progress is not None
    return turn.knowledge.flows[turn.progress.flow]


def _new(turn: Turn, found: Mapping[str, Slot]) -> dict[str, Slot]:
    return {key: slot for key, slot in found.items() if key not in turn.draft.slots}


def _correct(turn: Turn, said: Understood, *, bare: bool = True) -> bool:
    """Take what the text tells of other questions, say so, and ask this one again.

    In a form no fact counts that is only heard in its words.
    """
    found = said.told if bare else said.slots
    if turn.progress is not None and turn.progress.flow != DIAGNOSE:
        found = {key: slot for key, slot in found.items() if key in said.certain}
    if asks(said.text):
        found = {key: slot for key, slot in found.items() if key in said.values}
    known = {key: slot.text for key, slot in turn.draft.slots.items()}
    new = {key: slot for key, slot in found.items() if slot.text != known.get(key)}
    if not new:
        return False
    flow.fill_slots(turn, new, corrects="correct" in said.wishes)
    flow.resume(turn, new)
    return True
