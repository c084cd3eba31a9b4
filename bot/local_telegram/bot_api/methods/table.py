"""Every Bot API method this Telegram has, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.local_telegram.bot_api.methods import (
    chats,
    commands,
    copies,
    edits,
    ephemeral,
    inline,
    locations,
    marks,
    media,
    members,
    messages,
    polls,
    profile,
    queries,
    topics,
    updates,
)
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.world import World

Method = Callable[[World, Parameters], Any | Awaitable[Any]]

LIMITED: dict[str, Method] = {
    "sendMessage": messages.send_message,
    "sendPhoto": media.media_sender("photo"),
    "sendDocument": media.media_sender("document"),
    "sendVoice": media.media_sender("voice"),
    "sendVideo": media.media_sender("video"),
    "sendAudio": media.media_sender("audio"),
    "sendSticker": media.media_sender("sticker"),
    "sendAnimation": media.media_sender("animation"),
    "sendVideoNote": media.media_sender("video_note"),
    "sendMediaGroup": media.send_media_group,
    "sendLocation": locations.send_location,
    "sendVenue": locations.send_venue,
    "sendContact": locations.send_contact,
    "sendPoll": polls.send_poll,
    "sendDice": polls.send_dice,
    "copyMessage": copies.copy_message,
    "copyMessages": copies.copy_messages,
    "forwardMessage": copies.forward_message,
    "forwardMessages": copies.forward_messages,
    "editMessageText": edits.editor(edits.new_text),
    "editMessageCaption": edits.editor(edits.new_caption),
    "editMessageMedia": edits.editor(edits.new_media),
    "editMessageReplyMarkup": edits.editor(edits.same_content),
    "editEphemeralMessageText": ephemeral.editor(edits.new_text),
    "editEphemeralMessageCaption": ephemeral.editor(edits.new_caption),
    "editEphemeralMessageMedia": ephemeral.editor(edits.new_media),
    "editEphemeralMessageReplyMarkup": ephemeral.editor(edits.same_content),
    "stopPoll": polls.stop_poll,
    "setMessageReaction": marks.set_message_reaction,
    "pinChatMessage": marks.pin_chat_message,
    "unpinChatMessage": marks.unpin_chat_message,
    "unpinAllChatMessages": marks.unpinner(marks.anywhere),
    "unpinAllForumTopicMessages": marks.unpinner(marks.in_topic),
    "unpinAllGeneralForumTopicMessages": marks.unpinner(marks.in_general),
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": topics.topic_closer(True),
    "reopenForumTopic": topics.topic_closer(False),
    "editGeneralForumTopic": topics.edit_general_forum_topic,
    "closeGeneralForumTopic": topics.general_setter("closed", True),
    "reopenGeneralForumTopic": topics.general_setter("closed", False),
    "hideGeneralForumTopic": topics.general_setter("hidden", True),
    "unhideGeneralForumTopic": topics.general_setter("hidden", False),
}
"""The methods that count against the rate limits.

Telegram does not tell whether reactions and pins do; here they count.
"""

METHODS: dict[str, Method] = LIMITED | {
    "getMe": profile.get_me,
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "deleteEphemeralMessage": ephemeral.delete_ephemeral_message,
    "getFile": media.get_file,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "sendChatAction": chats.send_chat_action,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "setMyName": profile.text_setter("name", 64),
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.text_setter("description", 512),
    "getMyDescription": profile.text_getter("description"),
    "setMyShortDescription": profile.text_setter("short_description", 120),
    "getMyShortDescription": profile.text_getter("short_description"),
    "setChatMenuButton": commands.set_chat_menu_button,
    "getChatMenuButton": commands.get_chat_menu_button,
    "getUserProfilePhotos": chats.get_user_profile_photos,
    "getForumTopicIconStickers": topics.get_forum_topic_icon_stickers,
    "deleteForumTopic": topics.delete_forum_topic,
    "getChat": chats.get_chat,
    "getChatMember": members.get_chat_member,
    "getChatAdministrators": members.get_chat_administrators,
    "getChatMemberCount": members.get_chat_member_count,
    "leaveChat": members.leave_chat,
    "banChatMember": members.ban_chat_member,
    "unbanChatMember": members.unban_chat_member,
    "restrictChatMember": members.restrict_chat_member,
    "promoteChatMember": members.promote_chat_member,
    "setChatPermissions": members.set_chat_permissions,
}

NOT_HERE = """
addStickerToSet answerPreCheckoutQuery answerShippingQuery answerWebAppQuery
approveChatJoinRequest banChatSenderChat close createChatInviteLink createInvoiceLink
createNewStickerSet declineChatJoinRequest deleteChatPhoto deleteChatStickerSet
deleteMessageReaction deleteStickerFromSet deleteStickerSet deleteStory
editChatInviteLink editMessageChecklist editMessageLiveLocation
editStory exportChatInviteLink getAvailableGifts getBusinessConnection getCustomEmojiStickers
getGameHighScores getMyDefaultAdministratorRights getMyStarBalance getStarTransactions
getStickerSet getUserChatBoosts logOut postStory readBusinessMessage refundStarPayment
replaceStickerInSet revokeChatInviteLink savePreparedInlineMessage sendChecklist sendGame
sendGift sendInvoice sendLivePhoto sendMessageDraft sendPaidMedia sendRichMessage
sendRichMessageDraft setChatAdministratorCustomTitle setChatDescription setChatMemberTag
setChatPhoto setChatStickerSet setChatTitle setGameScore setMyDefaultAdministratorRights
setMyProfilePhoto setPassportDataErrors setStickerEmojiList setStickerPositionInSet
setStickerSetThumbnail setStickerSetTitle stopMessageLiveLocation unbanChatSenderChat
uploadStickerFile
"""
"""Methods of the Bot API that this Telegram does not have; a call of one gets a 501."""

BY_LOWER_NAME = {name.lower(): name for name in [*METHODS, *NOT_HERE.split()]}
"""Method names are case-insensitive, as in Telegram."""
