"""The words that the desk has to know beside those of its questions, answers and fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.content.authored import Authored
from bot.core.content.wording import DayOfMonth, Month, Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Festival(Authored):
    """A festival, a block in `faq/vocabulary.toml`: `month` and `day` of one that is the same day
    every year, or the `days` of one that moves, at most one a year.
    """

    names: tuple[Phrase, ...]
    month: Month | None = None
    day: DayOfMonth | None = None
    days: tuple[date, ...] = ()

    def on(self, year: int) -> date | None:
        """Its day in a year from 1 to 9999, None where that is not known."""
        if self.month is not None and self.day is not None:
            return date(year, self.month, self.day)
        return next((day for day in self.days if day.year == year), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary(Authored):
    """`faq/vocabulary.toml`.

    - `opposites`: pairs of words that turn a sentence into its contrary
    - `labels`: words before a value that no field asks for, and that looks like some it does
    - `places`: places that are in no district a field may have
    - `landmarks`: what after the name of a district makes it another thing (海淀医院)
    - `organisations`: endings of the names of organisations
    - `here`: ways to say that somebody can be reached in this chat
    - `closing`: words of which what somebody writes last is made, and that ask for no answer
    - `patient`: of these, those by which somebody says that they wait
    - `lunar`: days of the lunar calendar that may be days of the other one as well
    - `festivals`: by which people date an invoice
    """

    opposites: tuple[tuple[Phrase, Phrase], ...]
    labels: tuple[Phrase, ...]
    places: tuple[Phrase, ...]
    landmarks: tuple[Phrase, ...]
    organisations: tuple[Phrase, ...]
    here: tuple[Phrase, ...]
    closing: tuple[Phrase, ...]
    patient: tuple[Phrase, ...]
    lunar: tuple[Phrase, ...]
    festivals: tuple[Festival, ...]

    def festival(self, name: str) -> Festival:
        """The festival of this name. Raises `StopIteration` for a name of none."""
        return next(each for each in self.festivals if name in each.names)

    def festival_names(self) -> Iterator[str]:
        """The names of all festivals."""
        return (name for festival in self.festivals for name in festival.names)


NOTHING = Vocabulary(
    opposites=(),
    labels=(),
    places=(),
    landmarks=(),
    organisations=(),
    here=(),
    closing=(),
    patient=(),
    lunar=(),
    festivals=(),
)
