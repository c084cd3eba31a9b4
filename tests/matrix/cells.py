"""The cells of the matrix: every kind of content, in every manner, in every setting.

A cell that makes no sense has its reason in `NONSENSE`; all others are played.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local_telegram.examples.contents import CONTENTS

Json = dict[str, Any]

SETTINGS: Mapping[str, str] = {
    "person": "from a person with a ticket in the private chat",
    "person, topic": "in a topic of the private chat",
    "person, flat": "to a group without topics",
    "agent": "from the ticket's owner in its topic",
    "agent, flat": "in a group without topics in reply to the card",
    "newcomer": "a person without a ticket, in the private chat",
}
MANNERS = ("plain", "reply", "forwarded", "quoted", "entities", "edited")
UNKNOWN = "hologram"
"""A kind that no Bot API knows yet."""
KINDS = (*CONTENTS, UNKNOWN)

WORDED = frozenset(
    ["text", "photo", "document", "animation", "audio", "voice", "video", "live_photo"]
)
"""Kinds that have words of their own: a text or a caption."""
REPLACED: Mapping[str, str] = {
    "text": "photo",
    "photo": "photo",
    "document": "document",
    "animation": "animation",
    "audio": "audio",
    "video": "video",
}
"""What an app offers to put into a message of this kind, as editMessageMedia does for bots."""

_UNSENT: Mapping[str, str] = {
    "invoice": "only bots send invoices",
    "passport_data": "only a bot that asks for a passport is sent one",
}
_NO_ANSWER = "a newcomer has nothing to answer, and an edit is a new question"


def nonsense(setting: str, kind: str, manner: str) -> str | None:
    """Why this cell makes no sense; None for one that is played."""
    if kind in _UNSENT:
        return _UNSENT[kind]
    if setting == "newcomer" and manner in ("reply", "quoted", "edited"):
        return _NO_ANSWER
    if manner == "entities" and kind not in WORDED:
        return "it has no words to mark"
    if manner == "edited" and kind not in WORDED | REPLACED.keys():
        return "no app can edit it"
    return None


def played(setting: str) -> list[tuple[str, str]]:
    """Kind and manner of each cell of this setting that makes sense."""
    return [
        (kind, manner)
        for kind in KINDS
        for manner in MANNERS
        if nonsense(setting, kind, manner) is None
    ]
