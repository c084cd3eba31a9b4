"""What a typed message says to a flow: the slots it fills, the option or value it answers with."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.content.knowledge import Field, Flow, Option, Step
from bot.core.model.case import Slot
from bot.core.talk import flow
from bot.core.turn import Turn
from bot.core.values import fields
from bot.core.values.fields import Refused, Value
from bot.matching import Answer
from bot.matching.text import normalise, plain

SHORT = 3
"""Chinese characters up to which words beside a value or a name say nothing of their own."""
_PLACES = "123456789一二三四五六七八九"
_NTH = re.compile(rf"(?:第|选择?)([{_PLACES}])[个项种条]?")
_ASKING = re.compile(r"^(?:为什么|为啥|怎么|怎样|什么|哪)")
_ASKED = re.compile(r"(?:[吗嘛呢]|[什怎要]么)$")  # 饿了么 is a company
_BEGUN = frozenset({"date_no_day", "moment_no_clock", "moment_half"})
"""Refusals of an answer that only lacks something, and so is meant for what was asked."""


def recognise(turn: Turn, text: str) -> dict[str, Slot]:
    """Every field value and every step's answer that a free text tells."""
    knowledge = turn.knowledge
    values = turn.values(text)
    slots = {key: Slot(value.text, value.warning, True) for key, value in values.items()}
    said = normalise(text)
    for each in knowledge.flows.values():
        for step in each.steps.values():
            option = _cued(step, said)
            if option is not None and not each.steps[option.next].wait:  # to wait is no fact
                slots[step.id] = Slot(option.label, recognised=True)
    return slots


def told(turn: Turn, text: str) -> dict[str, Slot]:
    """What a free text tells, also where it is a value and nothing else: 昨天."""
    if found := recognise(turn, text):
        return found
    values = fields.alone(text, tuple(turn.knowledge.fields.values()), turn.context)
    return {key: Slot(value.text, value.warning, True) for key, value in values.items()}


def hands_over(turn: Turn, text: str) -> bool:
    """Whether a text is values and their labels, and asks nothing: 号码 25112000000012345678."""
    known = turn.knowledge.fields
    values = turn.values(text)
    left = normalise(text)
    for cue in sorted((cue for key in values for cue in known[key].cues), key=len, reverse=True):
        left = left.replace(normalise(cue), "")
    return bool(values) and len(_letters(left)) <= SHORT


def asks(text: str) -> bool:
    """Whether a text has the form of a question."""
    return _ASKING.search(normalise(text)) is not None or _ASKED.search(plain(text)) is not None


def _letters(text: str) -> list[str]:
    return [letter for letter in text if "\u4e00" <= letter <= "\u9fff"]


def place(text: str) -> int | None:
    """Which of several a text picks by its place, from 0: 2, 第二个."""
    said = normalise(text)
    nth = _NTH.fullmatch(said)
    figure = nth[1] if nth else said
    return _PLACES.index(figure) % 9 if len(figure) == 1 and figure in _PLACES else None


def _cued(step: Step, said: str) -> Option | None:
    """The option whose cue is said; of several the longest cue, of equals none."""
    hits = [
        (len(cue), option) for option in step.options for cue in _normal(option.cues) if cue in said
    ]
    if not hits:
        return None
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
    if step.recap and normalise(text) == normalise(turn.talk.button_all_wrong):
        flow.drop(turn)
        return True
    if wishes & {"yes", "no"}:
        flow.confirm(turn, right="yes" in wishes)
        return True
    return _correct(turn, text) or (step.summary and _edit_named(turn, text))


def _edit_named(turn: Turn, text: str) -> bool:
    """Ask again the one field that is named, with little more said: 金额不对."""
    said = normalise(text)
    named = [f for f in turn.knowledge.fields.values() if normalise(f.label) in said]
    if len(named) != 1 or len(said) - len(named[0].label) > SHORT:
        return False
    flow.edit(turn, named[0])
    return True


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
    if turn.knowledge.words.means(text) and fields.KINDS[field.kind].loose:
        return False
    value = fields.parse(field, text, turn.context)
    if isinstance(value, Refused):
        return _correct(turn, text, bare=value.reason not in _BEGUN) or value
    flow.take(turn, field, value)
    return True


def _asks_instead(turn: Turn, field: Field, text: str) -> bool:
    """Where nearly any text can be a value: whether this one is a question. A code has no words."""
    words = len(_letters(text))
    if not words or not fields.KINDS[field.kind].loose:
        return False
    known = words > SHORT and isinstance(turn.consider(text)[0], Answer)
    return known or asks(text)


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
    if (number := place(text)) is not None and number < len(step.options):
        return step.options[number]
    same = next((option for option in step.options if said == normalise(option.label)), None)
    if same is not None:
        return same
    part = (o for o in step.options if len(said) > 1 and said in normalise(o.label))
    return _cued(step, said) or next(part, None) or _by_wish(turn, step, text)


def _by_wish(turn: Turn, step: Step, text: str) -> Option | None:
    """A plain "it works" or "still not" where the step has just these two ends, or "I can't say"
    where an option says so too.
    """
    steps = _flow_of(turn).steps
    solves = [o for o in step.options if steps[o.next].end == "solved"]
    others = [o for o in step.options if o not in solves]
    wishes = turn.knowledge.words.means(text)
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
    assert turn.case.progress is not None
    return turn.knowledge.flows[turn.case.progress.flow]


def _new(turn: Turn, found: dict[str, Slot]) -> dict[str, Slot]:
    return {key: slot for key, slot in found.items() if key not in turn.case.slots}


def _correct(turn: Turn, text: str, *, bare: bool = True) -> bool:
    """Take what the text tells of other questions, say so, and ask this one again."""
    found = told(turn, text) if bare else recognise(turn, text)
    known = {key: slot.text for key, slot in turn.case.slots.items()}
    new = {key: slot for key, slot in found.items() if slot.text != known.get(key)}
    if not new:
        return False
    flow.fill_slots(turn, new)
    flow.resume(turn, new)
    return True
