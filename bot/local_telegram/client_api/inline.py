"""What a person asks the bot while writing in a chat, and the result that they send there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from bot.local_telegram.client_api.sending import post_chosen
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.inline import Page, Query
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

QUERY_LENGTH = 256
INLINE_SECONDS = 10.0
SAME_BOT = "sender"
"""What a query from the private chat with the bot that it asks has as its `chat_type`."""


def ask(world: World, user: User, chat: Chat, parameters: Parameters) -> Awaitable[Json]:
    """Ask what `@bot` with the words `query` offers; `offset` is what the page before told.

    Gives the `id` of the page, its `results` and `next_offset`; whether the bot `answered`.
    """
    if not world.bot.supports_inline_queries:
        raise bad_request("the bot has no inline mode")
    text, offset = parameters.text("query"), parameters.text("offset")
    if len(text) > QUERY_LENGTH:
        raise bad_request(f"the query is over {QUERY_LENGTH} characters")
    if (page := world.inline.kept(user, text, offset)) is not None:
        return _told(page)
    query = world.inline.ask(user, text, offset)
    told = {
        "id": query.id,
        "from": user.json,
        "query": text,
        "offset": offset,
        "chat_type": SAME_BOT if chat.type == "private" else chat.type,
    }
    world.updates.put("inline_query", told, user.id)
    return _answered(query)


async def _answered(query: Query) -> Json:
    try:
        page = await asyncio.wait_for(asyncio.shield(query.page), INLINE_SECONDS)
    except TimeoutError:
        return {"answered": False, "id": query.id, "results": [], "next_offset": ""}
    return await _told(page)


async def _told(page: Page) -> Json:
    results = [
        {"id": each.id, "title": each.title, "description": each.description}
        for each in page.articles
    ]
    return {"answered": True, "id": page.id, "results": results, "next_offset": page.next_offset}


def choose(world: World, user: User, chat: Chat, parameters: Parameters) -> list[Message]:
    """Send the `result` of a `page` that one was offered, as if one had written it.

    The bot hears which it was only where it has inline feedback.
    """
    result = parameters.text("result")
    found = world.inline.offered(user, parameters.text("page"), result)
    if found is None:
        raise bad_request("the person was offered no such result")
    page, article = found
    sent = post_chosen(world, user, chat, parameters, article.content)
    if world.bot.has_inline_feedback:
        told = {"result_id": article.id, "from": user.json, "query": page.text}
        world.updates.put("chosen_inline_result", told, user.id)
    return sent
