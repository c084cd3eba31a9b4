"""What an agent may send as words of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text (HTML) by its title, and what it is about in a line; `id` has at most 64 bytes."""

    id: str
    title: str
    about: str
    text: str
