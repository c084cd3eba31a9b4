"""What fields of a Telegram message are: core.telegram.org/bots/api#message, version 10.3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.model.message import What

# What a message brings, in the order in which it is looked for: an animation comes with a document
# as well, a live photo with a photo, a venue with a location.
CONTENT: Mapping[str, What] = {
    "live_photo": "other",
    "photo": "photo",
    "animation": "video",
    "video": "video",
    "video_note": "video",
    "voice": "voice",
    "audio": "audio",
    "document": "document",
    "sticker": "sticker",
    "venue": "location",
    "location": "location",
    "contact": "contact",
    "poll": "other",
    "dice": "other",
    "story": "other",
    "paid_media": "other",
    "game": "other",
    "invoice": "other",
    "checklist": "other",
    "rich_message": "other",
    "giveaway": "other",
    "giveaway_winners": "other",
}

# Those that are a file, or of a photo its sizes.
FILES = frozenset(
    "live_photo photo animation video video_note voice audio document sticker".split()  # noqa: SIM905
)

# What says something of a message and is none of it.
ABOUT = frozenset(
    """
    message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count
    sender_business_bot sender_tag guest_query_id date business_connection_id chat forward_origin
    is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story
    reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user
    guest_bot_caller_chat edit_date has_protected_content is_from_offline is_paid_post
    media_group_id author_signature paid_star_count entities link_preview_options
    suggested_post_info effect_id caption caption_entities show_caption_above_media
    has_media_spoiler reply_markup receiver_user ephemeral_message_id forward_date forward_from
    forward_from_chat forward_from_message_id forward_sender_name forward_signature
    """.split()  # noqa: SIM905 - a list of names reads better so
)

# What Telegram tells in the form of a message and nobody wrote.
SERVICE = frozenset(
    """
    new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title
    new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created
    channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id
    pinned_message successful_payment refunded_payment users_shared user_shared chat_shared gift
    unique_gift gift_upgrade_sent connected_website write_access_allowed passport_data
    proximity_alert_triggered boost_added chat_background_set checklist_tasks_done
    checklist_tasks_added direct_message_price_changed forum_topic_created forum_topic_edited
    forum_topic_closed forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden
    giveaway_created giveaway_completed managed_bot_created paid_message_price_changed
    poll_option_added poll_option_deleted suggested_post_approved suggested_post_approval_failed
    suggested_post_declined suggested_post_paid suggested_post_refunded video_chat_scheduled
    video_chat_started video_chat_ended video_chat_participants_invited web_app_data
    community_chat_added community_chat_removed community_chat_joined
    """.split()  # noqa: SIM905
)


def content(message: Mapping[str, Any]) -> str | None:
    """The field that makes a message what it is, or None where nobody wrote it.

    What is neither known nor a service message was written by somebody: a kind that came after this
    list, or, as "", one of which Telegram tells bots nothing.
    """
    if "text" in message:
        return "text"
    known = next((name for name in CONTENT if name in message), None)
    if known is not None:
        return known
    rest = message.keys() - ABOUT
    return None if rest & SERVICE else min(rest, default="")
