"""What people wrote stays text, what authors marked is bold, and no message is too long or torn."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.effects import Button
from bot.core.text.render import (
    Html,
    fill,
    joined,
    marked,
    pages,
    placeholders,
    plain,
    rows,
    shortened,
    units,
)

PIECES = st.sampled_from(["<b>", "</b>", "&amp;", "&lt;", "字", "😀", "word ", "\n", "a" * 150])


def html(pieces: list[str]) -> str:
    """Bold that pairs, out of any pieces."""
    text, bold = "", False
    for piece in pieces:
        if piece in ("<b>", "</b>"):
            bold = not bold
            piece = "<b>" if bold else "</b>"
        text += piece
    return text + ("</b>" if bold else "")


def bold_of(text: str) -> list[tuple[str, bool]]:
    """Every character but line breaks, and whether it is bold."""
    seen: list[tuple[str, bool]] = []
    depth = 0

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            nonlocal depth
            depth += 1

        def handle_endtag(self, tag: str) -> None:
            nonlocal depth
            depth -= 1

        def handle_data(self, data: str) -> None:
            seen.extend((letter, depth > 0) for letter in data if letter != "\n")

    reader = Reader()
    reader.feed(text)
    reader.close()
    assert depth == 0, "a tag is left open"
    return seen


@given(pieces=st.lists(PIECES, max_size=80))
def test_pages_lose_nothing_and_never_tear_a_tag_or_entity(pieces: list[str]) -> None:
    text = html(pieces)
    cut = list(pages(text, 400))
    assert [seen for page in cut for seen in bold_of(page)] == bold_of(text)
    assert all(units(plain(page)) <= 400 for page in cut)


def test_pages_are_cut_between_lines_where_that_is_possible() -> None:
    lines = [f"{n} " + "字" * 90 for n in range(20)]
    assert all(set(page.split("\n")) <= set(lines) for page in pages("\n".join(lines), 400))


def test_a_tag_open_at_a_cut_is_closed_and_opened_again() -> None:
    first, second, *_ = pages("<b>" + "字\n" * 300 + "</b>", 400)
    assert first.endswith("</b>")
    assert second.startswith("<b>")


def test_a_short_text_is_one_page_even_when_it_is_empty() -> None:
    assert list(pages("短")) == ["短"]
    assert list(pages("")) == [""]


def test_values_are_escaped_and_the_template_is_marked() -> None:
    filled = fill("**您好** {name}", name="<script>**x**&")
    assert filled == "<b>您好</b> &lt;script&gt;**x**&amp;"


def test_a_value_that_is_html_already_is_left_alone() -> None:
    assert fill("{inner}", inner=Html("<b>1</b>")) == "<b>1</b>"


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert fill("{a}", a="{b}") == "{b}"


def test_bold_may_span_lines_and_a_lone_mark_stays() -> None:
    assert marked("**一\n二** 2 ** 3") == "<b>一\n二</b> 2 ** 3"


@given(text=st.text())
def test_what_was_escaped_reads_as_it_was_written(text: str) -> None:
    assert plain(fill("{text}", text=text)) == text


def test_unpaired_braces_are_reported() -> None:
    assert placeholders("{a} 和 {b}") == {"a", "b"}
    with pytest.raises(ValueError, match=re.escape("expected '}'")):
        placeholders("{a")


def test_length_is_counted_as_telegram_counts() -> None:
    assert (units("字"), units("😀")) == (1, 2)


def test_shortening_shows_that_something_was_cut() -> None:
    assert shortened("四个字的", 4) == "四个字的"
    assert shortened("五个字长的", 4) == "五个字…"


def test_empty_paragraphs_leave_no_gap() -> None:
    assert joined("一", "", "二") == "一\n\n二"


def test_a_long_label_has_its_own_row() -> None:
    short, long = Button("短", "1"), Button("很长很长很长很长很长的一个按钮", "2")
    table = rows([short, short, short, long, short])
    assert [len(row) for row in table] == [2, 1, 1, 1]


HOSTILE = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<script>",
        "&lt;",
        "&amp;",
        "{name}",
        "**",
        "<a href='x'>",
        '"',
        "\u202e",
        "字",
    ]
)


@given(st.lists(HOSTILE, max_size=30).map("".join))
def test_nothing_that_somebody_is_called_or_says_becomes_a_tag(text: str) -> None:
    filled = fill("**{name}** {text}", name=text, text=text)
    assert re.findall(r"<[^>]*>", filled) == ["<b>", "</b>"]
    assert plain(filled) == f"{text} {text}"
    assert all(set(re.findall(r"<[^>]*>", page)) <= {"<b>", "</b>"} for page in pages(filled, 300))
