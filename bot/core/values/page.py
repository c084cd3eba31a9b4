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
"""Stands for each character of a text that a field has already taken."""

_AFTER = "…"
_MOST = 4000

_TWO_NUMBERS = re.compile(r"(?<!\d)(\d{1,3})，(?=\d{3}(?![\d.．]))")
"""100，200 may be two numbers; a comma of half the width makes it one."""

_REACH = re.compile(
    r"[\s:=,、;\"'“”()\[\]【】*#]{0,4}"
    r"(?:的?(?:名称|税号|纳税人识别号|统一社会信用代码|抬头|公司|no\.?))?"
    r"[\s:=,\"'“”()]{0,3}(?:应该|就|写的|显示的?|填的|上面)?(?:是|为|叫|写着)?"
    r"[\s:=,\"'“”(]{0,3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that may be a field's value: how it is written, where, and if a cue named it."""

    given: str
    spans: tuple[tuple[int, int], ...]
    cued: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A tidied text, what was taken from it blanked, and whose values stand where.

    `owners` maps the place where a labelled value begins to the ids of the fields so labelled.
    """

    text: str
    owners: Mapping[int, frozenset[str]]

    def owned(self, field: Field) -> list[int]:
        """Where values labelled for this field begin."""
        return sorted(at for at, ids in self.owners.items() if field.id in ids)

    def cued(self, field: Field, start: int) -> bool:
        """A label of this field stands before the value."""
        return field.id in self.owners.get(start, ())

    def free(self, start: int) -> bool:
        """No label at all stands before the value."""
        return start not in self.owners

    def without(self, spans: Iterable[tuple[int, int]]) -> Page:
        """The page with these spans blanked."""
        text = self.text
        for start, end in spans:
            text = text[:start] + TAKEN * (end - start) + text[end:]
        return self if text == self.text else replace(self, text=text)


def open_page(text: str, fields: Sequence[Field], labels: tuple[str, ...]) -> Page:
    """The page of a text for these fields, at most its first 4,000 characters; a value behind one
    of `labels` belongs to none of them.
    """
    clean = apart(tidy(_TWO_NUMBERS.sub(r"\1、", text[:_MOST])))[:_MOST]
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
    """What stands after a value of this field: its cues that begin with an ellipsis.

    A few characters may stand between, none that would turn the meaning (没, 之前, 想). A cue
    that begins with 的 stands at once after the value: 昨天查的发票 was not issued yesterday.
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
    """Any of the words, the longest first; one in Latin letters only as a whole word."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    bounded = (
        rf"(?<![A-Za-z]){re.escape(w)}(?![A-Za-z])" if w.isascii() else re.escape(w)
        for w in longest
    )
    return re.compile("|".join(bounded) or r"(?!)", re.IGNORECASE)
