"""The diagnosis in a talk: what is known by now, the step that comes next, what a remedy says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.content.diagnosis import CAUSE, FAILED, Cause
from bot.core.content.likelihood import Shares
from bot.core.content.script import DIAGNOSE, REMEDY, TICKET
from bot.core.diagnosis import known, move
from bot.core.diagnosis.belief import Known, belief
from bot.core.evidence import case
from bot.core.model.ticket import Slot
from bot.core.talk import letters
from bot.core.text.render import Html, fill, joined, marked
from bot.core.turn import Turn
from bot.core.understanding import TOLD_FROM, Understood
from bot.matching import asks

HINTS = 0.3
"""Probability of a cause from which a text is taken for a hint."""
ASKED = 0.3
"""What the words of an answer count beside those of somebody who was not asked."""


def of(turn: Turn) -> Known:
    """What is known of the person's case."""
    return case.of_draft(turn.knowledge, turn.draft, turn.at)


def hear(turn: Turn, said: Understood, *, asked: bool = False) -> None:
    """Keep what somebody's own words may tell beside what they tell for certain. What answers a
    question that was `asked` says little of its own.
    """
    hints, weight = dict(turn.draft.hints), ASKED if asked else 1.0
    for fact, heard in said.facts.items():
        shares = {value: weight * share for value, share in heard.items()}
        hints[fact] = _both(hints.get(fact, {}), shares)
    turn.draft = replace(turn.draft, hints=hints)


def hints(said: Understood) -> bool:
    """Whether a text that answers nothing says a good deal about the cause."""
    return not asks(said.text) and max(said.facts.get(CAUSE, {}).values(), default=0.0) >= HINTS


def _both(before: Shares, now: Shares) -> Shares:
    """What two messages tell of one fact: where each doubts, the other may still tell it. The later
    word counts where it says something else.
    """
    first = next(iter(now), "")
    if now[first] >= TOLD_FROM and before.get(first, 0.0) < max(before.values(), default=0.0):
        return now
    either = {
        value: 1 - (1 - before.get(value, 0.0)) * (1 - now.get(value, 0.0))
        for value in {**before, **now}
    }
    whole = max(sum(either.values()), 1.0)
    ranked = sorted(either.items(), key=lambda each: -each[1])
    return {value: round(share / whole, 2) for value, share in ranked}


def chosen(turn: Turn) -> str:
    """The step that comes next."""
    progress, diagnosis = turn.progress, turn.knowledge.diagnosis
    here = () if progress is None or progress.settling else (f"{progress.flow}/{progress.step}",)
    trail = (*progress.trail, *here) if progress else ()
    match move.move(diagnosis, of(turn), known.questions(trail, diagnosis)):
        case move.Ask(fact):
            return fact
        case move.Tell(cause):
            return REMEDY + cause
        case move.HandOver():
            return TICKET


def undisputed(turn: Turn, told: Mapping[str, Slot], *, corrects: bool) -> Mapping[str, Slot]:
    """The slots of the draft without what `told` disputes: an age where the day itself is told,
    and the day where somebody `corrects` the age.
    """
    fields, facts = turn.knowledge.fields.values(), turn.knowledge.diagnosis.facts.values()
    days = {field.id for field in fields if field.reads[:1] == ("date",)}
    ages = {fact.id for fact in facts if any(value.days for value in fact.values)}
    gone: set[str] = set()
    if days & told.keys():
        gone = ages
    elif corrects and ages & told.keys():
        gone = days
    return {key: slot for key, slot in turn.draft.slots.items() if key not in gone}


def likeliest(turn: Turn) -> str:
    """The step that tells the likeliest cause, or the ticket where none is left."""
    cause = next(iter(belief(turn.knowledge.diagnosis, of(turn))), None)
    return TICKET if cause is None else REMEDY + cause


def rule_out(turn: Turn, causes: Sequence[str]) -> None:
    """These were told already, and did not help."""
    failed = {REMEDY + cause: Slot(FAILED) for cause in causes}
    turn.draft = replace(turn.draft, slots={**turn.draft.slots, **failed})


def remedy(turn: Turn, cause: Cause) -> Html:
    """What a cause is, what to do, and whether it helped; told a second time, only which it is."""
    texts, progress = turn.knowledge.texts.diagnosis, turn.progress
    here = f"{DIAGNOSE}/{REMEDY}{cause.id}"
    if progress is not None and here in (*progress.trail, f"{progress.flow}/{progress.step}"):
        again = fill(texts.still, title=cause.title)
        return joined(again, marked(cause.check or texts.check))
    first = not of(turn).out
    title = fill(texts.looks_like if first else texts.may_be, title=cause.title)
    letter = letters.of_cause(turn, cause, turn.draft.slots)
    return joined(title, marked(cause.remedy), letter, marked(cause.check or texts.check))
