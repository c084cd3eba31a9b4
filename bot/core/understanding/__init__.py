"""A message read once: everything that the rules of a conversation ask of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.core.content.diagnosis import REPLY
from bot.core.content.knowledge import Option, Step
from bot.core.model.ticket import Slot
from bot.core.understanding.intent import ELSEWHERE, SHORT, Intent, letters, normal
from bot.core.values import fields
from bot.core.values.ages import Age, age
from bot.core.values.deadlines import last_day
from bot.core.values.fields import Context, Value
from bot.matching import Candidate, Verdict, asks, meant, without_wondering
from bot.matching.text import normalise

PLAINLY = 0.85
"""Share from which a text is an answer, whatever it sounds like."""
AGE_TOLD, AGE_SAID = 0.95, 0.55
"""Probability that an age is meant which is said beside the issuing, and anywhere else."""
TOLD_FROM = 0.6
"""Probability from which a message is taken to tell a fact; what is less likely is a hint."""
HARDLY_TOLD = 0.1
"""Probability of the fact asked up to which a message that tells another is no answer."""


@dataclass(frozen=True)
class Understood(Intent):
    """What a text says, as of the aware time `at` of its message.

    Each part is worked out when a rule first asks for it, and once: matching is the dearest of all.
    """

    @property
    def context(self) -> Context:
        """What reading a value depends on beside its text."""
        return Context(self.at, self.knowledge.vocabulary)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """The values of fields that it tells, by field id."""
        return fields.recognise(self.text, tuple(self.knowledge.fields.values()), self.context)

    @cached_property
    def facts(self) -> Mapping[str, Mapping[str, float]]:
        """What it may tell of each fact and, under `cause`, of the cause, with probabilities.

        A sign, a place, a value or a wish alone tells nothing: what it is like is chance.
        """
        words, wish = self.knowledge.words, self.knowledge.facts.wish(self.text)
        short = self.words <= SHORT and words.means(self.text)
        nothing = len(self.normal) < 2 or self.place is not None
        nothing = nothing or (bool(self.values) and self._beside_values < 2)
        if nothing or short or wish not in (None, "correct"):
            return {}
        telling = without_wondering(words.without("correct", self.text))
        if len(normalise(telling)) < 2:
            return {}
        told = dict(self.knowledge.facts.tells(telling))
        if self.age is not None:
            share = AGE_TOLD if self.age.issued else AGE_SAID
            for fact, value in self._by_age():
                if self.age.issued or sum(told.get(fact, {}).values()) < share:
                    told[fact] = {value: share}
        return told

    @cached_property
    def age(self) -> Age | None:
        """How long ago something was issued, or happened at all, by its words."""
        return age("，".join(meant(self.text)), self.context)

    @property
    def ages(self) -> Mapping[str, Slot]:
        """The facts that follow from that."""
        return {fact: Slot(value) for fact, value in self._by_age()}

    @cached_property
    def last_day(self) -> date | None:
        """The day that it says is the last to declare or deduct."""
        return last_day(self.text, self.context)

    def _by_age(self) -> Iterator[tuple[str, str]]:
        """The values of facts that so many days tell."""
        days = self.age.days if self.age is not None else -1
        for fact in self.knowledge.diagnosis.facts.values():
            for value in fact.values:
                if value.days is not None and value.days[0] <= days <= value.days[1]:
                    yield fact.id, value.id

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """Every field value, fact and step's answer that it tells."""
        told = {key: Slot(value.text, value.warning) for key, value in self.values.items()}
        return {**told, **self.sure(TOLD_FROM), **dict(self._options())}

    def sure(self, least: float) -> Mapping[str, Slot]:
        """The facts that it tells with at least this probability."""
        likeliest = ((fact, *next(iter(shares.items()))) for fact, shares in self.facts.items())
        return {
            fact: Slot(value)
            for fact, value, share in likeliest
            if share >= least and fact in self.knowledge.diagnosis.facts
        }

    def answer(self, fact: str) -> str | None:
        """The value with which it answers this fact, or None. What sounds like a wish must answer
        all the more clearly.
        """
        if fact not in self._answers:
            self._answers[fact] = self._answer(fact)
        return self._answers[fact]

    @cached_property
    def _answers(self) -> dict[str, str | None]:
        """What was found out of `answer`, by fact."""
        return {}

    def _answer(self, fact: str) -> str | None:
        by_age = dict(self._by_age()).get(fact)
        if by_age is not None and not asks(self.text):
            return by_age
        if self.alone or self._is_of_another(fact):
            return None
        told = self.knowledge.facts.answer(fact, self.text)
        wished = max((share for aim, share in self.aims.items() if aim in ELSEWHERE), default=0.0)
        if told is None or told.share <= min(2 * wished, PLAINLY):
            return None
        if self._says_else(fact) and normalise(told.phrasing) != self.normal:
            return None
        return told.value

    def _says_else(self, fact: str) -> bool:
        """Whether it says how things went, or a day or value, and so answers this fact only in its
        very words.
        """
        if fact != REPLY and self.knowledge.words.means(self.text) & {"solved", "unsolved"}:
            return True
        return bool(self.age is not None or self.values) and fact not in self.facts

    def phrased(self, fact: str) -> str | None:
        """The value of this fact of which it is a phrasing, letter by letter, or None."""
        known = self.knowledge.diagnosis.facts.get(fact)
        values = known.values if known is not None else ()
        return next((v.id for v in values if self.normal in normal(v.phrasings)), None)

    def _is_of_another(self, fact: str) -> bool:
        """Whether it surely tells some fact, and hardly this one. Of the kind of an invoice several
        facts tell: 全电专票.
        """
        facts = self.knowledge.diagnosis.facts
        if self.phrased(fact) is not None or fact not in facts:
            return False
        hardly = sum(self.facts.get(fact, {}).values()) < HARDLY_TOLD
        return hardly and any(
            not (facts[fact].is_of_kind and facts[other].is_of_kind)
            for other in self.sure(TOLD_FROM)
        )

    @cached_property
    def told(self) -> Mapping[str, Slot]:
        """The same, also where it is a value and nothing else: 昨天."""
        if self.values:
            return self.slots
        alone = {key: Slot(value.text, value.warning) for key, value in self.alone.items()}
        return {**alone, **self.slots}

    @cached_property
    def alone(self) -> Mapping[str, Value]:
        """The field and value that it is as a whole; none where it says more or may be several."""
        return fields.alone(self.text, tuple(self.knowledge.fields.values()), self.context)

    @cached_property
    def certain(self) -> Mapping[str, Slot]:
        """What it tells but for facts that are only heard in its words."""
        heard = self.knowledge.diagnosis.facts.keys() - self.values.keys()
        return {key: slot for key, slot in self.told.items() if key not in heard}

    @cached_property
    def considered(self) -> tuple[Verdict, list[Candidate]]:
        """The matcher's verdict on it, and the candidates from which that comes."""
        return self.knowledge.matcher.consider(self.text)

    @property
    def verdict(self) -> Verdict:
        """Whether the FAQ can answer it, has something close, or abstains."""
        return self.considered[0]

    @property
    def hands_over(self) -> bool:
        """Whether it is values and their labels, and asks nothing: 号码 25112000000012345678."""
        return bool(self.values) and self._beside_values <= SHORT

    @cached_property
    def _beside_values(self) -> int:
        """How many Chinese characters it has besides the labels of its values."""
        known, left = self.knowledge.fields, self.normal
        cues = (cue for key in self.values for cue in known[key].cues)
        for cue in sorted(cues, key=len, reverse=True):
            left = left.replace(normalise(cue), "")
        return letters(left)

    def option(self, step: Step) -> Option | None:
        """The option of a step whose cue is said; of several the longest cue, of equals none."""
        cues = ((cue, option) for option in step.options for cue in normal(option.cues))
        hits = [(len(cue), option) for cue, option in cues if cue in self.normal]
        longest = max((length for length, _ in hits), default=0)
        options = {option.id: option for length, option in hits if length == longest}
        return next(iter(options.values())) if len(options) == 1 else None

    def _options(self) -> Iterator[tuple[str, Slot]]:
        for flow in self.knowledge.flows.values():
            for step in flow.steps.values():
                cued = any(option.cues for option in step.options)
                option = self.option(step) if cued else None
                if option is not None and not flow.steps[option.next].wait:  # to wait is no fact
                    yield step.id, Slot(option.id)
