"""What is wrong in a file that an author or operator wrote."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz, process

ALIKE = 60.0
"""How alike (0-100, `rapidfuzz.fuzz.ratio`) a name must be to be what the author may have meant."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the file, the key in it (empty for the file as a whole), and what is wrong."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        return "  ".join(part for part in (self.file, self.key, self.text) if part)


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that is most like this one, or None if none is like it."""
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """Say that there is no such thing, and which one may have been meant."""
    guess = nearest(name, known)
    return f"no {what} {name!r}" + (f" (did you mean {guess!r}?)" if guess else "")
