"""The matcher: which FAQ entry a sentence asks for, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .candidates import Index, grams
from .rank import Reader, Sentence, closeness, shares, strength
from .sound import sounds
from .text import folding, normalise, units
from .topics import Topics
from .verdict import Candidate, Verdict, judge
from .weights import SHIPPED, Model

COMPARED = 24
"""Phrasings compared in full for one question, of those the index finds."""


class Matcher:
    """Built once from entries (id -> phrasings), groups of synonyms (first = canonical) and
    `foreign` words, which name what is no business of the FAQ.

    It keeps no state between questions and may be shared. Building takes about half a second for
    a thousand phrasings, a question under a millisecond.
    """

    __slots__ = (
        "_entry",
        "_foreign",
        "_heard",
        "_model",
        "_phrasings",
        "_reader",
        "_spelled",
        "_stored",
    )

    def __init__(
        self,
        entries: Mapping[str, Sequence[str]],
        synonyms: Sequence[Sequence[str]] = (),
        foreign: Sequence[str] = (),
        model: Model = SHIPPED,
    ) -> None:
        self._model = model
        pairs = [(id_, phrasing) for id_, said in entries.items() for phrasing in said]
        fold = folding(synonyms)
        folded = [fold(normalise(phrasing)) for _, phrasing in pairs]
        self._entry = tuple(id_ for id_, _ in pairs)
        self._phrasings = tuple(phrasing for _, phrasing in pairs)
        self._reader = Reader(
            fold,
            Index.over(grams(units(text)) for text in folded),
            Index.over(grams(sounds(text)) for text in folded),
            [fold(normalise(word)) for word in foreign],
        )
        self._stored = tuple(map(self._reader.read, self._phrasings))
        own: dict[str, set[str]] = {id_: set() for id_ in entries}
        for id_, sentence in zip(self._entry, self._stored, strict=True):
            own[id_] |= sentence.foreign
        self._foreign = own
        self._spelled = Topics.over(
            zip(self._entry, (s.spelled for s in self._stored), strict=True)
        )
        self._heard = Topics.over(zip(self._entry, (s.heard for s in self._stored), strict=True))

    def verdict(self, text: str) -> Verdict:
        """Answer, suggest or abstain; any text gets one, the empty one too."""
        return judge(self.ranked(text), self._model)

    def ranked(self, text: str, limit: int = 10) -> list[Candidate]:
        """At most `limit` entries, likeliest first, each with what speaks for it."""
        found = self._gather(self._reader.read(text))
        scores = shares([strength(evidence, self._model.weights) for _, evidence in found])
        order = sorted(zip(scores, found, strict=True), key=lambda one: -one[0])
        return [
            Candidate(self._entry[n], score, self._phrasings[n], MappingProxyType(evidence))
            for score, (n, evidence) in order[:limit]
        ]

    def _gather(self, asked: Sentence) -> list[tuple[int, dict[str, float]]]:
        """The closest phrasing of each entry that the index finds, with the evidence."""
        numbers = dict.fromkeys(
            (
                *self._reader.letters.find(asked.spelled, COMPARED // 3),
                *self._reader.syllables.find(asked.heard, COMPARED),
            )
        )
        best: dict[str, tuple[float, int, dict[str, float]]] = {}
        for number in numbers:
            evidence = closeness(asked, self._stored[number])
            near = evidence["spelled"] + evidence["heard"] + evidence["clause"]
            id_ = self._entry[number]
            if id_ not in best or near > best[id_][0]:
                best[id_] = near, number, evidence
        return [(n, evidence | self._whole(asked, n, evidence)) for _, n, evidence in best.values()]

    def _whole(
        self, asked: Sentence, number: int, evidence: Mapping[str, float]
    ) -> dict[str, float]:
        id_ = self._entry[number]
        heard, part_heard = self._heard.compare(asked.heard, id_)
        topic, part = (
            (heard, part_heard) if asked.mute else self._spelled.compare(asked.spelled, id_)
        )
        flipped = asked.marks.contradict(self._stored[number].marks)
        return {
            "none": 1.0,
            "topic": topic,
            "topic_heard": heard,
            "part": part,
            "part_heard": part_heard,
            # In a story the weather, the bank and the cat may be named in passing.
            "foreign": float(not asked.clauses and bool(asked.foreign - self._foreign[id_])),
            "known": asked.known,
            "strange": asked.strange,
            "conflict": evidence["sound_ratio"] if flipped else 0.0,
        }
