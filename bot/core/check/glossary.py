"""Find words of `faq/glossary.toml` that two terms would explain."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake
from bot.matching.text import normalise

FILE = "faq/glossary.toml"


def check_glossary(knowledge: Knowledge) -> Iterator[Mistake]:
    """What is wrong beyond types and bounds."""
    whose: dict[str, str] = {}
    for term in knowledge.glossary.values():
        if not term.names:
            yield Mistake(FILE, f"{term.id}.names", finding("empty"))
        for n, name in enumerate(term.names):
            other = whose.setdefault(normalise(name), term.id)
            if other != term.id:
                text = finding("other_term", name=name, other=other)
                yield Mistake(FILE, f"{term.id}.names[{n}]", text)
