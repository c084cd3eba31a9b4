"""The matcher: which FAQ entry a sentence asks for, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from .evidence import (
    MEANT,
    NAMES,
    Evidence,
    belonging,
    circumstance,
    closeness,
    joined,
    likeness,
    telling,
    told,
)
from .foreign import Foreign
from .guard import Guard
from .lexicon import NONE, Lexicon
from .meaning import Encoder, Meanings
from .model import Model
from .rank import shares
from .reading import COURTESIES, SOUGHT, WAYS, Reader, Sentence
from .rows import Floats, Numbers
from .sound import sounds_of
from .space import Space, Vector
from .text import Folding, normalise
from .topics import Topics
from .verdict import SHOWN, Candidate, Verdict, judge
from .weights import SEMANTIC, SHIPPED

_NOBODY: frozenset[int] = frozenset()
COMPARED = 32
"""Phrasings compared for one question, by each way of finding them."""


class Matcher:
    """Built once from entries (id -> phrasings) and what the authors tell about words.

    With an `encoder`, meaning is further evidence. `model` has the weights; by default the ones
    learned for the desk's own FAQ.

    It keeps no state between questions and may be shared.
    """

    __slots__ = (
        "_entry",
        "_exact",
        "_ids",
        "_meanings",
        "_model",
        "_phrasings",
        "_reader",
        "_said",
        "_stored",
        "_topics",
        "_weights",
    )

    def __init__(
        self,
        entries: Mapping[str, Sequence[str]],
        lexicon: Lexicon = NONE,
        model: Model | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._model = model or (SEMANTIC if encoder else SHIPPED)
        weights = self._model.weights
        names = (*NAMES, *MEANT) if MEANT[0] in weights else NAMES
        self._weights = np.array([weights.get(name, 0.0) for name in names])
        self._ids = tuple(entries)
        self._entry = np.repeat(np.arange(len(entries)), [len(said) for said in entries.values()])
        self._phrasings = tuple(phrasing for said in entries.values() for phrasing in said)
        fold, foreign, guard = _heeded(lexicon)
        folded = [fold(normalise(phrasing)) for phrasing in self._phrasings]
        self._stored = tuple((text, sounds_of(text)) for text in folded)
        self._exact: dict[str, list[int]] = {}
        for number, text in enumerate(folded):
            if text:
                self._exact.setdefault(text, []).append(number)
        texts = list(zip(self._phrasings, folded, strict=True))
        self._meanings = (
            Meanings.over(encoder, texts, self._entry, len(entries)) if encoder and texts else None
        )
        # One phrasing in all ways after the other, as these have much to find out in common.
        said = [[parts(text) for parts in WAYS.values()] for text in folded]
        ways = {way: [each[n] for each in said] for n, way in enumerate(WAYS)}
        space = Space.over(ways, SOUGHT)
        self._topics = Topics.over(space, self._entry, len(entries))
        self._reader = Reader(fold, space, foreign, guard)
        self._said: dict[str, frozenset[int]] = {}
        for entry, text in zip(self._entry.tolist(), folded, strict=True):
            for word in foreign.words_in(text):
                self._said[word] = self._said.get(word, _NOBODY) | {entry}

    @property
    def model(self) -> Model:
        """The weights and thresholds in use."""
        return self._model

    @property
    def semantic(self) -> bool:
        """Whether meaning is evidence as well."""
        return self._meanings is not None

    def verdict(self, text: str) -> Verdict:
        """Answer, suggest or abstain; any text gets one, the empty one too."""
        return self.consider(text)[0]

    def consider(self, text: str) -> tuple[Verdict, list[Candidate]]:
        """The verdict, and the candidates from which it comes."""
        candidates = self.ranked(text)
        return judge(candidates, self._model), candidates

    def ranked(self, text: str, limit: int = SHOWN) -> list[Candidate]:
        """At most `limit` entries, likeliest first, each with what speaks for it."""
        asked = self._reader.read(text)
        numbers, evidence = self._weigh(asked)
        scores = shares(self._weights @ evidence.rows)
        first = (-scores).argsort(kind="stable")[:limit]
        numbers = numbers[first]
        rows = (self._entry[numbers], scores[first], numbers)
        return [
            Candidate(self._ids[entry], score, self._phrasings[number], found)
            for entry, score, number, found in zip(
                *(row.tolist() for row in rows), evidence.of(first), strict=True
            )
        ]

    def _weigh(self, asked: Sentence) -> tuple[Numbers, Evidence]:
        """The closest phrasing of each entry that is found, with the evidence for the entry."""
        meant = self._meant(asked)
        numbers = self._gather(asked, meant)
        close = closeness(asked, numbers, self._reader.space)
        near = close["spelled"] + close["heard"] + close["clause"]
        if exact := self._exact.get(asked.normalised):
            near[numbers.searchsorted(exact)] += 1
        if meant:
            near += meant[0][numbers]
        best = _first_of_each(self._entry[numbers], near)
        numbers = numbers[best]
        entries = self._entry[numbers]
        evidence = joined(
            (
                circumstance(asked, len(numbers)),
                Evidence(close.names, close.rows.take(best, axis=1)),
                likeness(
                    asked,
                    [self._stored[number] for number in numbers.tolist()],
                    self._reader.guard,
                ),
                belonging(asked, entries, self._topics),
                telling(asked, entries, self._topics),
                Evidence(("foreign",), self._strangeness(asked, entries)[None]),
            )
        )
        tables = [evidence, told(asked, evidence)]
        if len(self._weights) > len(NAMES):
            meant_entry = meant[1][entries] if meant else evidence["topic_heard"]
            meant_best = meant[0][numbers] if meant else evidence["heard"]
            tables.append(Evidence(MEANT, np.array([meant_best, meant_entry])))
        return numbers, joined(tables)

    def _meant(self, asked: Sentence) -> tuple[Floats, Floats] | None:
        """Likeness of meaning to every phrasing and entry; pinyin means nothing to the encoder."""
        if self._meanings is None or asked.mute:
            return None
        return self._meanings.compare(asked.text, asked.normalised)

    def _gather(self, asked: Sentence, meant: tuple[Floats, Floats] | None) -> Numbers:
        """The phrasings worth comparing."""
        space = self._reader.space
        found = space.nearest(asked.vector, COMPARED)
        found += [_near_clause(space, clause) for clause in asked.clauses]
        if meant:
            found.append((-meant[0]).argsort(kind="stable")[: COMPARED // 2])
        gathered = np.zeros(space.size, dtype=bool)
        gathered[self._exact.get(asked.normalised, [])] = True
        for numbers in found:
            gathered[numbers] = True
        return gathered.nonzero()[0]

    def _strangeness(self, asked: Sentence, entries: Numbers) -> Floats:
        """1 where a foreign word is said that the entry never says; in stories none counts."""
        if asked.story or not asked.foreign:
            return np.zeros(len(entries))
        sayers = frozenset.intersection(*(self._said.get(word, _NOBODY) for word in asked.foreign))
        return np.array([float(entry not in sayers) for entry in entries.tolist()])


@lru_cache(1)
def _heeded(lexicon: Lexicon) -> tuple[Folding, Foreign, Guard]:
    """What the authors tell, made ready once for all matchers that are built of it."""
    fold = Folding(lexicon.synonyms)
    told = (lexicon.foreign, lexicon.exceptions, lexicon.strangers)
    groups = ([fold(normalise(said)) for said in group] for group in told)
    return fold, Foreign.of(*groups), Guard(lexicon)


def _first_of_each(entries: Numbers, near: Floats) -> list[int]:
    """Of phrasings in the order of their entries the place of each entry's nearest, of equals the
    first.
    """
    order = (-near).argsort(kind="stable")[::-1]
    # The nearest of an entry comes last, and the last one stays.
    return sorted(dict(zip(entries.take(order).tolist(), order.tolist(), strict=True)).values())


@lru_cache(COURTESIES)
def _near_clause(space: Space, clause: Vector) -> Numbers:
    return space.nearest(clause, COMPARED // 2)[0]
