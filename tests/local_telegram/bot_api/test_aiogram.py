"""aiogram's own calls come true here, and its models read what they bring."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    ChatMemberRestricted,
    ChatPermissions,
    InputMediaPhoto,
    InputPollOption,
    MenuButtonCommands,
    Message,
    MessageOriginUser,
    ReactionTypeEmoji,
    ReplyParameters,
)

from bot.local_telegram import Attachment, LocalTelegram

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002


@pytest.fixture
async def bot(started: LocalTelegram) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(started.url)
    usual = DefaultBotProperties(parse_mode=ParseMode.MARKDOWN_V2)
    async with Bot(started.token, AiohttpSession(api=server), usual) as running:
        yield running


async def test_everything_that_can_be_sent(bot: Bot, photo: Attachment) -> None:
    file = BufferedInputFile(photo.data, "a.png")
    text = await bot.send_message(WANG, "*粗* 1\\.5")
    assert text.text == "粗 1.5"
    assert (await bot.send_animation(WANG, file)).animation is not None
    assert (await bot.send_video_note(WANG, file)).video_note is not None
    assert (await bot.send_dice(WANG, emoji="🎯")).dice is not None
    venue = (await bot.send_venue(WANG, 39.9, 116.4, "办税厅", "路")).venue
    assert venue is not None
    assert venue.title == "办税厅"
    options: list[InputPollOption | str] = [InputPollOption(text="是"), "否"]
    asked = await bot.send_poll(WANG, "查到了吗", options)
    assert (await bot.stop_poll(WANG, asked.message_id)).is_closed
    edited = await bot.edit_message_media(InputMediaPhoto(media=file), None, WANG, text.message_id)
    assert isinstance(edited, Message)
    assert edited.photo
    await bot.set_message_reaction(WANG, text.message_id, [ReactionTypeEmoji(emoji="👌")])
    await bot.pin_chat_message(WANG, text.message_id)
    pinned = (await bot.get_chat(WANG)).pinned_message
    assert pinned is not None
    assert pinned.message_id == text.message_id
    await bot.unpin_chat_message(WANG)
    await bot.unpin_all_chat_messages(WANG)


async def test_forwards_copies_replies_and_quotes(started: LocalTelegram, bot: Bot) -> None:
    said = await started.person(WANG).says("原话在此")
    forward = await bot.forward_message(PLAIN, WANG, said.id)
    assert isinstance(forward.forward_origin, MessageOriginUser)
    assert forward.forward_origin.sender_user.id == WANG
    assert len(await bot.forward_messages(PLAIN, WANG, [said.id])) == 1
    assert len(await bot.copy_messages(PLAIN, WANG, [said.id])) == 1
    quoting = ReplyParameters(chat_id=WANG, message_id=said.id, quote="原话")
    reply = await bot.send_message(PLAIN, "见此", reply_parameters=quoting)
    assert reply.external_reply is not None
    assert reply.quote is not None
    assert (reply.quote.text, reply.quote.is_manual) == ("原话", True)
    wrong = ReplyParameters(message_id=said.id, quote="没说过")
    with pytest.raises(TelegramBadRequest, match="QUOTE_TEXT_INVALID"):
        await bot.send_message(WANG, "x", reply_parameters=wrong)


async def test_topics_and_general(bot: Bot) -> None:
    icon = (await bot.get_forum_topic_icon_stickers())[0].custom_emoji_id
    topic = await bot.create_forum_topic(FORUM, "T-1", icon_custom_emoji_id=icon)
    assert topic.icon_custom_emoji_id == icon
    thread = topic.message_thread_id
    await bot.edit_forum_topic(FORUM, thread, name="T-2", icon_custom_emoji_id="")
    await bot.close_forum_topic(FORUM, thread)
    await bot.reopen_forum_topic(FORUM, thread)
    await bot.unpin_all_forum_topic_messages(FORUM, thread)
    await bot.edit_general_forum_topic(FORUM, "大厅")
    await bot.hide_general_forum_topic(FORUM)
    await bot.unhide_general_forum_topic(FORUM)
    await bot.reopen_general_forum_topic(FORUM)
    await bot.close_general_forum_topic(FORUM)
    await bot.unpin_all_general_forum_topic_messages(FORUM)
    await bot.delete_forum_topic(FORUM, thread)


async def test_members_and_what_they_may(started: LocalTelegram, bot: Bot) -> None:
    started.promote_bot(FORUM, by=LI, can_promote_members=True)
    await bot.restrict_chat_member(FORUM, ZHAO, ChatPermissions(can_send_messages=True))
    member = await bot.get_chat_member(FORUM, ZHAO)
    assert isinstance(member, ChatMemberRestricted)
    assert (member.can_send_messages, member.can_send_photos) == (True, False)
    await bot.promote_chat_member(FORUM, ZHAO, can_pin_messages=True)
    await bot.promote_chat_member(FORUM, ZHAO)
    await bot.ban_chat_member(FORUM, ZHAO)
    await bot.unban_chat_member(FORUM, ZHAO)
    await bot.set_chat_permissions(FORUM, ChatPermissions(can_send_messages=True))
    started.restrict_bot(FORUM, by=LI)
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages"):
        await bot.send_message(FORUM, "x")
    await bot.leave_chat(FORUM)
    with pytest.raises(TelegramForbiddenError, match="not a member of the supergroup"):
        await bot.send_message(FORUM, "x")


async def test_what_the_bot_is_called(bot: Bot) -> None:
    await bot.set_my_name("大票")
    assert (await bot.get_my_name()).name == "大票"
    await bot.set_chat_menu_button(WANG, MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(WANG), MenuButtonCommands)
    assert (await bot.get_user_profile_photos(WANG)).total_count == 0
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_inline_query("1", [])
