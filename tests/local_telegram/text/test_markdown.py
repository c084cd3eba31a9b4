"""Markdown and MarkdownV2: what they mean, and Telegram's words for what they do not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local_telegram.text.markdown import parse_markdown
from bot.local_telegram.text.markdown_v2 import parse_markdown_v2
from bot.local_telegram.wire.errors import ApiError


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length} | more


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("没有", "没有", []),
        ("😀*粗*_斜_", "😀粗斜", [entity("bold", 2, 1), entity("italic", 3, 1)]),
        (r"1\_2\*3\`4\[5\]", r"1_2*3`4[5\]", []),
        ("`a*b`", "a*b", [entity("code", 0, 3)]),
        ("**空", "空", []),
        (
            "[链](https://a.cn/x) [b.cn] [空]()",
            "链 b.cn 空",
            [
                entity("text_link", 0, 1, url="https://a.cn/x"),
                entity("text_link", 2, 4, url="http://b.cn"),
            ],
        ),
        ("```\nx *y*\n```", "x *y*\n", [entity("pre", 0, 6)]),
        ("```python\nx```", "x", [entity("pre", 0, 1, language="python")]),
        ("```x```", "x", [entity("pre", 0, 1)]),
    ],
)
def test_markdown(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_markdown(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "at"), [("您好*粗", 6), ("a_b", 1), ("`x", 0), ("```x``", 0), ("x [y", 2)]
)
def test_markdown_without_an_end(source: str, at: int) -> None:
    with pytest.raises(ApiError) as refused:
        parse_markdown(source)
    assert refused.value.description == (
        "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset "
        f"{at}"
    )


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("没有", "没有", []),
        (r"1\.5 \- x\!", "1.5 - x!", []),
        (
            "*粗 _斜 ~删~_*",
            "粗 斜 删",
            [entity("bold", 0, 5), entity("italic", 2, 3), entity("strikethrough", 4, 1)],
        ),
        ("__下__ ||密||", "下 密", [entity("underline", 0, 1), entity("spoiler", 2, 1)]),
        ("`a_b.` *😀*", "a_b. 😀", [entity("code", 0, 4), entity("bold", 5, 2)]),
        ("```py\nx = 1.0\n```", "x = 1.0\n", [entity("pre", 0, 8, language="py")]),
        (r"[a\]b](https://a.cn/\))", "a]b", [entity("text_link", 0, 3, url="https://a.cn/)")]),
        (
            "![👍](tg://emoji?id=5368)![九点](tg://time?unix=9&format=t)",
            "👍九点",
            [
                entity("custom_emoji", 0, 2, custom_emoji_id="5368"),
                entity("date_time", 2, 2, unix_time=9, date_time_format="t"),
            ],
        ),
        (">引\n>用\n外", "引\n用\n外", [entity("blockquote", 0, 3)]),
        (">引\n>用||", "引\n用", [entity("expandable_blockquote", 0, 3)]),
        (">*粗*", "粗", [entity("blockquote", 0, 1), entity("bold", 0, 1)]),
    ],
)
def test_markdown_v2(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_markdown_v2(source) == (text, entities)


RESERVED = [
    (f"票{mark}", f"Character '{mark}' is reserved and must be escaped with the preceding '\\'")
    for mark in ")]#+-={}.!>|"
]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        *RESERVED,
        ("您好*粗", "Can't find end of Bold entity at byte offset 6"),
        ("*粗_*_", "Can't find end of Italic entity at byte offset 6"),
        ("__x_", "Can't find end of Italic entity at byte offset 3"),
        ("||x", "Can't find end of Spoiler entity at byte offset 0"),
        ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
        ("```\nx", "Can't find end of Pre entity at byte offset 0"),
        ("[x", "Can't find end of TextUrl entity at byte offset 0"),
        ("[x](a", "Can't find end of a URL at byte offset 4"),
        (">*x\ny*", "Can't find end of Bold entity at byte offset 1"),
        ("![x]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![x](https://a.cn)", "Invalid tg://emoji or tg://time URL specified"),
    ],
)
def test_markdown_v2_that_telegram_refuses(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_markdown_v2(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"
