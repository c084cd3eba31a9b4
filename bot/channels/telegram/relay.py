"""People's messages to others: copied where Telegram lets them be, else sent by file or words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from telegram import Bot, InputFile, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels import Refused, Target
from bot.channels.telegram.failures import (
    done,
    failure,
    is_reply_lost,
    is_topic_lost,
    is_under_file,
    is_unreadable,
    readable,
    tried,
)
from bot.core.model.address import local
from bot.core.model.message import Item
from bot.core.text.render import TEXT_LIMIT, plain, units

T = TypeVar("T")
Call = Callable[..., Awaitable[Any]]
"""A call of the Bot API by name and fields; gives the plain result, raises `TelegramError`."""

HTML = ParseMode.HTML
CAPTION_LIMIT = 1024  # UTF-16 units: core.telegram.org/bots/api#inputmediaphoto
# What may be in an album, what may have a caption, and the methods by which a file goes out again,
# by the names of `Message`'s fields: core.telegram.org/bots/api#message
ALBUM = frozenset({"photo", "video", "document", "audio"})
CAPTIONED = ALBUM | {"voice", "animation"}
BY_FILE: Mapping[str, str] = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "video_note": "sendVideoNote",
    "document": "sendDocument",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "sticker": "sendSticker",
}


def target(to: Target) -> dict[str, Any]:
    """The fields that say where a message goes."""
    reply = None
    if to.reply_to is not None:
        reply = {"message_id": to.reply_to, "allow_sending_without_reply": True}
    return {"chat_id": local(to.chat), "message_thread_id": to.thread, "reply_parameters": reply}


async def placed(to: Target, call: Callable[[Target], Awaitable[T]]) -> T:
    """Call with where it goes; once more without a reply or a person's topic that is not there.

    Telegram does not send without the reply where that is in another topic, whatever it was asked.
    Raises `TelegramError`.
    """
    try:
        return await call(to)
    except BadRequest as error:
        if to.reply_to is not None and is_reply_lost(error):
            return await placed(replace(to, reply_to=None), call)
        # A ticket's topic that is gone is made again; one in a private chat is the person's own.
        if to.thread is not None and to.private and is_topic_lost(error):
            return await placed(replace(to, thread=None), call)
        raise


async def copy(call: Call, to: Target, items: Sequence[Item]) -> list[int]:
    """Send the items on, several as an album; gives the new messages' ids. Raises as `Channel`."""
    lead = next((item.lead for item in items if item.lead), "")
    if lead and not _holds_lead(items):
        if not items[0].is_marked:
            await _say(call, to, lead)
        items = [replace(item, lead="") for item in items]
    if len(items) > 1:
        return await _album(call, to, items)
    (item,) = items
    if item.what == "text" and (item.lead or item.offered):  # the message itself says other words
        return [await _say(call, to, item.whole)]
    try:
        return [await _copied(call, to, item)]
    except Refused as refusal:
        if refusal.reason != "uncopyable":
            raise
        return [await _again(call, to, item, refusal)]


def _holds_lead(items: Sequence[Item]) -> bool:
    """Whether the words of the first item have room for what is said above them."""
    first = items[0]
    if first.what == "text":
        return units(plain(first.whole)) <= TEXT_LIMIT
    return _kind(first) in CAPTIONED and has_room(first.whole)


async def _say(call: Call, to: Target, text: str) -> int:
    sent = await done(
        placed(
            to,
            lambda at: readable(
                text,
                lambda said, mode: call("sendMessage", text=said, parse_mode=mode, **target(at)),
            ),
        )
    )
    return int(sent["message_id"])


async def _copied(call: Call, to: Target, item: Item) -> int:
    source = {"from_chat_id": local(item.ref.chat), "message_id": item.ref.message}

    async def copied(at: Target) -> Any:
        if not item.lead:
            return await call("copyMessage", **source, **target(at))
        return await readable(
            item.whole,
            lambda said, mode: call(
                "copyMessage", **source, caption=said, parse_mode=mode, **target(at)
            ),
        )

    return int((await done(placed(to, copied)))["message_id"])


async def _again(call: Call, to: Target, item: Item, refusal: Refused) -> int:
    """What may not be copied, sent as if it were new. Raises `refusal` where there is no way."""
    if item.what == "text" and item.html:
        return await _say(call, to, item.whole)
    kind = _kind(item)
    if not item.file or kind not in BY_FILE:
        raise refusal

    async def send(at: Target) -> Any:
        file = {kind: item.file, **target(at)}
        if kind not in CAPTIONED:
            return await call(BY_FILE[kind], **file)
        return await readable(
            item.whole,
            lambda said, mode: call(BY_FILE[kind], caption=said, parse_mode=mode, **file),
        )

    return int((await done(placed(to, send)))["message_id"])


async def upload(bot: Bot, to: Target, data: bytes, name: str, words: str) -> int:
    """Send a new file, and under it the words that have room there. Raises as `Channel`."""
    file = InputFile(data, filename=name)
    return await _new(to, words, lambda chat, about: bot.send_document(chat, file, **about))


async def show(bot: Bot, to: Target, picture: bytes, words: str) -> int:
    """Send a new picture, and under it the words that have room there. Raises as `Channel`."""
    file = InputFile(picture, filename="chart.png")
    return await _new(to, words, lambda chat, about: bot.send_photo(chat, file, **about))


async def _new(
    to: Target, words: str, call: Callable[[str, dict[str, Any]], Awaitable[Message]]
) -> int:
    """Send a file with words under it by the call that is for its kind."""

    def send(at: Target) -> Awaitable[Message]:
        reply = at.reply_to and ReplyParameters(at.reply_to, allow_sending_without_reply=True)
        about = {"message_thread_id": at.thread, "reply_parameters": reply or None}
        return readable(
            words,
            lambda said, mode: call(
                local(at.chat), {"caption": said or None, "parse_mode": mode, **about}
            ),
        )

    return (await done(placed(to, send))).message_id


async def edit(call: Call, words: str, at: Mapping[str, Any]) -> None:
    """Change a message's words, or those under its file. Raises as `Channel`."""

    def text(said: str, mode: str | None) -> Awaitable[Any]:
        return call("editMessageText", text=said, parse_mode=mode, **at)

    def caption(said: str, mode: str | None) -> Awaitable[Any]:
        return call("editMessageCaption", caption=said, parse_mode=mode, **at)

    try:
        await tried(readable(words, text))
    except Refused as refusal:
        if not is_under_file(refusal):
            raise
        await tried(readable(words, caption))


def has_room(words: str) -> bool:
    """Whether words can stand under a file."""
    return units(plain(words)) <= CAPTION_LIMIT


def _kind(item: Item) -> str:
    """The name that Telegram has for what this is."""
    return item.native or item.what


async def _album(call: Call, to: Target, items: Sequence[Item]) -> list[int]:
    if not ALBUM.issuperset(map(_kind, items)):
        return await _copied_together(call, to, items)
    words = [item.whole for item in items]
    long = [said for said in words if not has_room(said)]
    short = ["" if said in long else said for said in words]
    try:
        sent = await placed(to, lambda at: _media(call, at, items, short, HTML))
    except BadRequest as error:
        if not is_unreadable(error):
            raise failure(error) from None
        bare = [plain(said) for said in short]
        sent = await done(placed(to, lambda at: _media(call, at, items, bare, None)))
    except TelegramError as error:
        raise failure(error) from None
    for caption in long:  # whoever pays for longer captions may write what a bot may not
        await _say(call, to, caption)
    return [int(message["message_id"]) for message in sent]


def _media(
    call: Call, to: Target, items: Sequence[Item], captions: Sequence[str], mode: str | None
) -> Awaitable[Any]:
    media = []
    for item, caption in zip(items, captions, strict=True):
        said = {"caption": caption} if caption else {}
        marks = {"parse_mode": mode} if mode else {}
        media.append({"type": _kind(item), "media": item.file} | said | marks)
    return call("sendMediaGroup", media=media, **target(to))


async def _copied_together(call: Call, to: Target, items: Sequence[Item]) -> list[int]:
    """An album of a kind that only Telegram itself can put together."""
    ids = [item.ref.message for item in items]
    fields = {name: value for name, value in target(to).items() if name != "reply_parameters"}
    sent = await done(
        call("copyMessages", from_chat_id=local(items[0].ref.chat), message_ids=ids, **fields)
    )
    return [int(each["message_id"]) for each in sent]


async def amend(call: Call, to: Target, message: int, item: Item, *, media: bool) -> None:
    """Change a copy to what its source is now. Raises as `Channel`."""
    at = {"chat_id": local(to.chat), "message_id": message}

    def change(said: str, mode: str | None) -> Awaitable[object]:
        if item.what == "text":
            return call("editMessageText", text=said or "…", parse_mode=mode, **at)
        if media:
            marks = {"parse_mode": mode} if mode else {}
            file = {"type": _kind(item), "media": item.file, "caption": said}
            return call("editMessageMedia", media=file | marks, **at)
        return call("editMessageCaption", caption=said, parse_mode=mode, **at)

    words = item.whole if _holds_lead((item,)) else item.html
    await tried(readable(words, change))
