"""A free text on which several fields look for their values.

Labels such as 发票号码 are found first, all at once, the longest wins: so 电话号码 is never taken
for 号码, and what stands after a label that is no field's (校验码) belongs to none. A span that one
field took is blanked for those after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.core.content.knowledge import Field
from bot.core.values.clock_times import apart
from bot.core.values.value import tidy

TAKEN = "\0"
"""Replaces each character of a text that a field has taken."""

_AFTER = "…"
MOST = 4000
"""Characters of a text that are read; Telegram's own limit is 4,096."""

_TWO_NUMBERS = re.compile(r"(?<!\d)(\d{1,3})，(?=\d{3}(?![\d.．]))")
"""100，200 is two numbers, unless the comma is of half the width."""

_REACH = re.compile(
    r"[\s:=,、;\"'“”()\[\]【】*#]{0,4}"
    r"(?:的?(?:名称|税号|纳税人识别号|统一社会信用代码|抬头|公司|no\.?))?"
    r"[\s:=,\"'“”()]{0,3}(?:应该|就|写的|显示的?|填的|上面)?(?:是|为|叫|写着)?"
    r"[\s:=,\"'“”(]{0,3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What may be a field's value: as it is written, its spans (start, end) in the page's text, and
    whether a cue of the field says so (`cued`).
    """

    given: str
    spans: tuple[tuple[int, int], ...]
    cued: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A tidied text in which each character that a field took is `TAKEN`.

    `owners` maps the index where a labelled value begins to the ids of the fields with that label;
    none of them for a label that is no field's.
    """

    text: str
    owners: Mapping[int, frozenset[str]]

    def owned(self, field: Field) -> list[int]:
        """The indices where values behind a label of this field begin, in order."""
        return sorted(at for at, ids in self.owners.items() if field.id in ids)

    def cued(self, field: Field, start: int) -> bool:
        """Whether a label of this field stands before the value that begins at `start`."""
        return field.id in self.owners.get(start, ())

    def free(self, start: int) -> bool:
        """Whether no label at all stands before the value that begins at `start`."""
        return start not in self.owners

    def without(self, spans: Iterable[tuple[int, int]]) -> Page:
        """The page with these spans (start, end) taken."""
        text = self.text
        for start, end in spans:
            text = text[:start] + TAKEN * (end - start) + text[end:]
        return self if text == self.text else replace(self, text=text)


def open_page(text: str, fields: Sequence[Field], labels: tuple[str, ...]) -> Page:
    """The page of a text for these fields, at most its first `MOST` characters; a value behind one
    of `labels` belongs to none of them.
    """
    clean = apart(tidy(_TWO_NUMBERS.sub(r"\1、", text[:MOST])))[:MOST]
    whose, label = _labels(tuple((field.id, field.cues) for field in fields), labels)
    owners: dict[int, frozenset[str]] = {}
    for met in label.finditer(clean):
        reach = _REACH.match(clean, met.end())
        at = reach.end() if reach else met.end()
        owners[at] = owners.get(at, frozenset()) | whose[met[0].casefold()]
    return Page(clean, owners)


@lru_cache
def _labels(
    cues: tuple[tuple[str, tuple[str, ...]], ...], foreign: tuple[str, ...]
) -> tuple[Mapping[str, frozenset[str]], re.Pattern[str]]:
    """The fields that each label belongs to, and a pattern that finds any label."""
    whose = {word: frozenset[str]() for word in map(str.casefold, foreign)}
    for field, words in cues:
        for cue in words:
            if not cue.startswith(_AFTER):
                folded = cue.casefold()
                whose[folded] = whose.get(folded, frozenset()) | {field}
    return whose, either(tuple(whose))


def after(field: Field) -> re.Pattern[str]:
    """A pattern for what stands directly after a value of this field: its cues with ….

    Up to six characters may stand between, none of which turns the meaning (没, 之前, 想). A cue
    that begins with 的 allows none: 昨天查的发票 was not issued yesterday.
    """
    return _behind(field.cues)


@lru_cache
def _behind(cues: tuple[str, ...]) -> re.Pattern[str]:
    words = [cue.removeprefix(_AFTER) for cue in cues if cue.startswith(_AFTER)]
    bound = either(tuple(word for word in words if word.startswith("的"))).pattern
    loose = either(tuple(word for word in words if not word.startswith("的"))).pattern
    gap = r" ?[^\s,;:。!?、\d\0没不未非前后左右到至想要能会的~-]{0,6}?(?:的时候)?"
    return re.compile(f" ?(?:{bound})|{gap}(?:{loose})", re.IGNORECASE)


@lru_cache
def either(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first, in any case; one in Latin letters is only
    found as a whole word.
    """
    longest = sorted(words, key=lambda word: (-len(word), word))
    bounded = (
        rf"(?<![A-Za-z]){re.escape(w)}(?![A-Za-z])" if w.isascii() else re.escape(w)
        for w in longest
    )
    return re.compile("|".join(bounded) or r"(?!)", re.IGNORECASE)
