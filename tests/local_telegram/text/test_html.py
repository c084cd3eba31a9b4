"""parse_mode HTML, as strict as Telegram's."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local_telegram.text.html import parse_html
from bot.local_telegram.wire.errors import ApiError


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length} | more


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("1 &lt; 2 &amp;&amp; &#39;&#x4e2d;&quot; &nbsp;", "1 < 2 && '中\" &nbsp;", []),
        ("a & b", "a & b", []),
        ("😀<strong>粗</strong>", "😀粗", [entity("bold", 2, 1)]),
        (
            "<b>粗<i>斜</i></b>",
            "粗斜",
            [entity("bold", 0, 2), entity("italic", 1, 1)],
        ),
        (
            '<a href="https://a.cn/?x=1&amp;y=2">链</a>',
            "链",
            [entity("text_link", 0, 1, url="https://a.cn/?x=1&y=2")],
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<b></b><u>x</u>", "x", [entity("underline", 0, 1)]),
        ("<A HREF='https://a.cn'>x</A>", "x", [entity("text_link", 0, 1, url="https://a.cn")]),
    ],
)
def test_marked_up_text_is_read(html: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(html) == (text, entities)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "票<b><i>x</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("票<table>", 'Unsupported start tag "table" at byte offset 3'),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<b x", "Unclosed start tag at byte offset 0"),
    ],
)
def test_broken_markup_is_refused_with_its_place_in_bytes(html: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"
