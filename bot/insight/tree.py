"""The diagnosis as the tree of questions that it comes to, for people to look at.

Which question comes next depends on all that is known, so the whole tree is too large for any
sheet: a branch to which fewer than `LEAST` of all cases come ends with its likeliest cause and `…`.
"""

from __future__ import annotations

from bot.core.content.diagnosis import Fact
from bot.core.content.knowledge import Flow, Option, Step
from bot.core.content.likelihood import Diagnosis, answers
from bot.core.content.script import DIAGNOSE
from bot.core.content.texts import Diagnosing
from bot.core.diagnosis.belief import Known, belief
from bot.core.diagnosis.move import Ask, HandOver, Tell, move

LEAST = 0.015
"""Share of all cases below which a branch is not followed."""


def tree(diagnosis: Diagnosis, texts: Diagnosing) -> Flow:
    """The tree as a flow, from a case of which nothing is known."""
    steps: dict[str, Step] = {}
    start = _grow(diagnosis, texts, Known(), 1.0, steps)
    return Flow(id=DIAGNOSE, title=texts.title, start=start, steps=steps)


def _grow(
    diagnosis: Diagnosis, texts: Diagnosing, known: Known, share: float, steps: dict[str, Step]
) -> str:
    match move(diagnosis, known, len(known.values)):
        case Ask(fact):
            return _asked(diagnosis, texts, known, share, steps, diagnosis.facts[fact])
        case Tell(cause):
            return _add(steps, _told(diagnosis, cause))
        case HandOver():
            return _add(steps, Step(id="ticket", label=texts.ticket, end="submit"))


def _asked(
    diagnosis: Diagnosis,
    texts: Diagnosing,
    known: Known,
    share: float,
    steps: dict[str, Step],
    fact: Fact,
) -> str:
    id_, beliefs = f"q{len(steps)}", belief(diagnosis, known)
    steps[id_] = Step(id=id_, label=fact.label)  # holds its place before its branches
    options = []
    for value in answers(fact):
        told = sum(p * diagnosis.likely[cause][fact.id][value] for cause, p in beliefs.items())
        after = Known(values={**known.values, fact.id: value})
        if share * told >= LEAST:
            onward, more = _grow(diagnosis, texts, after, share * told, steps), ""
        else:
            cause = next(iter(belief(diagnosis, after)))
            onward, more = _add(steps, _told(diagnosis, cause)), "…"
        named = fact.value(value)
        label = named.label if named else value
        if steps[onward].end:
            label = f"{label}：{steps[onward].label}{more}"
        options.append(Option(id=value, label=label, next=onward))
    steps[id_] = Step(id=id_, label=fact.label, ask=fact.ask, options=tuple(options))
    return id_


def _told(diagnosis: Diagnosis, cause: str) -> Step:
    title = diagnosis.causes[cause].title
    return Step(id=cause, label=title, end="solved", say=title)


def _add(steps: dict[str, Step], step: Step) -> str:
    steps[step.id] = step
    return step.id
