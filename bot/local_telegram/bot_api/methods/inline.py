"""The Bot API method that answers inline queries, with articles that send a text."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.bot_api.presses import TOO_OLD
from bot.local_telegram.text.formatting import text_content
from bot.local_telegram.wire.errors import ApiError, bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.inline import Article
from bot.local_telegram.world.world import World

Json = dict[str, Any]

MOST_RESULTS = 50
ID_BYTES = 64
OFFSET_BYTES = 64
CACHE_SECONDS = 300
KINDS = frozenset(
    [
        "article",
        "audio",
        "contact",
        "document",
        "game",
        "gif",
        "location",
        "mpeg4_gif",
        "photo",
        "sticker",
        "venue",
        "video",
        "voice",
    ]
)
"""The types of the Bot API's `InlineQueryResult`."""
NOT_HERE = ApiError(
    501, "Not Implemented: the local Telegram knows articles with a text and without a keyboard"
)


def answer_inline_query(world: World, parameters: Parameters) -> bool:
    """answerInlineQuery: once, with at most 50 articles; no app shows a button above them."""
    given = parameters.objects("results")
    if parameters.sequence("results") is None:
        raise bad_request("can't parse results: array expected")
    if len(given) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    articles = tuple(_article(Parameters(each)) for each in given)
    if len({article.id for article in articles}) < len(articles):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = parameters.text("next_offset")
    if len(next_offset.encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    seconds = parameters.integer("cache_time")
    if seconds is not None and seconds < 0:
        raise bad_request("invalid cache_time specified")
    query = world.inline.waiting(parameters.text("inline_query_id"))
    if query is None:
        raise bad_request(TOO_OLD)
    kept = CACHE_SECONDS if seconds is None else seconds
    world.inline.answer(query, articles, next_offset, kept, parameters.flag("is_personal"))
    return True


def _article(result: Parameters) -> Article:
    kind, title = result.text("type"), result.text("title")
    if kind not in KINDS:
        raise bad_request("can't parse inline query result: unsupported type specified")
    number = result.text("id")
    if not 1 <= len(number.encode()) <= ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if kind != "article" or result.values.get("reply_markup"):
        raise NOT_HERE
    if not title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    return Article(number, title, result.text("description"), _content(result))


def _content(result: Parameters) -> Json:
    """The text that is sent. Raises 400 for what no message can say."""
    content = result.mapping("input_message_content")
    if content is None:
        raise bad_request(
            "can't parse inline query result: Can't find field \"input_message_content\""
        )
    if "message_text" not in content:
        raise NOT_HERE
    return text_content(Parameters(content | {"text": content["message_text"]}))
