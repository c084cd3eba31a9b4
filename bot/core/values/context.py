"""What the reading of a value depends on beside its field and its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.content.vocabulary import Vocabulary
from bot.core.text import clock


@dataclass(frozen=True, slots=True)
class Context:
    """`at` is the aware time of the message, `vocabulary` what the authors know of words."""

    at: datetime
    vocabulary: Vocabulary

    @property
    def today(self) -> date:
        """The day of the message in Beijing."""
        return clock.day(self.at)
