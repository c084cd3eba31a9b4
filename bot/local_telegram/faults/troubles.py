"""The troubles that can befall a call of the bot, by their names."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.local_telegram.wire.answers import Answer, Dropped
from bot.local_telegram.wire.errors import ApiError, bad_request, forbidden, too_many


@dataclass(frozen=True, slots=True)
class Trouble:
    """A wrong answer to a call, or none: "reset" cuts the connection, "silence" never answers.

    `after`: the call took effect all the same. "unseen" is no wrong answer: the call is answered
    and takes effect, and no app gets an ephemeral message that it is about.
    """

    wrong: ApiError | Answer | Literal["reset", "silence", "unseen"]
    after: bool = False

    async def befall(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Answer `call` wrongly. Raises `ApiError` or `Dropped`."""
        if self.wrong == "unseen":
            return await call()
        if self.after:
            await call()
        if isinstance(self.wrong, ApiError):
            raise self.wrong
        if isinstance(self.wrong, Answer):
            return self.wrong
        if self.wrong == "silence":
            await asyncio.Event().wait()  # until the bot hangs up
        raise Dropped


BAD_GATEWAY = Answer(502, b"<html><h1>502 Bad Gateway</h1></html>")
GARBAGE = Answer(200, b'{"ok":true,"result":{"message_id":')

PASSING: Mapping[str, Trouble] = {
    "too many": Trouble(too_many(1)),
    "error 500": Trouble(ApiError(500, "Internal Server Error")),
    "error 500 after": Trouble(ApiError(500, "Internal Server Error"), after=True),
    "bad gateway": Trouble(BAD_GATEWAY),
    "bad gateway after": Trouble(BAD_GATEWAY, after=True),
    "reset": Trouble("reset"),
    "reset after": Trouble("reset", after=True),
    "garbage": Trouble(GARBAGE),
    "garbage after": Trouble(GARBAGE, after=True),
    "timeout": Trouble("silence"),
    "timeout after": Trouble("silence", after=True),
}
"""Passing troubles: the same call may succeed another time."""

LASTING: Mapping[str, Trouble] = {
    "blocked": Trouble(forbidden("bot was blocked by the user")),
    "kicked": Trouble(forbidden("bot was kicked from the supergroup chat")),
    "unreadable": Trouble(bad_request("can't parse entities: unsupported start tag at offset 0")),
    "no topic": Trouble(bad_request("message thread not found")),
    "topic closed": Trouble(bad_request("TOPIC_CLOSED")),
    "nothing to edit": Trouble(bad_request("message to edit not found")),
    "nothing to copy": Trouble(bad_request("message to copy not found")),
    "too big": Trouble(bad_request("file is too big")),
    "too large": Trouble(ApiError(413, "Request Entity Too Large")),
}
"""Lasting troubles: the same call fails again."""

UNNOTICED: Mapping[str, Trouble] = {"ephemeral lost": Trouble("unseen")}
"""Troubles of which the answer to the call tells nothing."""

TROUBLES = {**PASSING, **LASTING, **UNNOTICED}
SWIFT = tuple(name for name in PASSING if not name.startswith("timeout"))
"""The passing troubles that do not take the time of a silence."""
