"""Offsets in UTF-16, what is found in plain text, and HTML that is safe to show."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local_telegram.text import entities
from bot.local_telegram.text.entities import found, utf16
from bot.local_telegram.text.rendering import to_html
from tests.work import calls, patterns, steps


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length} | more


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("发票", 2), ("😀票", 3)])
def test_length_is_counted_in_utf16_units(text: str, units: int) -> None:
    assert utf16(text) == units


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("😀 看 https://a.cn/x?y=1，好吗", "url", "https://a.cn/x?y=1"),
        ("在 inv.tax.gov.cn 查", "url", "inv.tax.gov.cn"),
        ("见 (http://a.cn/b).", "url", "http://a.cn/b"),
        ("/start faq-1", "bot_command", "/start"),
        ("请发 /help@local_bot 吧", "bot_command", "/help@local_bot"),
        ("问 @some_one 吧", "mention", "@some_one"),
        ("写信 wang@a.com.cn 给我", "email", "wang@a.com.cn"),
        ("电话 +8613800138000 。", "phone_number", "+8613800138000"),
        ("#发票 查", "hashtag", "#发票"),
        ("涨了 $CNY 吗", "cashtag", "$CNY"),
    ],
)
def test_links_commands_and_the_like_are_found(text: str, kind: str, piece: str) -> None:
    start = utf16(text[: text.index(piece)])
    assert found(text, []) == [entity(kind, start, utf16(piece))]


@pytest.mark.parametrize(
    "text", ["1/2 张", "a/b", "10:30", "3.5 元", "25112000000012345678", "#1", "$5", "US$", "$abc"]
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert found(text, []) == []


def test_nothing_is_found_inside_code() -> None:
    code = [entity("code", 0, 6)]
    assert found("/start", code) == code


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ('<script>"', [], "&lt;script&gt;&quot;"),
        ("😀粗", [entity("bold", 2, 1)], "😀<b>粗</b>"),
        ("abc", [entity("bold", 0, 3), entity("italic", 1, 1)], "<b>a<i>b</i>c</b>"),
        ("abc", [entity("bold", 0, 2), entity("italic", 1, 2)], "<b>a<i>b</i></b><i>c</i>"),
        ("ab", [entity("spoiler", 0, 2)], '<span class="spoiler">ab</span>'),
        ("ab", [entity("text_link", 0, 2, url="javascript:alert(1)")], "ab"),
        ("ab", [entity("custom_emoji", 0, 2)], "ab"),
        ("a<b", [entity("pre", 0, 3)], "<pre>a&lt;b</pre>"),
        ("ab", [entity("bold", 0, 99)], "<b>ab</b>"),
    ],
)
def test_entities_become_safe_html(text: str, entities: list[dict[str, Any]], html: str) -> None:
    assert to_html(text, entities) == html


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    html = to_html("x", [entity("text_link", 0, 1, url='https://a.cn/"onclick="alert(1)')])
    assert 'href="https://a.cn/&quot;onclick=&quot;alert(1)"' in html
    assert 'href="http://a.cn"' in to_html("a.cn", [entity("url", 0, 4)])


@pytest.mark.parametrize("piece", ["a.", "a@", "a-", "/a", "www."])
def test_a_hostile_text_twice_as_long_takes_twice_the_calls_and_four_times_the_steps(
    piece: str,
) -> None:
    assert calls(lambda: found((piece * 4096)[:4096], [])) < 2.2 * calls(
        lambda: found((piece * 2048)[:2048], [])
    )
    for pattern in patterns(entities).values():
        once, twice = (steps(pattern, (piece * length)[:length]) for length in (64, 128))
        assert twice < 4.5 * once, pattern.pattern
