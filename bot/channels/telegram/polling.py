"""Fetching updates: Telegram keeps them until they are confirmed by asking for later ones."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.channels import Later, Refused
from bot.channels.telegram.failures import RETRY, failure
from bot.channels.telegram.request import AiohttpRequest

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
POLL = 25  # seconds that getUpdates waits at Telegram's side
SLACK = 10  # seconds more until it is late
TOKEN_GONE = 5  # answers in a row that know no such token, after which it was taken back


class Polling:
    """The updates of the bot at this address. Raises `Later`, and `Refused` for a token that is
    gone.
    """

    def __init__(self, request: AiohttpRequest, address: str) -> None:
        self._request = request
        self._address = address
        self._offset: int | None = None
        self._unknown = 0

    async def fetch(self) -> list[dict[str, Any]]:
        """Wait for updates. Asking again tells Telegram that the ones before were received."""
        query = f"timeout={POLL}&allowed_updates={json.dumps(ALLOWED, separators=(',', ':'))}"
        if self._offset is not None:
            query += f"&offset={self._offset}"
        try:
            batch = await self._request.post(
                f"{self._address}/getUpdates?{query}", read_timeout=POLL + SLACK
            )
        except InvalidToken as error:
            self._unknown += 1
            if self._unknown >= TOKEN_GONE:
                gone = f"Telegram does not know this token any more: {error}"
                raise Refused("refused", gone) from None
            raise failure(error) from None
        except TelegramError as error:
            raise failure(error) from None
        self._unknown = 0
        batch = _numbered(batch)
        # After an answer without any nothing is left to confirm, and a number that Telegram began
        # anew would be below the offset.
        self._offset = batch[-1]["update_id"] + 1 if batch else None
        return batch


def _numbered(batch: object) -> list[dict[str, Any]]:
    """The updates in the order in which they happened, which their numbers tell.

    One without a number could never be told from its repetition, nor be confirmed.
    """
    given = batch if isinstance(batch, list) else [None]
    numbered = [u for u in given if isinstance(u, dict) and type(u.get("update_id")) is int]
    if given and not numbered:
        raise Later(RETRY, "the answer is no list of updates")
    return sorted(numbered, key=itemgetter("update_id"))
