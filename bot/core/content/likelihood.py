"""How likely each value of a fact is with each cause, and how often people leave a fact unsaid.

Both join what authors wrote with what their examples show. Authors name the values that go with a
cause: of these one is told with the probability `FITS`, each as often as it is told at all, of all
others together one with the rest. A fact that the cause does not name is told as with any other. So
one word that was misread makes a cause unlikely, not impossible; only what an author gave as
`never` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.content.diagnosis import UNKNOWN, Cause, Examples, Fact, Message, Outcome, Value

FITS = 0.95
"""How often what is told of a cause is among what its author expects."""
ALIKE = 10.0
"""Examples that tell a fact and count as much as what the author expects of it."""
SILENT = 4.0
"""The same for the examples that leave a fact unsaid, beside what is usual."""

Shares = Mapping[str, float]
"""Values or causes with their probability, in sum at most 1; the rest is that of none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All that the authors wrote: `facts` in their `order`, `causes` and `replies` by id, and
    what people say to a remedy, by its outcome.

    What follows from it, by cause and fact: `likely`, how probable each value is, and `unsaid`, how
    often people do not tell the fact of their own accord.
    """

    facts: Mapping[str, Fact]
    causes: Mapping[str, Cause]
    replies: Mapping[str, Value]
    outcomes: Mapping[Outcome, Sequence[str]] = field(default_factory=dict)
    examples: Mapping[str, Examples] = field(default_factory=dict)
    order: Sequence[str] = ()
    questions: int = 6
    remedies: int = 3
    likely: Mapping[str, Mapping[str, Shares]] = field(init=False, repr=False, compare=False)
    unsaid: Mapping[str, Shares] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = {
            cause: self.examples[cause].messages for cause in self.causes & self.examples.keys()
        }
        object.__setattr__(self, "likely", _likely(self.facts, self.causes, told))
        every = [message for messages in told.values() for message in messages]
        object.__setattr__(self, "unsaid", _unsaid(self.facts, self.causes, told, every))


Told = Mapping[str, Sequence[Message]]
"""Examples by cause."""


def answers(fact: Fact) -> tuple[str, ...]:
    """The values that tell something."""
    return tuple(value.id for value in fact.values if value.id != UNKNOWN)


def _likely(
    facts: Mapping[str, Fact], causes: Mapping[str, Cause], told: Told
) -> Mapping[str, Mapping[str, Shares]]:
    usual = {fact.id: _usual(fact) for fact in facts.values()}
    return {
        cause.id: {
            fact.id: _joined(fact, cause, _expected(fact, cause, usual[fact.id]), told)
            for fact in facts.values()
        }
        for cause in causes.values()
    }


def _usual(fact: Fact) -> Shares:
    """How often each value is told, whatever the cause."""
    return _shared({value.id: float(value.weight) for value in fact.values if value.id != UNKNOWN})


def _expected(fact: Fact, cause: Cause, usual: Shares) -> Shares:
    """What the author expects to be told."""
    never, going = cause.never.get(fact.id, ()), cause.facts.get(fact.id, ())
    left = {value: share for value, share in usual.items() if value not in never}
    named = _shared({value: share for value, share in left.items() if value in going})
    others = _shared({value: share for value, share in left.items() if value not in going})
    if not named or not others:
        return named or others
    return {
        **{value: FITS * share for value, share in named.items()},
        **{value: (1 - FITS) * share for value, share in others.items()},
    }


def _joined(fact: Fact, cause: Cause, expected: Shares, told: Told) -> Shares:
    """What is expected beside what the examples show."""
    shown = Counter(m.facts[fact.id] for m in told.get(cause.id, ()) if fact.id in m.facts)
    counts = {value: ALIKE * share + shown[value] for value, share in expected.items()}
    return {**dict.fromkeys(answers(fact), 0.0), **_shared(counts)}


def _unsaid(
    facts: Mapping[str, Fact], causes: Mapping[str, Cause], told: Told, every: Sequence[Message]
) -> Mapping[str, Shares]:
    usual = {fact: _missing(fact, every, 0.5) for fact in facts}
    return {
        cause: {fact: _missing(fact, told.get(cause, ()), usual[fact]) for fact in facts}
        for cause in causes
    }


def _missing(fact: str, messages: Sequence[Message], usual: float) -> float:
    silent = sum(fact not in message.facts for message in messages)
    return (silent + SILENT * usual) / (len(messages) + SILENT)


def _shared(weights: Mapping[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {each: weight / whole for each, weight in weights.items()} if whole else {}
