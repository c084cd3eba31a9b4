"""Find what is wrong in texts of the authors, and in the names in braces that each may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from bot.core.content.findings import finding
from bot.core.content.mistake import Mistake, guess
from bot.core.content.wording import Wording
from bot.core.text.render import placeholders

K = TypeVar("K", bound=str)


def table(
    file: str,
    prefix: str,
    written: Mapping[K, str],
    known: Mapping[K, Iterable[str]],
    wording: Wording,
) -> Iterator[Mistake]:
    """A table of texts with the `known` keys, each with the placeholders it may use."""
    for key in sorted(known.keys() - written.keys()):
        yield Mistake(file, f"{prefix}{key}", finding("missing"))
    for key, value in written.items():
        if key in known:
            yield from template(file, f"{prefix}{key}", value, known[key], wording)
        else:
            text = finding("unknown_key", guess=guess(key, known))
            yield Mistake(file, f"{prefix}{key}", text)


def template(
    file: str, key: str, value: str, allowed: Iterable[str], wording: Wording
) -> Iterator[Mistake]:
    """One text with the placeholders it may use."""
    for fault in wording.faults(value):
        yield Mistake(file, key, fault)
    try:
        used = placeholders(value)
    except ValueError:
        yield Mistake(file, key, finding("braces"))
        return
    known = "、".join(f"{{{name}}}" for name in sorted(allowed))
    for name in used - set(allowed):
        text = finding("placeholder" if known else "no_placeholder", name=name, known=known)
        yield Mistake(file, key, text)
