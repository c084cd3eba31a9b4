"""The words that the desk knows beside those of its questions and answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.content.authored import Authored
from bot.core.content.wording import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary(Authored):
    """`faq/vocabulary.toml`. `opposites`: pairs of words that turn a sentence into its contrary."""

    opposites: tuple[tuple[Phrase, Phrase], ...]


NOTHING = Vocabulary(opposites=())
