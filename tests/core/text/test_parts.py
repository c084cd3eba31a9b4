"""A text in small parts loses nothing, and no part begins inside a character or a value."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.parts import parts
from bot.core.text.render import units

MOST = 40
PIECES = st.sampled_from(
    ["字", "😀", "👩\u200d👩\u200d👧", "👍🏽", "🇨🇳", "e\u0301", "\n", "，", "word ", "13800001234"]
)


def bare(text: str) -> str:
    return text.replace("\n", "")


@given(st.lists(PIECES, max_size=120))
def test_nothing_is_lost_nothing_too_long_and_no_character_torn(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = parts(text, MOST)
    assert bare("".join(found)) == bare(text)
    assert all(0 < units(part) <= MOST for part in found)
    torn = re.compile("^[\u200d\u0301\U0001f3fd]|\u200d$")
    assert not any(torn.search(part) for part in found)
    assert all(len(re.findall("[\U0001f1e6-\U0001f1ff]", part)) % 2 == 0 for part in found)


def test_lines_stay_whole_where_they_can() -> None:
    lines = [f"第{n}行：" + "长" * 12 for n in range(6)]
    assert parts("\n".join(lines), MOST) == tuple(
        "\n".join(lines[n : n + 2]) for n in range(0, 6, 2)
    )


@pytest.mark.parametrize(
    "value", ["138 0000 1234", "4111 1111 1111 1111", "wang.fang@example.com", "2611200000001234"]
)
@pytest.mark.parametrize("before", range(20, 42))
def test_a_value_in_a_long_line_stays_whole(value: str, before: int) -> None:
    text = "话" * before + value + "话" * 40
    assert sum(value in part for part in parts(text, MOST)) == 1


@pytest.mark.parametrize("text", ["9" * 100, "e" + "\u0301" * 100, "😀" * 50])
def test_what_is_longer_than_a_part_is_cut_after_all(text: str) -> None:
    found = parts(text, MOST)
    assert "".join(found) == text
    assert all(units(part) <= MOST for part in found)


def test_of_nothing_there_are_no_parts() -> None:
    assert parts("", MOST) == parts("\n\n", MOST) == ()
