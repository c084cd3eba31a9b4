"""Cases to play and replies to read, as JSON lines, each row checked against the authors' files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.core.content.likelihood import Diagnosis
from bot.insight.diagnose import SOLVED, UNSOLVED, Case, Played, Reply, by_cause, by_fact, figures
from bot.insight.rows import Row, must_be, read, unknown, words

CASE = (
    'a row is {"id": "...", "opening": ["..."], "replies": {"fact": "..."}, "otherwise": "...",'
    ' "cause": ["..."], "known": ["fact"]}'
)
REPLY = 'a row is {"asked": "fact", "text": "...", "value": "..."}; "value": null for no answer'


def cases(path: Path, diagnosis: Diagnosis) -> list[Case]:
    """The cases of a file. Raises `BadRows`, also for a file without rows; `OSError`."""
    return read(path, lambda row: _case(row, diagnosis), CASE)


def replies(path: Path, diagnosis: Diagnosis) -> list[Reply]:
    """The replies of a file. Raises `BadRows`, also for a file without rows; `OSError`."""
    return read(path, lambda row: _reply(row, diagnosis), REPLY)


def written(played: Iterable[Played]) -> str:
    """All figures, by cause and by fact as well, and what was said in each case, as JSON."""
    every = list(played)
    talks = [
        {
            "id": one.case.id,
            "cause": sorted(one.case.causes),
            "told": one.told,
            "asked": one.asked,
            "again": one.again,
            "lost": one.lost,
            "talk": one.talk,
        }
        for one in every
    ]
    told = {"by_cause": by_cause(every), "by_fact": by_fact(every), "cases": talks}
    return json.dumps({**asdict(figures(every)), **told}, ensure_ascii=False, indent=1) + "\n"


def _case(row: Row, diagnosis: Diagnosis) -> Case:
    answers = row.get("replies", {})
    if not isinstance(answers, dict):
        raise ValueError(must_be("replies", "an object", row))
    for fact in answers.keys() - {SOLVED, UNSOLVED}:
        if fact not in diagnosis.facts:
            raise ValueError(unknown(fact, diagnosis.facts, "fact"))
    causes, known = _list(row, "cause"), _list(row, "known", least=0)
    for cause in causes:
        if cause not in diagnosis.causes:
            raise ValueError(unknown(cause, diagnosis.causes, "cause"))
    for fact in known:
        if fact not in diagnosis.facts:
            raise ValueError(unknown(fact, diagnosis.facts, "fact"))
    return Case(
        id=words(row, "id"),
        opening=tuple(_list(row, "opening")),
        replies={fact: words(answers, fact) for fact in answers},
        otherwise=words(row, "otherwise"),
        causes=frozenset(causes),
        known=frozenset(known),
    )


def _reply(row: Row, diagnosis: Diagnosis) -> Reply:
    asked, value = words(row, "asked"), row.get("value")
    fact = diagnosis.facts.get(asked)
    if fact is None:
        raise ValueError(unknown(asked, diagnosis.facts, "fact"))
    if value is not None and (not isinstance(value, str) or fact.value(value) is None):
        raise ValueError(unknown(str(value), [each.id for each in fact.values], "value"))
    return Reply(asked=asked, text=words(row, "text"), value=value)


def _list(row: Row, key: str, least: int = 1) -> list[str]:
    value: Any = row.get(key, [])
    if not isinstance(value, list) or len(value) < least:
        raise ValueError(must_be(key, "a list of strings", row))
    return [words({key: each}, key) for each in value]
