"""Find words of `faq/vocabulary.toml` that say the same twice, or say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake, twice
from bot.matching.text import folding, normalise

FILE = "faq/vocabulary.toml"


def check_vocabulary(knowledge: Knowledge) -> Iterator[Mistake]:
    """What is wrong beyond types and bounds; synonyms are needed to tell what is the same."""
    yield from _opposites(knowledge)


def _opposites(knowledge: Knowledge) -> Iterator[Mistake]:
    fold = folding(knowledge.lexicon.synonyms)
    pairs = [[fold(normalise(word)) for word in pair] for pair in knowledge.lexicon.opposites]
    for n, (one, other) in enumerate(knowledge.lexicon.opposites):
        if pairs[n][0] == pairs[n][1]:
            text = finding("not_opposite", one=one, other=other)
            yield Mistake(FILE, f"opposites[{n}]", text)
    yield from twice(FILE, "opposites", ["、".join(sorted(pair)) for pair in pairs])
