"""The answers to calls of a bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.local_telegram.wire.errors import ApiError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """HTTP status and body; bytes are sent as they are."""

    status: int
    body: Json | bytes


class Dropped(Exception):
    """The connection is cut instead of an answer."""


def result_answer(result: Any) -> Answer:
    """The answer to a call that succeeded; `result` can be written as JSON."""
    return Answer(200, {"ok": True, "result": result})


def error_answer(error: ApiError) -> Answer:
    """The answer to a call that failed."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Answer(error.code, body)
