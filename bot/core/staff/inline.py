"""What agents are offered while they write: texts that they send as words of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bot.core.content.knowledge import Knowledge
from bot.core.model.snippet import Snippet
from bot.core.text.render import joined, marked, plain, shortened

PAGE = 20
ABOUT = 80
LEAST = 0.01
"""The probability from which an entry is offered: one in a hundred would want it."""

Source = Callable[[Knowledge, str, date], Iterator[Snippet]]


def snippets(knowledge: Knowledge, words: str, today: date) -> tuple[Snippet, ...]:
    """All that there is to say for these words, likeliest first; nothing for none."""
    if not words.strip():
        return ()
    return tuple(found for source in SOURCES for found in source(knowledge, words, today))


def page(found: tuple[Snippet, ...], offset: str) -> tuple[tuple[Snippet, ...], str]:
    """Those from `offset` on that are shown at once, and the offset of the next, "" at the end."""
    start = int(offset) if offset.isascii() and offset.isdecimal() else 0
    end = start + PAGE
    return found[start:end], str(end) if end < len(found) else ""


def _answers(knowledge: Knowledge, words: str, today: date) -> Iterator[Snippet]:
    """The answers of the FAQ that may be meant, but for those that hold no longer."""
    _, candidates = knowledge.matcher.consider(words)
    for candidate in candidates:
        entry = knowledge.entries.get(candidate.id)
        if entry is None or candidate.score < LEAST or entry.expired(today):
            continue
        answer = marked(entry.answer)
        text = joined(marked(f"**{entry.title}**"), answer)
        about = shortened(" ".join(plain(answer).split()), ABOUT)
        yield Snippet(f"entry:{entry.id}", entry.title, about, text)


SOURCES: tuple[Source, ...] = (_answers,)
"""Where texts come from, in the order in which they are offered."""
