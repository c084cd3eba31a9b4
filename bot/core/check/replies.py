"""Find what no agent could send of `faq/replies.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.check.templates import template
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake, twice
from bot.core.content.wording import TEXT
from bot.core.talk.canned import VARIABLES

FILE = "faq/replies.toml"


def check_replies(knowledge: Knowledge) -> Iterator[Mistake]:
    """What is wrong beyond types and bounds."""
    yield from twice(FILE, "replies", (reply.id for reply in knowledge.replies))
    yield from twice(FILE, "replies", (reply.title for reply in knowledge.replies))
    for n, reply in enumerate(knowledge.replies):
        yield from template(FILE, f"replies[{n}].text", reply.text, VARIABLES, TEXT)
