"""A person, or a bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """A person, or a bot.

    `started` and `blocked` are about the first bot; without `hears_voice` a person takes no voice
    and video messages. Forwards of the messages of one who `has_private_forwards` tell only the
    name. The last three are a bot's: whether private chats with it may have topics, whether it has
    inline mode, and whether it is told which of its inline results were chosen.
    """

    id: int
    first_name: str
    username: str | None = None
    is_bot: bool = False
    language_code: str = "zh-hans"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    hears_voice: bool = True
    last_name: str | None = None
    has_private_forwards: bool = False
    has_topics_enabled: bool = False
    supports_inline_queries: bool = False
    has_inline_feedback: bool = False
    json: Json = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            self.json["last_name"] = self.last_name
        if self.username:
            self.json["username"] = self.username
        if not self.is_bot:
            self.json["language_code"] = self.language_code

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name
