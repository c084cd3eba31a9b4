"""What a typed message says to a flow: the slots it fills, the option or value it answers with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.core import fields, flow
from bot.core.case import Slot
from bot.core.fields import Refused, Value
from bot.core.knowledge import Field, Flow, Knowledge, Option, Step
from bot.core.turn import Turn
from bot.matching import Answer
from bot.matching.text import normalise


def recognise(turn: Turn, text: str) -> dict[str, Slot]:
    """Every field value and every step's answer that a free text tells."""
    knowledge = turn.knowledge
    values = fields.recognise(text, tuple(knowledge.fields.values()), turn.at)
    slots = {key: Slot(value.text, value.warning, True) for key, value in values.items()}
    said = normalise(text)
    for step in _choice_steps(knowledge):
        if (option := _cued(step, said)) is not None:
            slots[step.id] = Slot(option.label, recognised=True)
    return slots


def _choice_steps(knowledge: Knowledge) -> Iterator[Step]:
    for each in knowledge.flows.values():
        yield from (step for step in each.steps.values() if step.options)


def _cued(step: Step, said: str) -> Option | None:
    """The option whose cue is said; of several the longest cue, of equals none."""
    hits = [
        (len(cue), option) for option in step.options for cue in _normal(option.cues) if cue in said
    ]
    longest = max((length for length, _ in hits), default=0)
    options = {option.id: option for length, option in hits if length == longest}
    return next(iter(options.values())) if len(options) == 1 else None


@lru_cache(maxsize=1024)
def _normal(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Cues as they are compared; a flow's cues are the same for every message."""
    return tuple(filter(None, map(normalise, cues)))


def give(turn: Turn, text: str) -> bool | Refused:
    """Answer the current question with `text`: True if it did, False if it is about something else.

    `Refused` is a value of the field asked that cannot be right.
    """
    progress = turn.case.progress
    if progress is None:
        return False
    step = flow.current(turn, progress)
    wishes = turn.knowledge.words.means(text)
    if step.options:
        return _give_option(turn, step, text)
    if "solved" in wishes and (end := _happy_end(turn)) is not None:
        flow.arrive(turn, progress.flow, end.id)
        return True
    field = progress.editing or step.field
    if field is not None:
        return _give_field(turn, turn.knowledge.fields[field], text)
    if wishes & {"yes", "no"}:
        flow.confirm(turn, right="yes" in wishes)
        return True
    return _correct(turn, text)


def _give_field(turn: Turn, field: Field, text: str) -> bool | Refused:
    found = recognise(turn, text)
    if field.id in found:
        slot = found.pop(field.id)
        flow.fill_slots(turn, _new(turn, found))
        flow.take(turn, field, Value(slot.text, slot.warning))
        return True
    if "skip" in turn.knowledge.words.means(text):
        flow.skip(turn)
        return True
    if _asks_instead(turn, field, text):
        return False
    value = fields.parse(field, text, turn.at)
    if isinstance(value, Refused):
        return _correct(turn, text) or value
    flow.take(turn, field, value)
    return True


def _asks_instead(turn: Turn, field: Field, text: str) -> bool:
    """Where nearly any text can be a value: whether this one is a question. A code has no words."""
    words = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    loose = fields.KINDS[field.kind].loose
    return loose and words and isinstance(turn.knowledge.matcher.verdict(text), Answer)


def _give_option(turn: Turn, step: Step, text: str) -> bool:
    option = _option(turn, step, text)
    if option is None:
        return _correct(turn, text)
    found = recognise(turn, text)
    found.pop(step.id, None)
    flow.fill_slots(turn, _new(turn, found))
    flow.choose(turn, option)
    return True


def _option(turn: Turn, step: Step, text: str) -> Option | None:
    said = normalise(text)
    for number, option in enumerate(step.options, 1):
        label = normalise(option.label)
        if said in (str(number), label) or (len(said) > 1 and said in label):
            return option
    return _cued(step, said) or _by_wish(turn, step, text)


def _by_wish(turn: Turn, step: Step, text: str) -> Option | None:
    """A plain "it works" or "still not" where the step has just these two ends."""
    steps = _flow_of(turn).steps
    solves = [o for o in step.options if steps[o.next].end == "solved"]
    others = [o for o in step.options if o not in solves]
    wishes = turn.knowledge.words.means(text)
    if solves and "solved" in wishes:
        return solves[0]
    if solves and len(others) == 1 and "unsolved" in wishes:
        return others[0]
    return None


def _happy_end(turn: Turn) -> Step | None:
    """Where most answers lead that solve it; the ticket's form has no such end."""
    steps = _flow_of(turn).steps
    ways = [option.next for step in steps.values() for option in step.options]
    ends = [step for step in steps.values() if step.end == "solved"]
    return max(ends, key=lambda end: ways.count(end.id), default=None)


def _flow_of(turn: Turn) -> Flow:
    assert turn.case.progress is not None
    return turn.knowledge.flows[turn.case.progress.flow]


def _new(turn: Turn, found: dict[str, Slot]) -> dict[str, Slot]:
    return {key: slot for key, slot in found.items() if key not in turn.case.slots}


def _correct(turn: Turn, text: str) -> bool:
    """Take what the text tells of other questions, say so, and ask this one again."""
    found = recognise(turn, text)
    if all(turn.case.slots.get(key) == slot for key, slot in found.items()):
        return False
    flow.fill_slots(turn, found)
    flow.resume(turn, found)
    return True
