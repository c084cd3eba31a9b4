"""What Telegram's errors mean for whoever ordered a call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels import Later, Moved, Refused
from bot.core.render import plain

T = TypeVar("T")

RETRY = 2.0  # seconds after a failure that names none

# Telegram's own words for what will not work however often it is tried. Lower case, by their start
# or middle: the Bot API has no codes for them.
REFUSALS: Mapping[str, str] = {
    "bot was blocked by the user": "blocked",
    "user is deactivated": "blocked",
    "bot can't initiate conversation": "blocked",
    "message thread not found": "no_topic",
    "topic_deleted": "no_topic",
    "topic_id_invalid": "no_topic",
    "topic_closed": "topic_closed",
    "chat not found": "no_group",
    "bot was kicked": "no_group",
    "bot is not a member": "no_group",
    "message to copy not found": "no_message",
    "message to edit not found": "no_message",
    "message can't be edited": "no_message",
    "too big": "too_big",
    "too large": "too_big",
}
# What is no failure: the wish is fulfilled already, or nobody waits for it any more.
DONE = ("not modified", "query is too old", "query id is invalid", "topic_not_modified")


async def done(call: Awaitable[T]) -> T:
    try:
        return await call
    except TelegramError as error:
        raise failure(error) from None


async def tried(call: Awaitable[object]) -> None:
    """As `done`, where being told that it is so already is as good."""
    try:
        await call
    except BadRequest as error:
        if not any(word in str(error).lower() for word in DONE):
            raise failure(error) from None
    except TelegramError as error:
        raise failure(error) from None


async def readable(html: str, call: Callable[[str, str | None], Awaitable[T]]) -> T:
    """Call with the text and its parse mode; once more in plain letters if Telegram cannot read it.

    A message in plain letters is better than none.
    """
    try:
        return await call(html, ParseMode.HTML)
    except BadRequest as error:
        if not is_unreadable(error):
            raise
        return await call(plain(html), None)


def is_unreadable(error: TelegramError) -> bool:
    """Whether it is the text's mark-up that Telegram refuses."""
    return "can't parse entities" in str(error).lower()


def failure(error: TelegramError) -> Later | Refused:
    """What Telegram's error means for whoever ordered the call."""
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        wait = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
        return Later(float(wait), "too many requests", limited=True)
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    detail = str(error)
    for words, reason in REFUSALS.items():
        if words in detail.lower():
            return Refused(reason, detail)
    if isinstance(error, Conflict):
        return Later(RETRY, f"another program fetches this bot's updates: {detail}")
    if isinstance(error, Forbidden | BadRequest | InvalidToken):
        return Refused("refused", detail)
    return Later(RETRY, detail)
