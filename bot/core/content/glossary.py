"""What the words of the trade mean, for whoever asks back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.content.authored import Authored
from bot.core.content.wording import Explained, Id, OneLine, Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Authored):
    """A word of the trade, a table in `faq/glossary.toml`: the `names` that it has, and in a line
    or two what it is; `checked` is the day on which somebody last compared that with its `source`.
    """

    id: Id
    names: tuple[Phrase, ...]
    text: Explained
    source: OneLine
    checked: date
