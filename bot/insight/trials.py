"""Questions whose answer is known, and what the matcher makes of them.

Two sources: labelled questions, and the FAQ itself. Every phrasing is asked of a matcher that
never saw it (the phrasings are dealt into folds): as written, mistyped, typed in pinyin or inside
a story. Everything is fixed, so it can be repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching import Candidate, Lexicon, Matcher
from bot.matching.lexicon import NONE
from bot.matching.meaning import Encoder
from bot.matching.rows import Floats
from bot.matching.sound import pinyin, sounds
from bot.matching.text import normalise

FOLDS = 4
CANDIDATES = 1000
"""More than are ever found: which are kept must not hang on the weights of today."""
STORIES = (
    "今天忙了一上午都没弄好，{}，真是急人",
    "我是公司新来的会计，领导让我处理这个，{}",
    "之前同事一直说没问题，结果轮到我就出状况了，{}，麻烦尽快回复谢谢",
)

Entries = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the entries that answer it: none if it is out of scope."""

    text: str
    ids: frozenset[str]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with the candidates that a matcher found for it, and their evidence."""

    question: Question
    candidates: Sequence[Candidate]

    def evidence(self, names: Sequence[str]) -> Floats:
        """The evidence of these names: a row a candidate."""
        rows = [[c.evidence[name] for name in names] for c in self.candidates]
        return np.array(rows, dtype=float).reshape(-1, len(names))

    def hit(self, among: int) -> bool:
        """Whether one of the first candidates is right."""
        return any(c.id in self.question.ids for c in self.candidates[:among])


def ask(questions: Iterable[Question], matcher: Matcher) -> list[Trial]:
    """Each question with what the matcher finds for it."""
    return [Trial(q, matcher.ranked(q.text, CANDIDATES)) for q in questions]


def ask_folds(
    entries: Entries, lexicon: Lexicon = NONE, encoder: Encoder | None = None
) -> Iterator[Trial]:
    """Each phrasing in one of its variants, by turns, asked of a matcher built without it."""
    twins = twins_of(phrasing for said in entries.values() for phrasing in said)
    for fold in range(FOLDS):
        rest = {
            id_: [p for n, p in enumerate(said) if n % FOLDS != fold]
            for id_, said in entries.items()
        }
        matcher = Matcher(rest, lexicon, encoder=encoder)
        questions = [
            Question(text, frozenset({id_}), f"fold-{style}")
            for id_, said in entries.items()
            for place, phrasing in enumerate(said[fold::FOLDS])
            for style, text in [variant(phrasing, twins, fold + place)]
        ]
        yield from ask(questions, matcher)


def variant(phrasing: str, twins: Mapping[str, str], turn: int) -> tuple[str, str]:
    """(style, text): by turns as written, in haste, on a Latin keyboard, inside a story."""
    match turn % 4:
        case 0:
            return "plain", phrasing
        case 1:
            hasty = (
                twins.get(c, c) if place % 4 == turn // 4 % 4 else c
                for place, c in enumerate(phrasing)
            )
            return "noisy", "".join(hasty)
        case 2:
            return "script", " ".join(pinyin(normalise(phrasing)))
        case _:
            return "story", STORIES[turn // 4 % len(STORIES)].format(phrasing)


def twins_of(texts: Iterable[str]) -> dict[str, str]:
    """For each character another that sounds the same, where the texts have one."""
    alike: dict[str, list[str]] = defaultdict(list)
    for character in sorted(set("".join(texts))):
        alike[sounds(character)].append(character)
    return {
        c: group[(place + 1) % len(group)]
        for sound, group in alike.items()
        if sound and len(group) > 1
        for place, c in enumerate(group)
    }
