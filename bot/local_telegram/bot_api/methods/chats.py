"""Bot API methods on chats."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.bot_api.targets import chat_of, named_topic, writable_chat
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import PERMISSIONS
from bot.local_telegram.world.world import World

Json = dict[str, Any]

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def get_chat(world: World, parameters: Parameters) -> Json:
    """getChat"""
    chat = chat_of(world, parameters)
    gifts = dict.fromkeys(
        [
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ],
        False,
    )
    about: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.type != "private":
        about["permissions"] = {name: name in chat.permissions for name in PERMISSIONS}
    if chat.is_protected:
        about["has_protected_content"] = True
    pinned = next((message for each in reversed(chat.pinned) if (message := chat.find(each))), None)
    if pinned is not None:
        about["pinned_message"] = pinned.json(nested=True)
    return chat.json | about


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """sendChatAction"""
    chat = writable_chat(world, parameters)
    if parameters.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    topic = named_topic(chat, parameters)
    world.tell(chat, "typing", topic.id if topic else None)
    return True


def get_user_profile_photos(world: World, parameters: Parameters) -> Json:
    """getUserProfilePhotos: nobody has a photo here."""
    if parameters.integer("user_id") not in world.users:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}
