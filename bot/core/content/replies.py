"""What agents say often, written once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.content.authored import Authored
from bot.core.content.wording import Id, Phrase, Text, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Authored):
    """A canned reply, a block in `faq/replies.toml`: the `text` that a person reads, in which
    `{variables}` stand for what is known of their ticket (`bot.core.talk.canned.VARIABLES`), found
    by agents by its `title`, its words and its `phrasings`.
    """

    id: Id
    title: Title
    text: Text
    phrasings: tuple[Phrase, ...] = ()
