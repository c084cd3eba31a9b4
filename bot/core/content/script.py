"""The diagnosis as a flow: facts and causes as steps, between which the diagnosis chooses.

Nobody writes these steps, so they cannot differ from the facts and causes; and what walks, draws or
checks a flow needs to know nothing of either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.core.content.diagnosis import FAILED, LATER, SOLVED, UNKNOWN, UNSURE, Cause, Fact, Value
from bot.core.content.knowledge import Flow, Option, Step, Wait
from bot.core.content.likelihood import Diagnosis
from bot.core.content.texts import Diagnosing

DIAGNOSE, FORM = "diagnose", "ticket"
"""The ids of this flow, and of the one in which a ticket is written."""
THINK, END, TICKET = "think", "end", "ticket"
"""Steps: where the diagnosis chooses, and the two ends."""
REMEDY, AGAIN = "is-", "again-"
"""Begin the steps that tell the remedy of a cause and that ask for it another day; how it went is
kept under their names."""


def script(diagnosis: Diagnosis, texts: Diagnosing) -> Flow:
    """The flow of this diagnosis."""
    replies = diagnosis.replies
    facts = [_fact(fact, replies) for fact in diagnosis.facts.values()]
    told = [step for cause in diagnosis.causes.values() for step in _cause(cause, replies, texts)]
    chosen = [*(step.id for step in facts), *(step.id for step in told if step.cause), TICKET]
    steps = (
        Step(id=THINK, label=texts.think, diagnosis=tuple(chosen)),
        *facts,
        *told,
        Step(id=END, label=texts.solved, end="solved", say=texts.solved_say),
        Step(id=TICKET, label=texts.ticket, flow=FORM, say=texts.hand_over),
    )
    return Flow(
        id=DIAGNOSE, title=texts.title, start=THINK, steps={step.id: step for step in steps}
    )


def _fact(fact: Fact, replies: Mapping[str, Value]) -> Step:
    values = [Option(id=value.id, label=value.label, next=THINK) for value in fact.values]
    if fact.value(UNKNOWN) is None:
        values.append(_option(replies[UNSURE], THINK))
    return Step(id=fact.id, label=fact.label, ask=fact.ask, why=fact.why, options=tuple(values))


def _cause(cause: Cause, replies: Mapping[str, Value], texts: Diagnosing) -> Iterator[Step]:
    solved, failed = _option(replies[SOLVED], END), _option(replies[FAILED], THINK)
    if not cause.later:
        yield _tells(cause, (solved, failed))
        return
    waits, again = f"wait-{cause.id}", AGAIN + cause.id
    yield _tells(cause, (solved, _option(replies[LATER], waits), failed))
    yield Step(id=waits, wait=Wait(days=1, hour=10), say=texts.waits, next=again)
    yield Step(id=again, label=cause.title, ask=texts.again, options=(solved, failed))


def _option(value: Value, onward: str) -> Option:
    return Option(id=value.id, label=value.label, next=onward)


def _tells(cause: Cause, options: tuple[Option, ...]) -> Step:
    return Step(
        id=REMEDY + cause.id, label=cause.title, ask=cause.remedy, cause=cause.id, options=options
    )
