"""What a veteran does next: ask what tells the causes apart, tell the likeliest, or hand over."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.content.diagnosis import Fact
from bot.core.content.likelihood import Diagnosis
from bot.core.diagnosis.belief import Known, belief, gain, leading

SURE = 0.6
"""From this probability on a cause is told without another question."""
WORTH = 0.04
"""Bits that a question must be expected to tell."""
LIKELY = 0.9
"""What the causes have together that a question is to tell apart, the likeliest first: nobody is
asked for the sake of causes that hardly count.
"""
HEARD = 0.5
"""Probability that something was told of a fact from which it counts as told."""
TOLD = 0.25
"""The same from which it is not asked for: to be asked what one has said is worse than a question
less.
"""
READING = 4
"""Answers whose reading costs as much as a question itself: of two that tell as much, the one with
fewer answers is asked.
"""
AS_GOOD = 0.85
"""Of questions nearly as good as the best, the first in the authors' order is asked."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for this fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the remedy of this cause."""

    cause: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Nothing is left that the person could try."""


Move = Ask | Tell | HandOver


def move(diagnosis: Diagnosis, known: Known, questions: int) -> Move:
    """The next one, after so many `questions` since the last remedy."""
    beliefs = belief(diagnosis, known)
    if not beliefs or len(known.out) >= diagnosis.remedies:
        return HandOver()
    cause, share = next(iter(beliefs.items()))
    if (share >= SURE and _heard(known)) or questions >= diagnosis.questions:
        return Tell(cause)
    open_ = [
        fact
        for fact in diagnosis.facts.values()
        if fact.id not in (*known.values, *known.asked)
        and not _told(known, fact)
        and not _senseless(known, fact)
    ]
    likeliest = leading(beliefs, LIKELY) if _heard(known) else beliefs
    gains = {fact.id: gain(diagnosis, likeliest, fact) for fact in open_}
    if max(gains.values(), default=0.0) < WORTH:
        return Tell(cause)
    worth = {fact.id: gains[fact.id] / (READING + len(fact.values)) for fact in open_}
    best = max(worth.values())
    return Ask(next(fact for fact, each in worth.items() if each >= AS_GOOD * best))


def _heard(known: Known) -> bool:
    """Whether anything is known of this case beside what is common."""
    told = (sum(shares.values()) for shares in known.likely.values())
    return bool(known.values) or any(share >= HEARD for share in told)


def _senseless(known: Known, fact: Fact) -> bool:
    """Whether something is known, or likely, with which nobody would ask this."""
    for other, values in fact.unless.items():
        likely = sum(known.likely.get(other, {}).get(value, 0.0) for value in values)
        if known.values.get(other) in values or likely >= HEARD:
            return True
    return False


def _told(known: Known, fact: Fact) -> bool:
    if fact.first and any(sum(shares.values()) >= HEARD for shares in known.likely.values()):
        return True
    return sum(known.likely.get(fact.id, {}).values()) >= TOLD
