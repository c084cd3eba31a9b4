"""Errors of the Bot API: a code, Telegram's own words, and sometimes parameters."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer with `"ok": false`.

    `description` is complete, prefix included ("Bad Request: chat not found"); `parameters` is the
    `ResponseParameters` object (`retry_after`, `migrate_to_chat_id`) or None.
    """

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> ApiError:
    """400, for a call whose parameters cannot be honoured."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403, for a chat that the bot may not write to."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409, for a call of getUpdates while another waits or a webhook is set."""
    return ApiError(409, f"Conflict: {reason}")


def too_many(retry_after: int) -> ApiError:
    """429; `retry_after` is in whole seconds."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


def migrated(new_id: int) -> ApiError:
    """400, for a group that has become the supergroup `new_id`."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, words, {"migrate_to_chat_id": new_id})
