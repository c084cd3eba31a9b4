"""A message read once: everything that the rules of a conversation ask of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from bot.core.content.knowledge import Knowledge, Option, Step
from bot.core.model.ticket import Slot
from bot.core.values import fields
from bot.core.values.fields import Context, Value
from bot.matching import Candidate, Verdict
from bot.matching.text import normalise, plain

SHORT = 3
"""Chinese characters up to which words beside a value or a name say nothing of their own."""
_PLACES = "123456789一二三四五六七八九"
_NTH = re.compile(rf"(?:第|选择?)([{_PLACES}])[个项种条]?")
_ASKING = re.compile(r"^(?:为什么|为啥|怎么|怎样|什么|哪)")
_ASKED = re.compile(r"(?:[吗嘛呢]|[什怎要]么)$")  # 饿了么 is a company


@dataclass(frozen=True)
class Understood:
    """What a text says, as of the aware time `at` of its message.

    Each part is worked out when a rule first asks for it, and once: matching is the dearest of all.
    """

    text: str
    at: datetime
    knowledge: Knowledge

    @property
    def context(self) -> Context:
        """What reading a value depends on beside its text."""
        return Context(self.at, self.knowledge.vocabulary)

    @cached_property
    def normal(self) -> str:
        """The text as cues and labels are compared with it."""
        return normalise(self.text)

    @cached_property
    def wishes(self) -> frozenset[str]:
        """What may be said in any words: human, cancel, yes, thanks, ... (`faq/words.toml`)."""
        return self.knowledge.words.means(self.text)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """The values of fields that it tells, by field id."""
        return fields.recognise(self.text, tuple(self.knowledge.fields.values()), self.context)

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """Every field value and every step's answer that it tells."""
        told = {key: Slot(value.text, value.warning, True) for key, value in self.values.items()}
        return {**told, **dict(self._options())}

    @cached_property
    def told(self) -> Mapping[str, Slot]:
        """The same, also where it is a value and nothing else: 昨天."""
        if self.slots:
            return self.slots
        values = fields.alone(self.text, tuple(self.knowledge.fields.values()), self.context)
        return {key: Slot(value.text, value.warning, True) for key, value in values.items()}

    @cached_property
    def considered(self) -> tuple[Verdict, list[Candidate]]:
        """The matcher's verdict on it, and the candidates from which that comes."""
        return self.knowledge.matcher.consider(self.text)

    @property
    def verdict(self) -> Verdict:
        """Whether the FAQ can answer it, has something close, or abstains."""
        return self.considered[0]

    @property
    def place(self) -> int | None:
        """Which of several it picks by its place, from 0: 2, 第二个."""
        nth = _NTH.fullmatch(self.normal)
        figure = nth[1] if nth else self.normal
        return _PLACES.index(figure) % 9 if len(figure) == 1 and figure in _PLACES else None

    @property
    def asks(self) -> bool:
        """Whether it has the form of a question."""
        return bool(_ASKING.search(self.normal) or _ASKED.search(plain(self.text)))

    @property
    def words(self) -> int:
        """How many Chinese characters it has. A code has none."""
        return _letters(self.text)

    @property
    def hands_over(self) -> bool:
        """Whether it is values and their labels, and asks nothing: 号码 25112000000012345678."""
        known, left = self.knowledge.fields, self.normal
        cues = (cue for key in self.values for cue in known[key].cues)
        for cue in sorted(cues, key=len, reverse=True):
            left = left.replace(normalise(cue), "")
        return bool(self.values) and _letters(left) <= SHORT

    def option(self, step: Step) -> Option | None:
        """The option of a step whose cue is said; of several the longest cue, of equals none."""
        cues = ((cue, option) for option in step.options for cue in _normal(option.cues))
        hits = [(len(cue), option) for cue, option in cues if cue in self.normal]
        longest = max((length for length, _ in hits), default=0)
        options = {option.id: option for length, option in hits if length == longest}
        return next(iter(options.values())) if len(options) == 1 else None

    def _options(self) -> Iterator[tuple[str, Slot]]:
        for flow in self.knowledge.flows.values():
            for step in flow.steps.values():
                option = self.option(step)
                if option is not None and not flow.steps[option.next].wait:  # to wait is no fact
                    yield step.id, Slot(option.id, recognised=True)


def _letters(text: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text)


@lru_cache(maxsize=1024)
def _normal(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Cues as they are compared; a flow's cues are the same for every message."""
    return tuple(filter(None, map(normalise, cues)))
