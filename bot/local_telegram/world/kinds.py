"""The kinds of content that a message can have, by their names in the Bot API."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import count
from typing import Any

Json = dict[str, Any]

PERMISSION_FOR: Mapping[str, tuple[str, str]] = {
    "text": ("can_send_messages", "text messages"),
    "animation": ("can_send_other_messages", "animations"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "video_note": ("can_send_video_notes", "video notes"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "sticker": ("can_send_other_messages", "stickers"),
    "dice": ("can_send_other_messages", "dice"),
    "game": ("can_send_other_messages", "games"),
    "venue": ("can_send_messages", "venues"),
    "location": ("can_send_messages", "locations"),
    "contact": ("can_send_messages", "contacts"),
    "poll": ("can_send_polls", "polls"),
    "checklist": ("can_send_polls", "checklists"),
    "rich_message": ("can_send_messages", "the rich message"),
    "story": ("can_send_photos", "stories"),
    "invoice": ("can_send_messages", "invoice messages"),
    "paid_media": ("can_send_photos", "paid media"),
    "giveaway": ("can_send_messages", "giveaways"),
    "giveaway_winners": ("can_send_messages", "giveaway winners"),
}
"""The permission that each kind of content needs, and the name of that kind in the error.

The order matters: a message with an animation has a document too, one with a venue a location.
"""
CAPTIONED = frozenset(
    ["animation", "audio", "document", "live_photo", "paid_media", "photo", "video", "voice"]
)
"""The kinds that may have a caption."""
ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
"""The emoji that a dice may have, and the highest value of each."""
_albums = count(int(time.time()) << 20)


def kind_of(content: Json) -> str | None:
    """The kind of a content; None for a service message or an unknown kind."""
    return next((kind for kind in PERMISSION_FOR if kind in content), None)


def album_id() -> str:
    """A new `media_group_id`."""
    return str(next(_albums))
