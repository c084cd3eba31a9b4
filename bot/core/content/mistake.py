"""What is wrong in a file that an author or operator wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.content.findings import NOUNS, finding

ALIKE = 60.0
"""How alike (0-100, `rapidfuzz.fuzz.ratio`) a name must be to be what the author may have meant."""


FEW = 12
"""Names that are few enough to be listed where none resembles the wrong one."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the file, the key in it (empty for the file as a whole), and what is wrong."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        return "  ".join(part for part in (self.file, self.key, self.text) if part)


def reason(error: OSError) -> str:
    """What the system says of a file or an address, as `name: what`, without its number."""
    if error.strerror is None:
        return str(error)
    name = "" if error.filename is None else f"{error.filename}: "
    return f"{name}{error.strerror}"


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that is most like this one, or None if none is like it."""
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """Say that there is no such thing, and what may have been meant."""
    return finding("unknown", what=NOUNS[what], name=name, guess=guess(name, known))


def guess(name: str, known: Collection[str]) -> str:
    """How a sentence about an unknown name ends: the one it resembles, or a few to choose."""
    if (meant := nearest(name, known)) is not None:
        return finding("meant", name=meant)
    return finding("choose", names="、".join(sorted(known))) if 0 < len(known) <= FEW else ""


def twice(file: str, table: str, names: Iterable[str]) -> Iterator[Mistake]:
    """Names that are given more than once in a list of blocks."""
    for name, count in Counter(names).items():
        if count > 1:
            yield Mistake(file, table, finding("twice", name=name, count=count))
