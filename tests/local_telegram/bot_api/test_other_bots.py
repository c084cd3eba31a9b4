"""Bots of two libraries hold a conversation here as they would on Telegram."""

from __future__ import annotations

import asyncio
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram import InputMediaPhoto as Photo
from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.local_telegram import Attachment, LocalTelegram
from bot.local_telegram.examples.service_messages import EXAMPLES

WANG, LI = 1001, 2001
FORUM = -1001000000001


async def converse(telegram: LocalTelegram, photo: Attachment) -> None:
    """What the person does, and what any of the two bots must have answered."""
    person = telegram.person(WANG)
    await person.says("发票查不到")
    question = await person.sees("您说：发票查不到")
    assert question.html == "您说：<b>发票查不到</b>"
    answered = await person.presses("好", question)
    assert answered.text == "收到"
    assert (await person.sees("谢谢")).id == question.id
    await person.sends(photo, kind="photo")
    document = await person.sees("同样大小")
    assert document.raw["document"]["file_size"] == len(photo.data)
    album = [await person.sees(lambda seen: "media_group_id" in seen.raw) for _ in range(2)]
    assert album[0].raw["media_group_id"] == album[1].raw["media_group_id"]
    card = await telegram.person(LI).sees(lambda seen: "photo" in seen.raw, chat=FORUM)
    assert card.thread is not None


async def test_aiogram_reads_whatever_people_send(telegram: LocalTelegram) -> None:
    server = TelegramAPIServer.from_base(telegram.url)
    async with Bot(telegram.token, session=AiohttpSession(api=server)) as bot:
        told: list[str] = []
        for kind in EXAMPLES:
            await telegram.person(WANG).sends_kind(kind)
            (update,) = await bot.get_updates(offset=-1)
            assert update.message is not None
            told.append(update.message.content_type)
    assert [
        "location" if kind == "live_location" else kind for kind in EXAMPLES if kind != "quiz"
    ] == [kind for kind, sent in zip(told, EXAMPLES, strict=True) if sent != "quiz"]


async def test_a_bot_of_aiogram(telegram: LocalTelegram, photo: Attachment) -> None:
    server = TelegramAPIServer.from_base(telegram.url)
    bot = Bot(telegram.token, session=AiohttpSession(api=server))
    dispatcher = Dispatcher()

    @dispatcher.message(F.text & (F.chat.type == "private"))
    async def said(message: Message) -> None:
        button = InlineKeyboardButton(text="好", callback_data="ok")
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])
        text = f"您说：<b>{message.text}</b>"
        await message.reply(text, parse_mode="HTML", reply_markup=keyboard)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer("收到")
        assert isinstance(query.message, Message)
        await query.message.edit_text("谢谢")

    @dispatcher.message(F.photo)
    async def shown(message: Message) -> None:
        assert message.photo is not None
        file = await bot.download(message.photo[-1])
        assert file is not None
        data = file.read()
        await message.answer_document(BufferedInputFile(data, "a.png"), caption="同样大小")
        media = [InputMediaPhoto(media=BufferedInputFile(data, "a.png")) for _ in range(2)]
        await bot.send_media_group(message.chat.id, list(media))
        topic = await bot.create_forum_topic(FORUM, "T-1")
        await message.copy_to(FORUM, message_thread_id=topic.message_thread_id)

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    try:
        await converse(telegram, photo)
    finally:
        await dispatcher.stop_polling()
        await polling


async def test_a_bot_of_python_telegram_bot(telegram: LocalTelegram, photo: Attachment) -> None:
    application = (
        ApplicationBuilder()
        .token(telegram.token)
        .base_url(f"{telegram.url}/bot")
        .base_file_url(f"{telegram.url}/file/bot")
        .build()
    )

    async def said(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        text = f"您说：<b>{update.message.text}</b>"
        keyboard = Keyboard([[Button("好", callback_data="ok")]])
        await update.message.reply_html(text, reply_markup=keyboard, do_quote=True)

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("收到")
        await update.callback_query.edit_message_text("谢谢")

    async def shown(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message: Any = update.message
        file = await message.photo[-1].get_file()
        data = bytes(await file.download_as_bytearray())
        await message.reply_document(data, filename="a.png", caption="同样大小")
        await message.reply_media_group([Photo(data), Photo(data)])
        topic = await context.bot.create_forum_topic(FORUM, "T-1")
        await message.copy(FORUM, message_thread_id=topic.message_thread_id)

    private = filters.ChatType.PRIVATE
    application.add_handler(MessageHandler(filters.TEXT & private, said))
    application.add_handler(MessageHandler(filters.PHOTO & private, shown))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling(poll_interval=0)
        try:
            await converse(telegram, photo)
        finally:
            await application.updater.stop()
            await application.stop()
