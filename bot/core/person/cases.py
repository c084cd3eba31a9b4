"""Whether a text that nobody asked for tells what is wrong with an invoice, and with which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.core.content.diagnosis import CAUSE
from bot.core.content.script import DIAGNOSE
from bot.core.model.ticket import Slot
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.matching import Abstain, Answer, Suggest, Verdict, asks

CASE: Mapping[type[Verdict], float] = {Answer: 0.6, Suggest: 0.4, Abstain: 0.5}
"""Probability from which a text is taken for the beginning of a diagnosis rather than a question,
by what the FAQ makes of it: measured on openings and questions (docs/measurements.md).
"""
HARDLY = 0.25
"""The same where what the FAQ would offer first leads to the diagnosis and nothing is asked."""
PLAINLY = 0.8
"""Probability that a symptom or cause is told, from which no entry is offered instead; and of a
case from which a question is taken for one, though it tells of neither.
"""
HEARD = 0.3
"""Probability up to which it tells of neither."""
SAME_TALK = timedelta(hours=2)
"""Without a word for so long, and what comes is about something else."""


def is_case(turn: Turn, said: Understood, found: Mapping[str, Slot]) -> bool:
    """Whether a text tells what is wrong with an invoice rather than asks how something is done."""
    answered = isinstance(said.verdict, Answer) and asks(said.text)
    if has_values(turn, found) and (said.hands_over or not answered):
        return True
    if isinstance(said.verdict, Suggest) and not asks(said.text):
        onward = turn.knowledge.entries[said.verdict.ids[0]].next
        least = HARDLY if onward == DIAGNOSE else CASE[Suggest]
        return said.case >= least or _tells(turn, said) >= PLAINLY
    if asks(said.text) and _tells(turn, said) < HEARD:
        return said.case >= PLAINLY
    return said.case >= CASE[type(said.verdict)]


def _tells(turn: Turn, said: Understood) -> float:
    """How probable it is that a text tells a symptom or the cause."""
    first = (fact.id for fact in turn.knowledge.diagnosis.facts.values() if fact.first)
    shares = (said.facts.get(each, {}).values() for each in (*first, CAUSE))
    return max((share for each in shares for share in each), default=0.0)


def has_values(turn: Turn, found: Mapping[str, Slot]) -> bool:
    """Whether anything of this is a value of the invoice, not only a fact."""
    fields = turn.knowledge.fields
    return any(key in fields and fields[key].kind != "choice" for key in found)


def is_another_talk(turn: Turn) -> bool:
    """Whether so long passed since the last word that this is another matter."""
    lines = turn.state.tail
    return not lines or turn.at - lines[-1].at > SAME_TALK
