"""Every Bot API method this Telegram has, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.local_telegram import methods_chats as chats
from bot.local_telegram import methods_messages as messages
from bot.local_telegram import methods_updates as updates
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.world import World

Method = Callable[[World, Parameters], Any | Awaitable[Any]]

SENDING: dict[str, Method] = {
    "sendMessage": messages.send_message,
    "sendPhoto": messages.media_sender("photo"),
    "sendDocument": messages.media_sender("document"),
    "sendVoice": messages.media_sender("voice"),
    "sendVideo": messages.media_sender("video"),
    "sendAudio": messages.media_sender("audio"),
    "sendSticker": messages.media_sender("sticker"),
    "sendMediaGroup": messages.send_media_group,
    "sendLocation": messages.send_location,
    "sendContact": messages.send_contact,
    "copyMessage": messages.copy_message,
    "copyMessages": messages.copy_messages,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
}
"""The methods that count against the rate limits."""

METHODS: dict[str, Method] = SENDING | {
    "getMe": chats.get_me,
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "getFile": chats.get_file,
    "answerCallbackQuery": chats.answer_callback_query,
    "sendChatAction": chats.send_chat_action,
    "setMyCommands": chats.set_my_commands,
    "getMyCommands": chats.get_my_commands,
    "deleteMyCommands": chats.delete_my_commands,
    "setMyDescription": updates.text_setter("description", 512),
    "getMyDescription": updates.text_getter("description"),
    "setMyShortDescription": updates.text_setter("short_description", 120),
    "getMyShortDescription": updates.text_getter("short_description"),
    "createForumTopic": chats.create_forum_topic,
    "editForumTopic": chats.edit_forum_topic,
    "closeForumTopic": chats.close_forum_topic,
    "reopenForumTopic": chats.reopen_forum_topic,
    "deleteForumTopic": chats.delete_forum_topic,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
}

BY_LOWER_NAME = {name.lower(): name for name in METHODS}
"""Method names are case-insensitive, as in Telegram."""
