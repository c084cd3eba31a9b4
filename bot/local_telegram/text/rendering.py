"""A text and its entities as HTML that a page can show."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from bot.local_telegram.text.entities import in_order

Json = dict[str, Any]

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote>", "</blockquote>"),
}


def to_html(text: str, entities: list[Json]) -> str:
    """`text` as HTML that is safe in a page.

    It has only the tags b, i, u, s, code, pre, blockquote, span.spoiler, and links to http, https
    or tg; overlapping entities are split where another ends.
    """
    if not entities:
        return escape(text)
    raw = text.encode("utf-16-le")
    edges = {0, len(raw) // 2}
    for entity in entities:
        edges |= {entity["offset"], entity["offset"] + entity["length"]}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(raw) // 2)
    html: list[str] = []
    open_now: list[Json] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        covering = [e for e in in_order(entities) if _covers(e, start)]
        kept = 0
        while kept < min(len(open_now), len(covering)) and open_now[kept] is covering[kept]:
            kept += 1
        html += [_tags(e, raw)[1] for e in reversed(open_now[kept:])]
        html += [_tags(e, raw)[0] for e in covering[kept:]]
        open_now = covering
        html.append(escape(raw[2 * start : 2 * end].decode("utf-16-le", "replace")))
    html += [_tags(e, raw)[1] for e in reversed(open_now)]
    return "".join(html)


def _covers(entity: Json, at: int) -> bool:
    return bool(entity["offset"] <= at < entity["offset"] + entity["length"])


def _tags(entity: Json, raw: bytes) -> tuple[str, str]:
    entity_type = entity["type"]
    if entity_type in {"url", "text_link"}:
        start = 2 * entity["offset"]
        shown = raw[start : start + 2 * entity["length"]].decode("utf-16-le", "replace")
        url = entity.get("url") or (shown if "://" in shown else f"http://{shown}")
        if re.match(r"(?:https?|tg)://", url, re.IGNORECASE):
            return f'<a href="{escape(url)}" rel="noopener noreferrer" target="_blank">', "</a>"
        return "", ""
    return _TAGS.get(entity_type, ("", ""))
