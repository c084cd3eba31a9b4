"""The matcher: which FAQ entry a sentence asks for, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from .evidence import Evidence, belonging, circumstance, closeness, likeness, told
from .foreign import Foreign
from .guard import Guard
from .lexicon import NONE, Lexicon
from .meaning import Encoder, Meanings
from .model import Model
from .rank import shares, strengths
from .reading import COURTESIES, WAYS, Reader, Sentence
from .sound import sounds_of
from .space import Floats, Numbers, Space, Vector
from .text import folding, normalise
from .topics import Topics
from .verdict import SHOWN, Candidate, Verdict, judge
from .weights import SEMANTIC, SHIPPED

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
    )

    def __init__(
        self,
        entries: Mapping[str, Sequence[str]],
        lexicon: Lexicon = NONE,
        model: Model | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._model = model or (SEMANTIC if encoder else SHIPPED)
        self._ids = tuple(entries)
        self._entry = np.repeat(np.arange(len(entries)), [len(said) for said in entries.values()])
        self._phrasings = tuple(phrasing for said in entries.values() for phrasing in said)
        fold = folding(lexicon.synonyms)
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
        spaces = {way: Space.over(map(parts, folded)) for way, parts in WAYS.items()}
        self._topics = {
            way: Topics.over(space, self._entry, len(entries)) for way, space in spaces.items()
        }
        foreign = Foreign.of(
            *(
                [fold(normalise(said)) for said in group]
                for group in (lexicon.foreign, lexicon.exceptions, lexicon.strangers)
            )
        )
        self._reader = Reader(fold, spaces, foreign, Guard(lexicon))
        self._said: dict[str, set[int]] = {}
        for entry, text in zip(self._entry, folded, strict=True):
            for word in self._reader.foreign.words_in(text):
                self._said.setdefault(word, set()).add(int(entry))

    @property
    def model(self) -> Model:
        """The weights and thresholds in use."""
        return self._model

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
        scores = shares(strengths(evidence, self._model.weights))
        first = np.argsort(-scores, kind="stable")[:limit]
        rows = np.concatenate(list(evidence.values())).reshape(len(evidence), len(scores))
        values = rows[:, first].T.tolist()
        return [
            Candidate(
                self._ids[self._entry[number]],
                score,
                self._phrasings[number],
                MappingProxyType(dict(zip(evidence, row, strict=True))),
            )
            for number, score, row in zip(
                numbers[first].tolist(), scores[first].tolist(), values, strict=True
            )
        ]

    def _weigh(self, asked: Sentence) -> tuple[Numbers, Evidence]:
        """The closest phrasing of each entry that is found, with the evidence for the entry."""
        meant = self._meant(asked)
        numbers = self._gather(asked, meant)
        close = closeness(asked, numbers, self._reader.spaces)
        near = close["spelled"] + close["heard"] + close["clause"]
        near[numbers.searchsorted(self._exact.get(asked.normalised, []))] += 1
        if meant:
            near += meant[0][numbers]
        best = _first_of_each(self._entry[numbers].tolist(), near.tolist())
        numbers = numbers[best]
        entries = self._entry[numbers]
        evidence = {
            **circumstance(asked, len(numbers)),
            **{name: values[best] for name, values in close.items()},
            **likeness(asked, [self._stored[number] for number in numbers], self._reader.guard),
            **belonging(asked, entries, self._topics),
            "foreign": self._strangeness(asked, entries),
        }
        evidence |= told(asked, evidence)
        if "meant" in self._model.weights:
            meant_entry = meant[1][entries] if meant else evidence["topic_heard"]
            meant_best = meant[0][numbers] if meant else evidence["heard"]
            evidence |= {"meant": meant_best, "topic_meant": meant_entry}
        return numbers, evidence

    def _meant(self, asked: Sentence) -> tuple[Floats, Floats] | None:
        """Likeness of meaning to every phrasing and entry; pinyin means nothing to the encoder."""
        if self._meanings is None or asked.mute:
            return None
        return self._meanings.compare(asked.text, asked.normalised)

    def _gather(self, asked: Sentence, meant: tuple[Floats, Floats] | None) -> Numbers:
        """The phrasings worth comparing."""
        spaces = self._reader.spaces
        found = [spaces[way].nearest(asked.vectors[way], COMPARED) for way in ("spelled", "heard")]
        found += [_near_clause(spaces["heard"], clause) for clause in asked.clauses]
        gathered = set(self._exact.get(asked.normalised, ()))
        gathered.update(*(numbers.tolist() for numbers in found))
        if meant:
            gathered.update(np.argsort(-meant[0], kind="stable")[: COMPARED // 2].tolist())
        return np.array(sorted(gathered), dtype=np.intp)

    def _strangeness(self, asked: Sentence, entries: Numbers) -> Floats:
        """1 where a foreign word is said that the entry never says; in stories none counts."""
        if asked.story or not asked.foreign:
            return np.zeros(len(entries))
        sayers = [self._said.get(word, set()) for word in asked.foreign]
        return np.array([float(any(e not in known for known in sayers)) for e in entries.tolist()])


def _first_of_each(entries: Sequence[int], near: Sequence[float]) -> list[int]:
    """Of phrasings in the order of their entries the place of each entry's nearest."""
    best: dict[int, int] = {}
    for place, (entry, much) in enumerate(zip(entries, near, strict=True)):
        if entry not in best or much > near[best[entry]]:
            best[entry] = place
    return list(best.values())


@lru_cache(COURTESIES)
def _near_clause(heard: Space, clause: Vector) -> Numbers:
    return heard.nearest(clause, COMPARED // 2)
