"""Which facts a message tells, and which answer to one question it is: pure.

An answer is looked for among the values of the fact that was asked, by the matcher and by what the
phrasings of a value have in common. What is told by the way is judged by a classifier that has
learned from whole messages, and comes with its probability.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from .asking import meant, without_asking
from .bayes import Bayes
from .classifier import Calibration, Calibrations, Example, Scores, calibrated, learned
from .lexicon import NONE, Lexicon
from .matcher import Matcher
from .pieces import Pieces
from .reading import COURTESIES
from .text import Folding, clauses, normalise

ANSWERS = 0.4
"""Share, among the values of the fact that was asked, from which a reply is taken for an answer."""
CLOSE = 0.02
"""Likeness to some phrasing, by the matcher, that an answer has at least."""
KNOWN = 0.25
"""Share of an answer's pieces that some phrasing of the fact has at least."""
CONFLICTS, CONFLICTING = 0.5, 0.15
"""From such evidence on the phrasing that comes closest says the opposite, and what its likeness
counts then."""
NOTHING = 0.02
"""Likeness of what has nothing in common with any phrasing."""
LEAST = 0.05
"""Probability from which a value is worth a word."""
PHRASED, ALONE = 0.95, 5
"""Probability of a value of which a clause is a phrasing, letter by letter; and the signs that such
a phrasing has at least: shorter ones say little without their question.
"""
SOME = 6
"""Ways to say a value from which it is learned that none of them tells how a remedy went."""

Values = Mapping[str, Sequence[str]]
"""Phrasings by value."""
NO_VALUES: Values = {}
CASE = "case"
"""The aim of whoever tells what is wrong with an invoice."""
Message = tuple[str, Mapping[str, str]]
"""A whole message with the value of each fact that it tells."""


@dataclass(frozen=True, slots=True)
class Told:
    """A value that is told, its share, 0 to 1, and the phrasing that came closest."""

    value: str
    share: float
    phrasing: str


class Facts:
    """Built once from the values of each fact, from messages that tell some, from `cases`, with
    which people begin to tell what is wrong, from `wishes` with ways to say them, from `questions`
    about the same matters, and from what people say to a remedy, by its `outcomes`. It keeps no
    state between messages.
    """

    __slots__ = (
        "_aims",
        "_calibrations",
        "_classifier",
        "_columns",
        "_count",
        "_kinds",
        "_matcher",
        "_outcomes",
        "_phrased",
        "_values",
    )

    def __init__(
        self,
        facts: Mapping[str, Values],
        messages: Sequence[Message] = (),
        cases: Sequence[str] = (),
        wishes: Values = NO_VALUES,
        questions: Sequence[str] = (),
        lexicon: Lexicon = NONE,
        outcomes: Values = NO_VALUES,
    ) -> None:
        fold = Folding(lexicon.synonyms)
        every = {
            f"{fact}/{value}": said
            for fact, values in facts.items()
            for value, said in values.items()
        }
        self._matcher, self._count = Matcher(every, lexicon), len(every)
        self._kinds = {fact: Bayes(values, fold) for fact, values in facts.items()}
        pieces = Pieces(fold)
        of = cache(pieces)  # most texts teach several
        examples = [Example(of(text), [*map("/".join, told.items())]) for text, told in messages]
        phrasings = [
            Example(of(phrasing), (f"{fact}/{value}",))
            for fact, values in facts.items()
            for value, said in values.items()
            for phrasing in said
        ]
        strange = [Example(of(sentence), ()) for sentence in lexicon.strangers]
        self._classifier, held_out = learned([*examples, *strange], phrasings, pieces)
        others = [*strange, *(Example(of(each), ()) for each in questions)]
        self._aims = Aims(cases, wishes, others, pieces, of)
        first = (Example(of(phrasing), ()) for phrasing in _first(facts))
        self._outcomes = Aims((), outcomes, [*strange, *first], pieces, of)
        place = {label: column for column, label in enumerate(self._classifier.labels)}
        self._columns = {
            fact: {v: place[f"{fact}/{v}"] for v in values if f"{fact}/{v}" in place}
            for fact, values in facts.items()
        }
        told = [*(told for _, told in messages), *({} for _ in strange)]
        self._phrased = _phrased(facts)
        known = [(fact, columns) for fact, columns in self._columns.items() if columns]
        self._values = [(fact, value) for fact, columns in known for value in columns]
        self._calibrations = Calibrations(
            [
                ([*columns.values()], self._calibrated(fact, told, held_out))
                for fact, columns in known
            ]
        )

    def answer(self, fact: str, text: str) -> Told | None:
        """The value of this fact with which a reply answers, or None."""
        stated = without_asking(text)
        if fact not in self._kinds or not stated:
            return None
        parts, kinds = meant(stated), self._kinds[fact]
        close: dict[str, Told] = {}
        for part in dict.fromkeys(parts):
            for told in _closest(self._matcher, self._count, part).get(fact, ()):
                if told.value not in close or told.share > close[told.value].share:
                    close[told.value] = told
        likely, known = kinds.weights("，".join(parts))
        nothing = Told("", 0.0, "")
        shares = {
            value: weight * (close.get(value, nothing).share + NOTHING)
            for value, weight in zip(kinds.names, likely.tolist(), strict=True)
        }
        best = max(shares, key=shares.__getitem__)
        share = shares[best] / sum(shares.values())
        if share < ANSWERS or known < KNOWN or all(t.share < CLOSE for t in close.values()):
            return None
        return Told(best, share, close.get(best, nothing).phrasing)

    def wish(self, text: str) -> str | None:
        """The wish of which a message is a phrasing, letter by letter, or None."""
        return self._aims.phrased(text)

    def aims(self, text: str) -> Mapping[str, float]:
        """What a message may be for, with the probability of each: `CASE`, or a wish; what is
        missing to 1 is that it is a question, or about something else.
        """
        return self._aims.of(text)

    def outcomes(self, text: str) -> Mapping[str, float]:
        """What a reply to a remedy says of how it went, with the probability of each outcome."""
        return self._outcomes.of(text)

    def tells(self, text: str) -> Mapping[str, Mapping[str, float]]:
        """Of every fact the values that a message may tell, with their probabilities, likeliest
        first; what is missing to 1 is the probability that it tells nothing of it.
        """
        shares = self._calibrations.probabilities(self._classifier.scores(text))
        found: dict[str, Mapping[str, float]] = {}
        worth = zip(self._values, shares.tolist(), strict=True)
        for (fact, value), share in sorted(worth, key=lambda each: -each[1]):
            if share < LEAST:
                break
            found[fact] = {**found.get(fact, {}), value: share}
        for part in {normalise(text), *clauses(text)} & self._phrased.keys():
            fact, value = self._phrased[part]
            found[fact] = {value: PHRASED}
        return found

    def _calibrated(
        self, fact: str, told: Sequence[Mapping[str, str]], held_out: Scores
    ) -> Calibration:
        columns = self._columns[fact]
        order = {value: n for n, value in enumerate(columns)}
        right = [order.get(each.get(fact, ""), -1) for each in told]
        if not columns or not any(each >= 0 for each in right):
            return Calibration()
        return calibrated(held_out[:, [*columns.values()]], right)


@lru_cache(COURTESIES)
def _closest(matcher: Matcher, count: int, part: str) -> Mapping[str, Sequence[Told]]:
    """By fact its values that come close to a clause, with how close each does: a reply is compared
    with several facts.
    """
    found: dict[str, list[Told]] = {}
    for each in matcher.ranked(part, count):
        fact, _, value = each.id.partition("/")
        conflicts = each.evidence["conflict"] >= CONFLICTS
        share = each.score * (CONFLICTING if conflicts else 1.0)
        found.setdefault(fact, []).append(Told(value, share, each.phrasing))
    return found


def _phrased(facts: Mapping[str, Values]) -> Mapping[str, tuple[str, str]]:
    """The fact and value of each phrasing that is long enough to stand without its question, where
    it is a phrasing of nothing else.
    """
    whose: dict[str, set[tuple[str, str]]] = {}
    for fact, values in facts.items():
        for value, said in values.items():
            for phrasing in map(normalise, said):
                whose.setdefault(phrasing, set()).add((fact, value))
    return {
        phrasing: next(iter(of))
        for phrasing, of in whose.items()
        if len(of) == 1 and len(phrasing) >= ALONE
    }


def _first(facts: Mapping[str, Values]) -> Iterator[str]:
    """Some ways to say each value, of which none is an outcome."""
    for values in facts.values():
        for said in values.values():
            yield from said[:SOME]


class Aims:
    """What messages are for, learned from `cases`, `wishes` and what is neither; `of` tells the
    pieces of what teaches as `pieces` does.
    """

    __slots__ = ("_calibration", "_classifier", "_phrasings")

    def __init__(
        self,
        cases: Sequence[str],
        wishes: Values,
        others: Sequence[Example],
        pieces: Pieces,
        of: Callable[[str], Collection[str]],
    ) -> None:
        self._phrasings = {normalise(said): wish for wish in wishes for said in wishes[wish]}
        aims = {CASE: cases, **wishes}
        examples = [Example(of(text), (aim,)) for aim, said in aims.items() for text in said]
        self._classifier, held_out = learned([*examples, *others], (), pieces)
        place = {label: column for column, label in enumerate(self._classifier.labels)}
        right = [*(place[aim] for one in examples for aim in one.labels), *(-1 for _ in others)]
        self._calibration = calibrated(held_out, right) if examples else Calibration()

    def phrased(self, text: str) -> str | None:
        return self._phrasings.get(normalise(text))

    def of(self, text: str) -> Mapping[str, float]:
        if (wish := self.phrased(text)) is not None:
            return {wish: 1.0}
        shares = self._calibration.probabilities(self._classifier.scores(text))
        likely = zip(self._classifier.labels, shares.tolist(), strict=True)
        return {aim: share for aim, share in likely if share >= LEAST}
