"""Telegram, by python-telegram-bot. The only package that knows it."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

# Without it python-telegram-bot warns of its own `RetryAfter`, which it has not changed over yet.
os.environ.setdefault("PTB_TIMEDELTA", "true")
if "httpx" not in sys.modules:
    # It imports httpx, which does without its command line where this cannot be imported, and so
    # without rich and pygments.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels import Abilities, Allowance, Later, Read, Refused, Target, Update
from bot.channels.telegram import door, inline, reading, relay
from bot.channels.telegram.dressing import Topics, keyboard, reaction
from bot.channels.telegram.failures import done, failure, readable, tried
from bot.channels.telegram.markup import html
from bot.channels.telegram.polling import ALLOWED, Polling
from bot.channels.telegram.request import AiohttpRequest
from bot.core.model.address import local
from bot.core.model.effects import Buttons
from bot.core.model.message import Item
from bot.core.model.snippet import Snippet

# Telegram's words for somebody who does not belong to the group, in lower case; whatever else
# getChatMember refuses tells nothing of them.
NO_MEMBER = frozenset(
    {"user not found", "member not found", "user_not_participant", "participant_id_invalid"}
)

PHOTO, FILE = 10 * 2**20, 50 * 2**20  # bytes, core.telegram.org/bots/api#sending-files
ABILITIES = Abilities(
    edit=True,
    delete=True,
    topics=True,
    buttons=True,
    whispers=True,
    marks=True,
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
        number = token.partition(":")[0]  # a token begins with the id of its bot
        self._me = int(number) if number.isdecimal() else 0
        self._username = ""
        self._polling = Polling(self._request, self._bot.base_url)
        self._topics = Topics(self._call)

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
        return [self._update(raw) for raw in await self._polling.fetch()]

    def posted(self, body: bytes) -> Update:
        try:
            return self._update(door.parsed(body))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("it is no update") from error

    def _update(self, raw: dict[str, Any]) -> Update:
        kept = door.written(reading.slim(raw, self._me))
        chat, private = reading.chat(raw)
        return Update(str(raw["update_id"]), chat, kept, private, inline.asked(kept))

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
        return int((await self._say(to, text, buttons))["message_id"])

    async def whisper(self, to: Target, person: str, text: str, buttons: Buttons) -> None:
        alone = {"receiver_user_id": int(local(person))}
        await self._say(to, text, buttons, ephemeral_message_parameters=alone)

    async def _say(self, to: Target, text: str, buttons: Buttons, **more: Any) -> Any:
        def send(at: Target) -> Awaitable[Any]:
            about = {"reply_markup": keyboard(buttons), **relay.target(at), **more}
            return readable(
                text,
                lambda said, mode: self._call("sendMessage", text=said, parse_mode=mode, **about),
            )

        return await done(relay.placed(to, send))

    async def edit(self, to: Target, message: int, text: str, buttons: Buttons) -> None:
        at = {"chat_id": local(to.chat), "message_id": message, "reply_markup": keyboard(buttons)}
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

    async def delete(self, to: Target, message: int) -> None:
        at = {"chat_id": local(to.chat), "message_id": message}
        await tried(self._call("deleteMessage", **at))

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

    async def offer(self, query: str, found: Sequence[Snippet], following: str) -> None:
        await tried(self._call("answerInlineQuery", **inline.answer(query, found, following)))

    async def download(self, file: str) -> bytes:
        found = await done(self._bot.get_file(file))
        return bytes(await done(found.download_as_bytearray()))

    async def has_topics(self, chat: str) -> bool:
        return bool((await done(self._bot.get_chat(local(chat)))).is_forum)

    async def open_topic(self, chat: str, title: str, icon: str = "") -> int:
        return await self._topics.open(chat, title, icon)

    async def change_topic(
        self, to: Target, title: str | None, closed: bool | None, icon: str = ""
    ) -> None:
        await self._topics.change(to, title, closed, icon)

    async def pin(self, to: Target, message: int) -> None:
        at = {"chat_id": local(to.chat), "message_id": message, "disable_notification": True}
        await tried(self._call("pinChatMessage", **at))

    async def react(self, to: Target, message: int, sign: str) -> None:
        at = {"chat_id": local(to.chat), "message_id": message, "reaction": reaction(sign)}
        await tried(self._call("setMessageReaction", **at))

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
