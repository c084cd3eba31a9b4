"""How much work something is, counted instead of timed: steps of a pattern, calls of code."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from tests.backtracking import Engine

DEPTH = 100_000
"""Frames that the steps of one match may need: some for each character."""


def steps(pattern: re.Pattern[str], text: str) -> int:
    """Items of the pattern tried while all that it finds in the text is found."""
    return sum(count for _, count in walk(pattern, text))


def walk(pattern: re.Pattern[str], text: str) -> Iterator[tuple[tuple[int, int] | None, int]]:
    """Each place where a match is tried: the span of what is found, and the steps taken."""
    at = 0
    while at <= len(text):
        engine = Engine(pattern, text)
        with _deep():
            end = engine.match(at)
        yield (None if end is None else (at, end)), engine.steps
        at = at + 1 if end is None or end == at else end


def patterns(*modules: ModuleType) -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that these modules hold, also within their tables, by its source."""
    return {
        each.pattern: each
        for module in modules
        for value in vars(module).values()
        for each in _held(value)
    }


def _held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _held(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _held(each)


def calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called while `work` runs."""
    count = 0

    def seen(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@contextmanager
def _deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(DEPTH)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
