"""Readers of answers in words: a choice, a free text, the code of an error; and of words in the
place of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.core.content.knowledge import Field
from bot.core.values.context import Context
from bot.core.values.page import Found, Page
from bot.core.values.value import Refused, Value, refuse, tidy

ERROR_MOST = 100
TEXT_MOST = 1000

_CLOSE = 75
_CLEARLY = 15
_LABEL = re.compile(
    r"^(?:错误(?:代码|码)?|报错(?:代码|码)?|(?:error )?code|代码|提示)"
    r"(?:(?:是|为|[:：=])+ *| *(?=[A-Za-z\d_.-]*\d[A-Za-z\d_.-]*$))",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Za-z\d](?:[A-Za-z\d_.-]{0,28}[A-Za-z\d])?(?![A-Za-z\d])", re.ASCII)
_NO_CODE = re.compile(
    r"[\d.,-]*(?<=\d) ?(?:[:年月日号点时分秒次天个周遍回多张元块万位台辆%/]|小时|[几左])"
    r"|\d{8,}(?!\w)|[\d-]{8,}(?!\w)"
)


def read_choice(field: Field, given: str, context: Context) -> Value | Refused:
    """The id of the choice that an answer names, counts (2), or is clearly most like."""
    text = re.sub(r"[\s。.!,]", "", tidy(given)).casefold()
    names = {choice.label.casefold(): choice.id for choice in field.choices}
    names |= {alias.casefold(): choice for alias, choice in (field.aliases or {}).items()}
    if text.isdecimal() and 1 <= int(text[:3]) <= len(field.choices) and len(text) < 3:
        return Value(field.choices[int(text) - 1].id)
    if text in names:
        return Value(names[text])
    contained = {choice for name, choice in names.items() if name in text}
    if len(contained) == 1:
        return Value(contained.pop())
    best = process.extract(text[:60], list(names), scorer=fuzz.ratio, limit=len(names))
    scores: dict[str, float] = {}
    for name, score, _ in best:
        scores.setdefault(names[name], score)
    ranked = [*sorted(scores.values(), reverse=True), 0, 0]
    if contained or ranked[0] < _CLOSE or ranked[0] - ranked[1] < _CLEARLY:
        return refuse("choice_unclear", choices="、".join(field.labels.values()))
    return Value(max(scores, key=scores.__getitem__))


def read_text(field: Field, given: str, context: Context) -> Value | Refused:
    """The text as it was written, up to `TEXT_MOST` characters."""
    return _within(re.sub(r"[ \t]+", " ", given).strip(), TEXT_MOST)


def read_error(field: Field, given: str, context: Context) -> Value | Refused:
    """A code or the words of an error message as one line, up to `ERROR_MOST` characters."""
    text = _LABEL.sub("", re.sub(r"\s+", " ", given).strip())
    code = tidy(text)
    return _within(code if code.isascii() else text, ERROR_MOST)


def _within(text: str, most: int) -> Value | Refused:
    if not any(c.isalnum() for c in text):
        return refuse("blank")
    if len(text) > most:
        return refuse("text_long", characters=len(text), most=most)
    return Value(text)


def read_file(field: Field, given: str, context: Context) -> Refused:
    """Refuses every text: a file has to be sent."""
    return refuse("file_expected")


def find_error(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Codes behind a label of this field: E-1001, 500; not 3次, 10:05 or a long number."""
    for start in page.owned(field):
        met = _CODE.match(page.text, start)
        if met and any(c.isdigit() for c in met[0]) and not _NO_CODE.match(page.text, start):
            yield Found(met[0], (met.span(),), True)


def find_none(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Finds nothing: the kind is only taken as an answer to its question."""
    return iter(())
