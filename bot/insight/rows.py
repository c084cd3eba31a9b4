"""JSON lines in, labelled questions and phrasings, each row checked; JSON lines out, what came.

A row that is wrong is told with its line and with what would be right, all such rows at once up to
`TOLD`; nothing is used of a file with a mistake. Empty lines are passed over, unknown keys too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from reprlib import repr as shortly
from typing import Any, TypeVar

from bot.core.content.mistake import Mistake, nearest
from bot.insight.figures import Judged
from bot.insight.trials import Question

TOLD = 10
"""Mistakes after which reading stops: it is another kind of file then."""
QUESTION = 'a row is {"text": "...", "id": "entry"}; "ids": [...] for several, "id": null for none'
ENTRY = 'a row is {"id": "entry", "phrasings": ["...", "..."]}'

T = TypeVar("T")
Row = dict[str, Any]


class BadRows(ValueError):
    """What is wrong in a file of JSON lines, a line each, and what a row should be."""

    def __init__(self, mistakes: Iterable[Mistake], right: str) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join((*map(str, self.mistakes), right)))


def questions(path: Path, known: Collection[str] | None = None) -> list[Question]:
    """The labelled questions of a file: `{"text", "id" or "ids", "style"}` a row.

    Without `id` and `ids`, or with both null or empty, a question is out of scope. Ids must be
    among those `known`, if given. Raises `BadRows`, also for a file without rows; `OSError`.
    """
    return read(path, lambda row: _question(row, known), QUESTION)


def phrasings(path: Path) -> dict[str, tuple[str, ...]]:
    """The phrasings of each entry of a file: `{"id", "phrasings"}` a row, by id.

    Raises `BadRows`, also for a file without rows or with an id twice; `OSError`.
    """
    found: dict[str, tuple[str, ...]] = {}

    def entry(row: Row) -> None:
        id_, said = words(row, "id"), row.get("phrasings")
        if not isinstance(said, list) or not said:
            raise ValueError(must_be("phrasings", "a list of strings, at least one", row))
        if id_ in found:
            raise ValueError(f"id {id_!r} stands in another row too; put its phrasings into one")
        found[id_] = tuple(words({"phrasings": each}, "phrasings") for each in said)

    read(path, entry, ENTRY)
    return found


def written(judged: Iterable[Judged]) -> str:
    """A row a question: its text and labels, the verdict, what was answered or suggested, and the
    candidates with their scores, likeliest first.
    """
    rows = (
        {
            "text": one.question.text,
            "ids": sorted(one.question.ids),
            "verdict": type(one.verdict).__name__.lower(),
            "answered": one.answered,
            "suggested": list(one.suggested),
            "ranked": [[candidate.id, candidate.score] for candidate in one.candidates],
        }
        for one in judged
    )
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def read(path: Path, parse: Callable[[Row], T], right: str) -> list[T]:
    """What `parse` makes of each row of a file; `right` is what a row should be. `parse` raises
    `ValueError` with what is wrong. Raises `BadRows`, also for a file without rows; `OSError`.
    """
    values: list[T] = []
    mistakes: list[Mistake] = []
    # Not splitlines(): inside JSON text the other line separators of Unicode may stand as they are.
    for number, line in enumerate(_text(path, right).split("\n"), 1):
        try:
            if line.strip():
                values.append(parse(_row(line)))
        except ValueError as error:
            mistakes.append(Mistake(f"{path}:{number}", "", str(error)))
            if len(mistakes) == TOLD:
                break
    if not values and not mistakes:
        mistakes.append(Mistake(str(path), "", "there is no row in it"))
    if mistakes:
        raise BadRows(mistakes, right)
    return values


def _text(path: Path, right: str) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        mistake = Mistake(f"{path}:{number}", "", f"not UTF-8: {error.reason}")
        raise BadRows([mistake], right) from None


def _row(line: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ValueError("not JSON of this kind: too deep") from None
    if not isinstance(row, dict):
        raise ValueError(f"must be one JSON object, not {shortly(row)}")
    return row


def _question(row: Row, known: Collection[str] | None) -> Question:
    text, style = words(row, "text"), row.get("style")
    if not isinstance(style, str | None):
        raise ValueError(must_be("style", "a string", row))
    if style:
        words(row, "style")
    ids = _ids(row)
    for id_ in sorted(ids):
        if known is not None and id_ not in known:
            raise ValueError(unknown(id_, known))
    return Question(text, ids, style or "")


def unknown(id_: str, known: Collection[str], what: str = "entry") -> str:
    """Tells that there is no such id, and which may be meant."""
    meant = nearest(id_, known)
    return f"no {what} {id_!r}" + (f" (did you mean {meant!r}?)" if meant else "")


def _ids(row: Row) -> frozenset[str]:
    one, several = ([] if row.get(key) in (None, "") else row[key] for key in ("id", "ids"))
    if one != [] and not isinstance(one, str):
        raise ValueError(must_be("id", "a string, or null when out of scope", row))
    if not isinstance(several, list) or not all(isinstance(id_, str) and id_ for id_ in several):
        raise ValueError(must_be("ids", "a list of strings, empty when out of scope", row))
    return frozenset([*several, one] if one else several)


def words(row: Row, key: str) -> str:
    """The text under a key, as it stands."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(must_be(key, "a string that is not blank", row))
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError(f"{key} has half a character in it: {value!a}")
    return value


def must_be(key: str, right: str, row: Row) -> str:
    """Tells that what stands under a key is not what is right."""
    return f"{key} must be {right}" + (f", not {shortly(row[key])}" if key in row else "")
