"""Inline mode: what somebody asks while they write, and the articles that they are offered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels import Asked
from bot.channels.telegram import door
from bot.channels.telegram.reading import NAME
from bot.core.model.address import address
from bot.core.model.snippet import Snippet

Json = dict[str, Any]


def asked(kept: str) -> Asked | None:
    """What an update that was kept so asks; None for any other, and for nonsense, which is told
    when it is read.
    """
    if '"inline_query"' not in kept:
        return None
    try:
        query = door.checked(kept).get("inline_query")
    except door.Nonsense:
        return None
    if query is None:
        return None
    who = address(NAME, query["from"]["id"])
    return Asked(who, query["id"], query["query"], query.get("offset", ""))


def answer(query: str, found: Sequence[Snippet], following: str) -> Json:
    """The fields of answerInlineQuery, of which nothing is kept at Telegram's side."""
    return {
        "inline_query_id": query,
        "results": [_article(each) for each in found],
        "cache_time": 0,
        "is_personal": True,
        "next_offset": following,
    }


def _article(snippet: Snippet) -> Json:
    return {
        "type": "article",
        "id": snippet.id,
        "title": snippet.title,
        "description": snippet.about,
        "input_message_content": {"message_text": snippet.text, "parse_mode": "HTML"},
    }
