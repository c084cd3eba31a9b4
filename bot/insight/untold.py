"""Causes whose remedy is not told in time to whoever answers as their authors expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.core.content.findings import finding
from bot.core.content.likelihood import Diagnosis
from bot.core.content.mistake import Mistake
from bot.core.diagnosis.belief import Known
from bot.core.diagnosis.move import Ask, HandOver, Tell, move


def untold(diagnosis: Diagnosis) -> Iterator[Mistake]:
    """Each such cause as a mistake of its file."""
    for cause in diagnosis.causes:
        if not _told(diagnosis, cause):
            text = finding("untold", count=diagnosis.remedies)
            yield Mistake(f"faq/causes/{cause}.toml", "facts", text)


def _told(diagnosis: Diagnosis, cause: str) -> bool:
    known, asked = Known(), 0
    while True:
        match move(diagnosis, known, asked):
            case Ask(fact):
                likely = diagnosis.likely[cause][fact]
                value = max(likely, key=likely.__getitem__)
                known, asked = replace(known, values={**known.values, fact: value}), asked + 1
            case Tell(told):
                if told == cause:
                    return True
                known, asked = replace(known, out=(*known.out, told)), 0
            case HandOver():
                return False
