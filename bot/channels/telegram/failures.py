"""What Telegram's errors mean for whoever ordered a call."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    RetryAfter,
    TelegramError,
)

from bot.channels import Later, Moved, Refused
from bot.channels.telegram.reading import NAME
from bot.core.model.address import address
from bot.core.text.render import plain

T = TypeVar("T")

RETRY = 2.0  # seconds after a failure that names none

# Telegram's own words for what will not work however often it is tried, and the reason that they
# are (`bot.core.model.effects.REASONS`). Lower case, the first that is found counts: the Bot API
# has no codes for them. Telegram's own errors, in capitals, are passed on by the Bot API.
REFUSALS: Mapping[str, str] = {
    "bot was blocked by the user": "blocked",
    "user_is_blocked": "blocked",
    "user is deactivated": "blocked",
    "input_user_deactivated": "blocked",
    "bot can't initiate conversation": "blocked",
    "message thread not found": "no_topic",
    "topic_deleted": "no_topic",
    "topic_id_invalid": "no_topic",
    "topic_closed": "topic_closed",
    "chat not found": "no_group",
    "peer_id_invalid": "no_group",
    "channel_private": "no_group",
    "bot was kicked": "no_group",
    "bot is not a member": "no_group",
    "group chat was deleted": "no_group",
    "group chat was deactivated": "no_group",
    "not enough rights to send text": "no_rights",
    "have no rights to send": "no_rights",
    "chat_write_forbidden": "no_rights",
    "chat_send_plain_forbidden": "no_rights",
    "chat_restricted": "no_rights",
    "user_restricted": "no_rights",
    "not enough rights to send": "kind_forbidden",
    "voice_messages_forbidden": "voice_forbidden",
    "message to copy not found": "no_message",
    "message to edit not found": "no_message",
    "message to pin not found": "no_message",
    "message to react not found": "no_message",
    "message can't be edited": "uneditable",
    "message can't be deleted for everyone": "too_old",
    "message can't be deleted": "undeletable",
    "message can't be copied": "uncopyable",
    "can't copy message": "uncopyable",
    "protected content": "uncopyable",
    "chat_forwards_restricted": "uncopyable",
    "too big": "too_big",
    "too large": "too_big",
}
# One right for each kind of content: CHAT_SEND_PHOTOS_FORBIDDEN, CHAT_SEND_DOCS_FORBIDDEN, ...
KIND_FORBIDDEN = re.compile(r"chat_send_\w+_forbidden")
# The message that is answered is gone, or in a place from which it cannot be answered.
REPLY_LOST = (
    "message to be replied not found",
    "message to reply not found",
    "replied message not found",
    "reply message not found",
    "reply_message_id_invalid",
)
# What is no failure: the wish is fulfilled already, or nobody waits for it any more.
DONE = (
    "not modified",
    "message to delete not found",
    "query is too old",
    "query id is invalid",
    "topic_not_modified",
    "chat_not_modified",
)


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


def is_under_file(refusal: Refused) -> bool:
    """Whether what is to be edited is no text but the words under a file."""
    return "no text in the message to edit" in str(refusal).lower()


def is_reply_lost(error: TelegramError) -> bool:
    """Whether it is the message to be answered that Telegram does not find."""
    detail = str(error).lower()
    return any(words in detail for words in REPLY_LOST)


def is_topic_lost(error: TelegramError) -> bool:
    """Whether it is the topic that Telegram does not find."""
    return _reason(str(error).lower()) == "no_topic"


def failure(error: TelegramError) -> Later | Refused:
    """What Telegram's error means for whoever ordered the call."""
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        wait = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
        return Later(float(wait), "too many requests", limited=True)
    if isinstance(error, ChatMigrated):
        return Moved(address(NAME, error.new_chat_id))
    detail = str(error)
    if (reason := _reason(detail.lower())) is not None:
        return Refused(reason, detail)
    if isinstance(error, Conflict):
        return Later(RETRY, f"another program fetches this bot's updates: {detail}")
    if isinstance(error, BadRequest):
        return Refused("refused", detail)
    if isinstance(error, Forbidden):
        return Refused("no_rights", detail)
    # A token that served until now is not taken for wrong because of one 401 or 404.
    return Later(RETRY, detail)


def _reason(detail: str) -> str | None:
    known = next((reason for words, reason in REFUSALS.items() if words in detail), None)
    return known or ("kind_forbidden" if KIND_FORBIDDEN.search(detail) else None)
