from __future__ import annotations

import pytest

from bot.core.values.value import REASONS, Refused, refuse, tidy


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("２０２５，５", "2025,5"),
        ("a\u200bb\ufeff", "ab"),
        ("  a \t b\u3000c ", "a b c"),
        ("a\nb", "a\nb"),
        ("a\r\nb", "a \nb"),
        ("٢٥", "25"),
        ("￥", "¥"),
        ("開票", "开票"),
    ],
)
def test_text_is_read_in_one_plain_spelling(written: str, clean: str) -> None:
    assert tidy(written) == clean


def test_a_refusal_fills_exactly_what_its_reason_names() -> None:
    assert refuse("number_length", digits=7) == Refused("number_length", {"digits": "7"})
    with pytest.raises(KeyError):
        refuse("number_length")
    with pytest.raises(KeyError):
        refuse("no_such_reason")


def test_every_reason_names_its_placeholders_once() -> None:
    assert all(len(set(names)) == len(names) for names in REASONS.values())
