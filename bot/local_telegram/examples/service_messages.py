"""An example of each service message, by which Telegram tells what was done.

They only look so: nothing else in the chat changes with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.local_telegram.examples.contents import CONTENTS, LATER, Make, Scene, example
from bot.local_telegram.examples.origins import CHANNEL

Json = dict[str, Any]

COMMUNITY: Json = {"id": 1, "name": "邻里"}
PRICE: Json = {"currency": "XTR", "amount": 50}
PAID: Json = {
    "currency": "XTR",
    "total_amount": 50,
    "invoice_payload": "payload",
    "telegram_payment_charge_id": "charge-1",
    "provider_payment_charge_id": "",
}
BACKGROUND: Json = {
    "type": {
        "type": "fill",
        "fill": {"type": "solid", "color": 0xFFFFFF},
        "dark_theme_dimming": 0,
    }
}


def _about(kind: str, name: str, **more: Any) -> Make:
    """A maker of a content with the latest message of the chat under `name`."""
    return lambda scene: {kind: more | {name: _latest(scene)}}


def _latest(scene: Scene) -> Json:
    last = next(reversed(scene.chat.messages.values()), None)
    if last is None:
        return {"chat": scene.chat.json, "message_id": 1, "date": 0}
    return last.json(nested=True)


def _user(make: Callable[[Json], Any], kind: str) -> Make:
    return lambda scene: {kind: make(scene.user.json)}


def _soon(kind: str, name: str) -> Make:
    return lambda scene: {kind: {name: scene.now + LATER}}


def _gift(scene: Scene) -> Json:
    gift = {"id": "5170000000000000001", "sticker": scene.file("sticker"), "star_count": 15}
    return {"gift": gift, "text": "谢谢", "convert_star_count": 13}


def _unique_gift(scene: Scene) -> Json:
    parts = {
        part: {"name": part, "sticker": scene.file("sticker"), "rarity_per_mille": 10}
        for part in ("model", "symbol")
    }
    colors = ("center_color", "edge_color", "symbol_color", "text_color")
    backdrop = {"name": "backdrop", "colors": dict.fromkeys(colors, 0), "rarity_per_mille": 10}
    named = {"gift_id": "1", "base_name": "Cup", "name": "Cup-1", "number": 1}
    return {"gift": named | parts | {"backdrop": backdrop}, "origin": "transfer"}


def _photo(scene: Scene) -> Json:
    return {"new_chat_photo": scene.file("photo")}


_OPTION: Json = {"option_persistent_id": "2", "option_text": "不知道"}
_TASK: Json = {"id": 3, "text": "身份证"}

SERVICE: Mapping[str, Make] = {
    "new_chat_members": _user(lambda user: [user], "new_chat_members"),
    "left_chat_member": _user(lambda user: user, "left_chat_member"),
    "chat_owner_left": _user(lambda user: {"new_owner": user}, "chat_owner_left"),
    "chat_owner_changed": _user(lambda user: {"new_owner": user}, "chat_owner_changed"),
    "new_chat_title": example(new_chat_title="新名字"),
    "new_chat_photo": _photo,
    "delete_chat_photo": example(delete_chat_photo=True),
    "group_chat_created": example(group_chat_created=True),
    "supergroup_chat_created": example(supergroup_chat_created=True),
    "channel_chat_created": example(channel_chat_created=True),
    "message_auto_delete_timer_changed": example(
        message_auto_delete_timer_changed={"message_auto_delete_time": 86_400}
    ),
    "migrate_to_chat_id": example(migrate_to_chat_id=-1001900000002),
    "migrate_from_chat_id": example(migrate_from_chat_id=-900000002),
    "pinned_message": lambda scene: {"pinned_message": _latest(scene)},
    "successful_payment": example(successful_payment=PAID),
    "refunded_payment": example(refunded_payment=PAID),
    "users_shared": example(users_shared={"request_id": 1, "users": [{"user_id": 42}]}),
    "chat_shared": example(chat_shared={"request_id": 2, "chat_id": CHANNEL["id"]}),
    "gift": lambda scene: {"gift": _gift(scene)},
    "unique_gift": lambda scene: {"unique_gift": _unique_gift(scene)},
    "gift_upgrade_sent": lambda scene: {"gift_upgrade_sent": _gift(scene)},
    "connected_website": example(connected_website="example.cn"),
    "write_access_allowed": example(write_access_allowed={"from_request": True}),
    "proximity_alert_triggered": _user(
        lambda user: {"traveler": user, "watcher": user, "distance": 50},
        "proximity_alert_triggered",
    ),
    "boost_added": example(boost_added={"boost_count": 1}),
    "chat_background_set": example(chat_background_set=BACKGROUND),
    "checklist_tasks_done": example(checklist_tasks_done={"marked_as_done_task_ids": [1]}),
    "checklist_tasks_added": example(checklist_tasks_added={"tasks": [_TASK]}),
    "direct_message_price_changed": example(
        direct_message_price_changed={"are_direct_messages_enabled": True}
    ),
    "forum_topic_created": example(
        forum_topic_created={"name": "新话题", "icon_color": 0x6FB9F0, "is_name_implicit": True}
    ),
    "forum_topic_edited": example(forum_topic_edited={"name": "改名"}),
    "forum_topic_closed": example(forum_topic_closed={}),
    "forum_topic_reopened": example(forum_topic_reopened={}),
    "general_forum_topic_hidden": example(general_forum_topic_hidden={}),
    "general_forum_topic_unhidden": example(general_forum_topic_unhidden={}),
    "giveaway_created": example(giveaway_created={"prize_star_count": 500}),
    "giveaway_completed": example(giveaway_completed={"winner_count": 1}),
    "managed_bot_created": lambda scene: {"managed_bot_created": {"bot": scene.world.bot.json}},
    "paid_message_price_changed": example(
        paid_message_price_changed={"paid_message_star_count": 1}
    ),
    "poll_option_added": _about("poll_option_added", "poll_message", **_OPTION),
    "poll_option_deleted": _about("poll_option_deleted", "poll_message", **_OPTION),
    "suggested_post_approved": _soon("suggested_post_approved", "send_date"),
    "suggested_post_approval_failed": example(suggested_post_approval_failed={"price": PRICE}),
    "suggested_post_declined": example(suggested_post_declined={"comment": "不合适"}),
    "suggested_post_paid": example(suggested_post_paid={"currency": "XTR"}),
    "suggested_post_refunded": example(suggested_post_refunded={"reason": "post_deleted"}),
    "video_chat_scheduled": _soon("video_chat_scheduled", "start_date"),
    "video_chat_started": example(video_chat_started={}),
    "video_chat_ended": example(video_chat_ended={"duration": 60}),
    "video_chat_participants_invited": _user(
        lambda user: {"users": [user]}, "video_chat_participants_invited"
    ),
    "web_app_data": example(web_app_data={"data": "42", "button_text": "打开"}),
    "community_chat_added": example(community_chat_added={"community": COMMUNITY}),
    "community_chat_joined": example(community_chat_joined={"community": COMMUNITY}),
    "community_chat_removed": example(community_chat_removed={}),
}
EXAMPLES: Mapping[str, Make] = {**CONTENTS, **SERVICE}
