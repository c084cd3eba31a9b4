"""What a person sends and sees in an app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a person sees it. `thread` is the topic, None outside topics."""

    id: int
    chat: int
    thread: int | None
    text: str
    html: str
    sender: str
    is_mine: bool
    buttons: dict[str, str]
    raw: Json

    @classmethod
    def read(cls, message: Json) -> Seen:
        """From the client API's message object."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return cls(
            id=message["message_id"],
            chat=message["chat"]["id"],
            thread=message.get("message_thread_id") if "is_topic_message" in message else None,
            text=message.get("text") or message.get("caption") or "",
            html=message["html"],
            sender=message["sender"]["first_name"],
            is_mine=message["out"],
            buttons={b["text"]: b.get("callback_data", "") for row in rows for b in row},
            raw=message,
        )


@dataclass(frozen=True, slots=True)
class Result:
    """An article that the bot offers to somebody who writes."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What the bot offered for an inline query; with `next_offset` there is more."""

    answered: bool
    id: str
    results: tuple[Result, ...]
    next_offset: str

    @classmethod
    def read(cls, page: Json) -> Offered:
        """From the client API's object."""
        return cls(**page | {"results": tuple(Result(**each) for each in page["results"])})


@dataclass(frozen=True, slots=True)
class Answered:
    """The bot's answer to a press: a notification above the chat, or an alert."""

    answered: bool
    text: str | None
    alert: bool
