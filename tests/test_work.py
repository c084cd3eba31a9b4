"""The counting engine finds what Python's finds, and tells a pattern that runs wild."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.backtracking import longest, parsed
from tests.work import calls, patterns, steps, walk

PATTERNS = [
    r"a(?:b|c)*d?",
    r"(?P<x>[ab]+)-(?P=x)",
    r"\ba{1,2}?\b",
    r"(?<![a-z])b+(?=c)",
    r"(?<!ab)c|(?!b)[^a\d]",
    r"^a.|b$",
    r"(?:a|ab)(?:c|bcd)?(?:d*)",
    r"(?i)A\s?[B-D]{2,}",
    r"(a|b)*?\1c",
    r"(?i:a(?-i:[B-D])c)",
]


@pytest.mark.parametrize("source", PATTERNS)
@given(text=st.text(alphabet="abcdAB -1\n", max_size=12))
def test_it_finds_what_python_finds(source: str, text: str) -> None:
    pattern = re.compile(source)
    found = [span for span, _ in walk(pattern, text) if span is not None]
    assert found == [met.span() for met in pattern.finditer(text)]


def growth(source: str, piece: str) -> float:
    pattern = re.compile(source)
    return steps(pattern, piece * 24) / steps(pattern, piece * 12)


def test_steps_grow_as_the_pattern_makes_them() -> None:
    assert growth(r"a+b", "b") < 2.1
    assert 3 < growth(r"a+b", "a") < 4.5
    assert growth(r"a+a+a+b", "a") > 6
    assert steps(re.compile(r"(?:a|a)*b"), "a" * 12) > 2**12


def test_calls_are_counted_in_python_and_in_c() -> None:
    def nothing() -> None:
        pass

    def once() -> None:
        len("")

    def often() -> None:
        for _ in range(10):
            once()

    assert calls(once) == calls(nothing) + 1
    assert calls(often) == calls(nothing) + 10 * 2


@pytest.mark.parametrize(
    ("source", "most"), [("ab?", 1), ("a{2,9}", 9), ("x(?=(?:a|b{7}))", 7), ("(?:a?b{3}){2}", 3)]
)
def test_the_longest_repeat_of_a_pattern_is_known(source: str, most: int) -> None:
    assert longest(parsed(re.compile(source))) == most


def test_patterns_are_found_in_tables_too() -> None:
    from bot.core.text import private

    assert private._RUN.pattern in patterns(private)
    assert all(pattern.pattern in patterns(private) for _, pattern, _ in private._PATTERNS)
