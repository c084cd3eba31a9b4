"""What agents are offered while they write: texts that they send as words of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from rapidfuzz import fuzz

from bot.core.content.knowledge import Knowledge
from bot.core.content.replies import Reply
from bot.core.model.snippet import Snippet
from bot.core.talk import canned
from bot.core.text.render import Html, joined, marked, plain, shortened
from bot.matching.text import plain as spelt

PAGE = 20
ABOUT = 80
LEAST = 0.01
"""The probability from which an entry is offered: one in a hundred would want it."""

FOUND = 70.0
"""How alike (0-100, `rapidfuzz.fuzz.partial_ratio`) words and a canned reply must be."""
SAID = 0.9
"""What it counts that a word stands in a reply's text, and not in its title or phrasings."""

Source = Callable[[Knowledge, str, date], Iterator[Snippet]]


def snippets(knowledge: Knowledge, words: str, today: date) -> tuple[Snippet, ...]:
    """All that there is to say for these words, of each source likeliest first; for none the
    canned replies.
    """
    return tuple(found for source in SOURCES for found in source(knowledge, words, today))


def page(found: tuple[Snippet, ...], offset: str) -> tuple[tuple[Snippet, ...], str]:
    """Those from `offset` on that are shown at once, and the offset of the next, "" at the end."""
    start = int(offset) if offset.isascii() and offset.isdecimal() else 0
    end = start + PAGE
    return found[start:end], str(end) if end < len(found) else ""


def _replies(knowledge: Knowledge, words: str, today: date) -> Iterator[Snippet]:
    """The canned replies in which all words are found, or nearly; for none all, as authors list
    them.
    """
    wanted = [spelt(word) for word in words.split()]
    found = [(_found(reply, wanted), reply) for reply in knowledge.replies]
    for score, reply in sorted(found, key=lambda each: -each[0]):
        if score >= FOUND:
            said = canned.offered(knowledge, reply)
            yield Snippet(f"reply:{reply.id}", reply.title, _about(said), said)


def _found(reply: Reply, wanted: Sequence[str]) -> float:
    """How well all words are found in a canned reply (0-100), best in what it is called."""
    names, said = [spelt(each) for each in (reply.title, *reply.phrasings)], spelt(reply.text)
    return min((_best(word, names, said) for word in wanted), default=100.0)


def _best(word: str, names: Sequence[str], said: str) -> float:
    called = max(fuzz.partial_ratio(word, name) for name in names)
    return max(called, SAID * fuzz.partial_ratio(word, said))


def _answers(knowledge: Knowledge, words: str, today: date) -> Iterator[Snippet]:
    """The answers of the FAQ that may be meant, but for those that hold no longer."""
    if not words.strip():
        return
    _, candidates = knowledge.matcher.consider(words)
    for candidate in candidates:
        entry = knowledge.entries.get(candidate.id)
        if entry is None or candidate.score < LEAST or entry.expired(today):
            continue
        answer = marked(entry.answer)
        text = joined(marked(f"**{entry.title}**"), answer)
        yield Snippet(f"entry:{entry.id}", entry.title, _about(answer), text)


def _about(text: Html) -> str:
    return shortened(" ".join(plain(text).split()), ABOUT)


SOURCES: tuple[Source, ...] = (_replies, _answers)
"""Where texts come from, in the order in which they are offered."""
