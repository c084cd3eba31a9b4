"""What a text is for: wishes, how a remedy went, a word that it asks for, what it picks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from bot.core.content.diagnosis import ASKS, FAILED, SOLVED
from bot.core.content.knowledge import Knowledge
from bot.matching import CASE, asks, spoken, wondered
from bot.matching.text import clauses, normalise, plain

ELSEWHERE = frozenset(
    {"human", "ticket", "restart", "wait", "direct", "back", "cancel", "correct", "lookup"}
)
"""Wishes of somebody who does not answer."""
WISHED = 0.6
"""Probability from which a text is taken for a wish."""
LIKELY_OUTCOME = 0.4
OUTCOME: Mapping[str, float] = {SOLVED: 0.65, FAILED: 0.5}
"""Probability from which a reply to a remedy is taken to tell an outcome. To end a talk that is not
over, or to drop the right cause, is worse than to ask once more.
"""
PART_OUTCOME = 0.95
"""The same of a part of a reply which as a whole tells none."""
SHORT = 3
"""Chinese characters up to which words beside a value or a name say nothing of their own."""
_PLACES = "123456789一二三四五六七八九"
_NTH = re.compile(rf"(?:第|选择?)([{_PLACES}])[个项种条]?")
_QUESTION = re.compile(r"[?？]")
_ASKING = re.compile(r"^(?:为什么|为啥|怎么|怎样|什么|哪)")
_ASKED = re.compile(r"(?:[吗嘛呢]|[什怎要]么)$")  # 饿了么 is a company


@dataclass(frozen=True)
class Intent:
    """What a text is for, as of the aware time `at` of its message; worked out when first asked."""

    text: str
    at: datetime
    knowledge: Knowledge

    @cached_property
    def normal(self) -> str:
        """The text as cues and labels are compared with it."""
        return normalise(self.text)

    @cached_property
    def wishes(self) -> frozenset[str]:
        """What may be said in any words: human, cancel, yes, thanks, ... (`faq/words.toml`)."""
        means = self.knowledge.words.means
        wished = 1.0 if 0 < self.words < SHORT else WISHED  # a short text has too few pieces
        likely = (wish for wish, share in self.aims.items() if share >= wished and wish != CASE)
        if just := self.knowledge.words.just(self.text) - {"hello", "human"}:
            return just
        found = means(self.text).union(likely)
        said = frozenset[str]().union(*map(means, clauses(self.text)))
        if self.knowledge.facts.wish(self.text) == "hello":
            return found - {"human"}
        return found if "hello" in said else found | (said & {"human"})

    @cached_property
    def wishes_in_part(self) -> frozenset[str]:
        """The wishes that some part of it is, letter by letter: 搞定了。谢谢老师."""
        return frozenset[str]().union(*map(self._of_part, spoken(self.text)))

    def _of_part(self, part: str) -> frozenset[str]:
        just, learned = self.knowledge.words.just(part), self.knowledge.facts.wish(part)
        return just or frozenset(filter(None, [learned]))

    @property
    def outcome(self) -> str | None:
        """How a remedy went, or what is wished after it (`faq/outcomes.toml`), by a reply to it."""
        return self._outcome[0]

    @property
    def is_solved(self) -> bool:
        """Whether it surely says that it works now, also where nobody asked."""
        outcome, share = self._outcome
        return outcome == SOLVED and share >= PART_OUTCOME

    @cached_property
    def _outcome(self) -> tuple[str | None, float]:
        """The outcome with its probability: of the whole, or of a part that tells it surely."""
        outcomes, just = self.knowledge.facts.outcomes, self.knowledge.words.just
        every = spoken(self.text)
        parts = [part for part in every if "thanks" not in just(part)]
        text = self.text if len(parts) == len(every) else "，".join(parts)
        whole = ((share, label) for label, share in outcomes(text).items())
        share, label = max(whole, default=(0.0, ""))
        asked = any(map(asks, parts)) or bool(_QUESTION.search(self.text))
        if label and share >= OUTCOME.get(label, LIKELY_OUTCOME) and not _is_doubtful(label, asked):
            return label, share
        told = ((share, label) for part in parts for label, share in outcomes(part).items())
        share, label = max(told, default=(0.0, ""))
        if share >= PART_OUTCOME and not _is_doubtful(label, asked):
            return label, share
        return (ASKS if asked else None), 0.0

    @cached_property
    def term(self) -> str | None:
        """The word of the glossary of which it asks what that means, the longest of several."""
        asked = normalise(wondered(self.text))
        if not asked:
            return None
        terms = self.knowledge.glossary.values()
        named = ((name, term.id) for term in terms for name in normal(term.names))
        found = ((len(name), id_) for name, id_ in named if name in asked)
        return max(found, default=(0, None))[1]

    @cached_property
    def case(self) -> float:
        """The probability that it tells what is wrong with an invoice rather than asks."""
        return self.aims.get(CASE, 0.0)

    @cached_property
    def aims(self) -> Mapping[str, float]:
        """What it may be for, `CASE` or a wish, with the probability of each; a single sign is for
        nothing.
        """
        if len(self.normal) < 2:
            return {}
        return self.knowledge.facts.aims(self.text)

    @cached_property
    def closes(self) -> bool:
        """Whether it is made of closing words alone (`faq/vocabulary.toml`), and asks nothing."""
        return _made_of(plain(self.text), _plain(self.knowledge.vocabulary.closing))

    @property
    def is_patient(self) -> bool:
        """Whether it closes by saying that its writer waits."""
        words = map(plain, self.knowledge.vocabulary.patient)
        return self.closes and any(word in plain(self.text) for word in words)

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
        return letters(self.text)


def _is_doubtful(outcome: str, asked: bool) -> bool:
    """Whoever asks on has not done yet, whatever they say of how it went."""
    return outcome == SOLVED and asked


def letters(text: str) -> int:
    """How many Chinese characters it has."""
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text)


@lru_cache(maxsize=8)
def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(plain, words)))


def _made_of(text: str, words: tuple[str, ...]) -> bool:
    """Whether it can be cut into such words. As words begin alike, an expression would try every
    way to cut a text, which are more than can be counted; so it is asked once what begins where.
    """
    ends = {0}
    for begin in range(len(text)):
        if begin in ends:
            ends.update(begin + len(word) for word in words if text.startswith(word, begin))
    return bool(text) and len(text) in ends


@lru_cache(maxsize=1024)
def normal(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Cues as they are compared; a flow's cues are the same for every message."""
    return tuple(filter(None, map(normalise, cues)))
