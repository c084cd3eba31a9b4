"""Telegram, by python-telegram-bot. The only package that knows it."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from operator import itemgetter
from typing import Any

# Without it python-telegram-bot warns of its own `RetryAfter`, which it has not changed over yet.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels import Abilities, Allowance, Later, Read, Refused, Target, Update
from bot.channels.telegram import door, reading, relay
from bot.channels.telegram.failures import RETRY, done, failure, readable, tried
from bot.channels.telegram.markup import html
from bot.channels.telegram.request import AiohttpRequest
from bot.core.model.address import local
from bot.core.model.effects import Buttons
from bot.core.model.message import Item

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL = 25  # seconds that getUpdates waits at Telegram's side
SLACK = 10  # seconds more until it is late
TOKEN_GONE = 5  # answers in a row that know no such token, after which it was taken back
# Telegram's words for somebody who does not belong to the group, in lower case; whatever else
# getChatMember refuses tells nothing of them.
NO_MEMBER = frozenset(
    {"user not found", "member not found", "user_not_participant", "participant_id_invalid"}
)

PHOTO, FILE = 10 * 2**20, 50 * 2**20  # bytes, core.telegram.org/bots/api#sending-files
ABILITIES = Abilities(
    edit=True,
    topics=True,
    buttons=True,
    pictures=True,
    largest={"photo": PHOTO, **dict.fromkeys(("document", "voice", "video", "audio"), FILE)},
)


class Telegram:
    """The channel. `api` is the server's base address, without a slash at its end."""

    name = reading.NAME
    secret_header = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name is no secret
    abilities = ABILITIES

    def __init__(self, token: str, api: str) -> None:
        self.api = api
        self._request = AiohttpRequest()
        self._bot = Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._request,
            get_updates_request=AiohttpRequest(connections=1),
        )
        self._offset: int | None = None
        number = token.partition(":")[0]  # a token begins with the id of its bot
        self._me = int(number) if number.isdecimal() else 0
        self._username = ""
        self._unknown = 0

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[str]:
        """Connected as the bot whose name it gives.

        Raises `Refused` for a token that is wrong, `Later` where Telegram does not answer.
        """
        try:
            await self._log_in()
            self._username = self._bot.username
            yield self._username
        finally:
            await self._bot.shutdown()

    async def _log_in(self) -> None:
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise Refused("refused", "Telegram does not know this token") from None
        except TelegramError as error:
            found = failure(error)
            if isinstance(found, Later):
                found = Later(found.seconds, f"Telegram cannot be reached: {error}")
            raise found from None

    async def introduce(self, private: Mapping[str, str], group: Mapping[str, str]) -> None:
        """Register the commands, each where it may be used."""
        for commands, scope in (
            (private, BotCommandScopeAllPrivateChats()),
            (group, BotCommandScopeAllGroupChats()),
        ):
            menu = [BotCommand(name, text) for name, text in commands.items()]
            await done(self._bot.set_my_commands(menu, scope=scope))

    async def unfit(self, tier: str, chat: str) -> AsyncIterator[str]:
        """What keeps this chat from being a tier's or role's, a line each. Raises `Later`."""
        if not local(chat).startswith("-"):
            return  # somebody's own, which shows nothing before they have written to the bot
        try:
            group = await done(self._bot.get_chat(local(chat)))
            me = await done(self._bot.get_chat_member(local(chat), self._bot.id))
        except Refused as error:
            yield f"{tier}:{local(chat)} cannot be used: {error}; add the bot to the group"
            return
        if group.is_forum and not getattr(me, "can_manage_topics", False):
            lacks = "the bot may not manage them; make it an admin"
            yield f"{tier}:{local(chat)} has topics, but {lacks}"

    async def listen(self, webhook: str | None, secret: str) -> None:
        """Have updates come to `webhook`, or wait to be fetched."""
        if webhook:
            # One connection: over several, two messages of a chat may overtake one another.
            await done(
                self._bot.set_webhook(
                    webhook, allowed_updates=ALLOWED, secret_token=secret, max_connections=1
                )
            )
        else:
            await done(self._bot.delete_webhook())

    async def fetch(self) -> Sequence[Update]:
        """Wait for updates. Asking again tells Telegram that the ones before were received."""
        query = f"timeout={POLL}&allowed_updates={json.dumps(ALLOWED, separators=(',', ':'))}"
        if self._offset is not None:
            query += f"&offset={self._offset}"
        try:
            batch = await self._request.post(
                f"{self._bot.base_url}/getUpdates?{query}", read_timeout=POLL + SLACK
            )
        except InvalidToken as error:
            self._unknown += 1
            if self._unknown >= TOKEN_GONE:
                gone = f"Telegram does not know this token any more: {error}"
                raise Refused("refused", gone) from None
            raise failure(error) from None
        except TelegramError as error:
            raise failure(error) from None
        self._unknown = 0
        batch = _numbered(batch)
        # After an answer without any nothing is left to confirm, and a number that Telegram began
        # anew would be below the offset.
        self._offset = batch[-1]["update_id"] + 1 if batch else None
        return [self._update(raw) for raw in batch]

    def posted(self, body: bytes) -> Update:
        try:
            return self._update(door.parsed(body))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("it is no update") from error

    def _update(self, raw: dict[str, Any]) -> Update:
        kept = door.written(reading.slim(raw, self._me))
        chat, private = reading.chat(raw)
        return Update(str(raw["update_id"]), chat, kept, private)

    def read(self, payload: str, seq: int, at: datetime) -> Read | None:
        return reading.Reader(self._username, html).read(door.checked(payload), seq, at)

    async def _call(self, method: str, **fields: Any) -> Any:
        """A call whose plain answer is enough; raises `TelegramError`.

        Sending a message takes 0.15 ms of processor so, and 0.5 ms by a method of `Bot`, which
        makes a form of what is said and objects of what is answered.
        """
        given = {name: value for name, value in fields.items() if value is not None}
        return await self._request.call(f"{self._bot.base_url}/{method}", given)

    def allowance(self, chat: str) -> Allowance | None:
        return None

    async def send(self, to: Target, text: str, buttons: Buttons) -> int:
        keyboard = _keyboard(buttons)

        def send(at: Target) -> Awaitable[Any]:
            about = {"reply_markup": keyboard, **relay.target(at)}
            return readable(
                text,
                lambda said, mode: self._call("sendMessage", text=said, parse_mode=mode, **about),
            )

        return int((await done(relay.placed(to, send)))["message_id"])

    async def edit(self, to: Target, message: int, text: str, buttons: Buttons) -> None:
        at = {"chat_id": local(to.chat), "message_id": message, "reply_markup": _keyboard(buttons)}
        if text:
            await relay.edit(self._call, text, at)
        else:
            await tried(self._call("editMessageReplyMarkup", **at))

    async def copy(self, to: Target, items: Sequence[Item]) -> list[int]:
        try:
            return await relay.copy(self._call, to, items)
        except Refused as refusal:
            # A bot that may say nothing at all is told of the kind first.
            if refusal.reason == "kind_forbidden" and not await self._may_speak(to.chat):
                raise Refused("no_rights", str(refusal)) from None
            raise

    async def _may_speak(self, chat: str) -> bool:
        """Whether the bot may send texts there."""
        me = await done(self._call("getChatMember", chat_id=local(chat), user_id=self._me))
        rights = me
        if me["status"] == "member":
            rights = (await done(self._call("getChat", chat_id=local(chat)))).get("permissions", {})
        return bool(rights.get("can_send_messages", True))

    async def amend(self, to: Target, message: int, item: Item, *, media: bool = False) -> None:
        await relay.amend(self._call, to, message, item, media=media)

    async def upload(self, to: Target, data: bytes, name: str, text: str = "") -> int:
        under = text if relay.has_room(text) else ""
        message = await relay.upload(self._bot, to, data, name, under)
        if text and not under:
            await self.send(to, text, ())
        return message

    async def show(self, to: Target, picture: bytes, text: str) -> tuple[int, ...]:
        if relay.has_room(text):
            return (await relay.show(self._bot, to, picture, text),)
        shown = await relay.show(self._bot, to, picture, "")
        return shown, await self.send(to, text, ())

    async def respond(self, query: str, text: str, alert: bool) -> None:
        said = {"text": text[:200] or None, "show_alert": alert}
        await tried(self._call("answerCallbackQuery", callback_query_id=query, **said))

    async def download(self, file: str) -> bytes:
        found = await done(self._bot.get_file(file))
        return bytes(await done(found.download_as_bytearray()))

    async def has_topics(self, chat: str) -> bool:
        return bool((await done(self._bot.get_chat(local(chat)))).is_forum)

    async def open_topic(self, chat: str, title: str) -> int:
        topic = await done(self._bot.create_forum_topic(local(chat), title))
        return topic.message_thread_id

    async def change_topic(self, to: Target, title: str | None, closed: bool | None) -> None:
        assert to.thread is not None
        if title is not None:
            await tried(self._bot.edit_forum_topic(local(to.chat), to.thread, name=title))
        if closed is not None:
            change = self._bot.close_forum_topic if closed else self._bot.reopen_forum_topic
            await tried(change(local(to.chat), to.thread))

    async def member(self, chat: str, person: str) -> bool:
        try:
            found = await self._call(
                "getChatMember", chat_id=local(chat), user_id=int(local(person))
            )
        except TelegramError as error:
            if isinstance(error, BadRequest) and str(error).lower() in NO_MEMBER:
                return False
            raise failure(error) from None
        return found["status"] not in ("left", "kicked") and bool(found.get("is_member", True))

    def link(self, chat: str, message: int) -> str:
        bare = local(chat).removeprefix("-100")  # core.telegram.org/api/links#message-links
        return f"https://t.me/c/{bare}/{message}" if bare != local(chat) else ""

    async def typing(self, to: Target) -> None:
        about = {"chat_id": local(to.chat), "message_thread_id": to.thread}
        await tried(self._call("sendChatAction", action=ChatAction.TYPING, **about))


def _numbered(batch: object) -> list[dict[str, Any]]:
    """The updates in the order in which they happened, which their numbers tell.

    One without a number could never be told from its repetition, nor be confirmed.
    """
    given = batch if isinstance(batch, list) else [None]
    numbered = [u for u in given if isinstance(u, dict) and type(u.get("update_id")) is int]
    if given and not numbered:
        raise Later(RETRY, "the answer is no list of updates")
    return sorted(numbered, key=itemgetter("update_id"))


def _keyboard(buttons: Buttons) -> dict[str, Any] | None:
    if not buttons:
        return None
    rows = [[{"text": b.label, "callback_data": b.data} for b in row] for row in buttons]
    return {"inline_keyboard": rows}
