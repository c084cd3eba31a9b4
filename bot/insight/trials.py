"""Questions whose answer is known, and what the matcher makes of them.

Two sources: labelled questions in a file of `{"text", "ids", "style"}` a line, and the FAQ itself.
Every phrasing is asked of a matcher that never saw it (the phrasings are dealt into folds): as
written, mistyped, typed in pinyin and inside a story. Everything is fixed, so it can be repeated.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.matching import Candidate, Matcher
from bot.matching.sound import pinyin, sounds
from bot.matching.weights import SHIPPED, Model

FOLDS = 4
CANDIDATES = 40
STORIES = (
    "今天忙了一上午都没弄好，{}，真是急人",
    "我是公司新来的会计，领导让我处理这个，{}",
    "之前同事一直说没问题，结果轮到我就出状况了，{}，麻烦尽快回复谢谢",
)

Entries = Mapping[str, Sequence[str]]
Synonyms = Sequence[Sequence[str]]


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

    def hit(self, among: int) -> bool:
        """Whether one of the first candidates is right."""
        return any(c.id in self.question.ids for c in self.candidates[:among])


def read(path: Path) -> list[Question]:
    """The labelled questions of a JSON lines file; `id` may stand for `ids`."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Question(
            row["text"],
            frozenset(row.get("ids") or filter(None, [row.get("id")])),
            row.get("style", ""),
        )
        for row in rows
    ]


def ask(questions: Iterable[Question], matcher: Matcher) -> list[Trial]:
    """Each question with what the matcher finds for it."""
    return [Trial(q, matcher.ranked(q.text, CANDIDATES)) for q in questions]


def ask_folds(
    entries: Entries, synonyms: Synonyms = (), foreign: Sequence[str] = (), model: Model = SHIPPED
) -> Iterator[Trial]:
    """Each phrasing in its variants, asked of a matcher built without it."""
    twins = twins_of(phrasing for said in entries.values() for phrasing in said)
    for fold in range(FOLDS):
        rest = {
            id_: [p for n, p in enumerate(said) if n % FOLDS != fold]
            for id_, said in entries.items()
        }
        matcher = Matcher(rest, synonyms, foreign, model)
        for id_, said in entries.items():
            for phrasing in said[fold::FOLDS]:
                yield from ask(
                    (
                        Question(text, frozenset({id_}), f"fold-{style}")
                        for style, text in variants(phrasing, twins, len(phrasing))
                    ),
                    matcher,
                )


def variants(phrasing: str, twins: Mapping[str, str], number: int) -> Iterator[tuple[str, str]]:
    """(style, text): a phrasing as written, in haste, on a Latin keyboard, inside a story."""
    yield "plain", phrasing
    yield (
        "noisy",
        "".join(
            twins.get(c, c) if place % 4 == number % 4 else c for place, c in enumerate(phrasing)
        ),
    )
    yield "script", " ".join(pinyin(phrasing))
    yield "story", STORIES[number % len(STORIES)].format(phrasing)


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
