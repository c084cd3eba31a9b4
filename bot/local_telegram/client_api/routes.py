"""The part of this Telegram that apps of people use: /client/..., JSON in and out."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.local_telegram.client_api.acts import ACTS
from bot.local_telegram.text.rendering import to_html
from bot.local_telegram.wire.bodies import read_parameters
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world import reactions
from bot.local_telegram.world.chats import PRESENT, Chat
from bot.local_telegram.world.commands import commands_for
from bot.local_telegram.world.ephemeral import EphemeralMessage, seen_in
from bot.local_telegram.world.feed import Change
from bot.local_telegram.world.file_types import sniff
from bot.local_telegram.world.message import Message
from bot.local_telegram.world.topic_icons import ICONS
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

HEARTBEAT_SECONDS = 15.0


def drawn(message: Message, viewer: int) -> Json:
    """The Bot API `Message` with the fields that an app needs to show it to `viewer`."""
    sender, chat = message.sender, message.headers.get("sender_chat")
    seen = {"id": sender.id, "first_name": sender.name, "is_bot": sender.is_bot}
    if chat is not None:
        seen = {"id": chat["id"], "first_name": chat["title"], "is_bot": False}
    return (
        message.json()
        | _place(message)
        | {
            "out": sender.id == viewer,
            "sender": seen,
            "kind": message.kind,
            "html": to_html(message.text, message.entities),
            "reactions": reactions.shown(message, viewer),
        }
    )


def _place(message: Message) -> Json:
    """The id by which apps know it, and after which other it stands if that does not tell."""
    if not isinstance(message, EphemeralMessage):
        return {"message_id": message.id}
    return {"message_id": message.id, "after": message.after}


class ClientApi:
    """The handlers of /client/..., on one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/client/people", self.people),
            web.get("/client/chats", self.chats),
            web.get("/client/messages", self.messages),
            web.get("/client/commands", self.commands),
            web.get("/client/events", self.events),
            web.get("/client/examples", self.examples),
            web.get("/client/file/{file_id}", self.file),
            web.post("/client/{act}", self.act),
        ]

    async def people(self, request: web.Request) -> web.Response:
        """The accounts that the page can act as."""
        groups = [chat for chat in self.world.chats.values() if chat.type != "private"]
        people = [
            {
                "id": user.id,
                "first_name": user.first_name,
                "username": user.username,
                "groups": [g.id for g in groups if g.members.get(user.id) in PRESENT],
                "blocked": user.blocked,
            }
            for user in self.world.users.values()
            if not user.is_bot
        ]
        return web.json_response(people)

    async def chats(self, request: web.Request) -> web.Response:
        """The chats of one person, each with its topics, its pins and its last message."""
        user, _ = self._viewer(request)
        mine = [c for c in self.world.chats.values() if c.members.get(user.id) in PRESENT]
        return web.json_response([self._chat(chat, user) for chat in mine])

    def _chat(self, chat: Chat, user: User) -> Json:
        last, bot = next(reversed(chat.messages.values()), None), self.world.bot
        return {
            "id": chat.id,
            "type": chat.type,
            "title": chat.title or self.world.bot.first_name,
            "is_forum": chat.is_forum,
            "inline_bot": bot.username if bot.supports_inline_queries else None,
            "topics": [
                {
                    "id": topic.id,
                    "name": topic.name,
                    "closed": topic.closed,
                    "icon": ICONS[topic.icon] if topic.icon else "",
                }
                for topic in chat.topics.values()
            ],
            "pinned": [each for each in chat.pinned if chat.find(each) is not None],
            "last": drawn(last, user.id) if last else None,
        }

    async def messages(self, request: web.Request) -> web.Response:
        """What was said in a chat, or in one topic of it, oldest first."""
        parameters = Parameters(dict(request.query))
        user, chat = self._viewer(request)
        thread = parameters.integer("thread")
        said = [
            drawn(message, user.id)
            for message in seen_in(chat, user.id)
            if thread is None or message.thread == thread
        ]
        return web.json_response(said)

    async def commands(self, request: web.Request) -> web.Response:
        """The commands that the person is offered in a chat."""
        user, chat = self._viewer(request)
        return web.json_response(commands_for(self.world, user, chat))

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file, with the MIME type that they prove, else as a download."""
        file = self.world.files.by_id.get(request.match_info["file_id"])
        if file is None:
            raise ApiError(404, "Bad Request: no such file")
        mime = sniff(file.data) or "application/octet-stream"
        shown = "inline" if mime.startswith("image/") else "attachment"
        headers = {
            "Content-Disposition": shown,
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
        }
        return web.Response(body=file.data, content_type=mime, headers=headers)

    async def act(self, request: web.Request) -> web.Response:
        """One thing that a person does: send, edit, press and so on."""
        name = request.match_info["act"]
        act = ACTS.get(name)
        if act is None:
            raise ApiError(404, f"Bad Request: there is no /client/{name}")
        parameters = await read_parameters(request)
        user, chat = self._who(parameters)
        if name != "join":
            inside(user, chat)
        result = act(self.world, user, chat, parameters)
        if not isinstance(result, list):
            return web.json_response(await result)
        messages = [drawn(message, user.id) for message in result]
        return web.json_response({"messages": messages})

    async def examples(self, request: web.Request) -> web.Response:
        """Texts that the page offers to send with one click."""
        return web.json_response(self.world.examples)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events: everything the person may see, as it happens."""
        user, _ = self._viewer(request)
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        with self.world.feed.watched_by(user.id) as changes, suppress(ConnectionError):
            await response.prepare(request)
            await response.write(b": open\n\n")
            while True:
                try:
                    change = await asyncio.wait_for(changes.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if change is None:
                    break
                event = json.dumps(_event(change, user.id), ensure_ascii=False)
                await response.write(f"data: {event}\n\n".encode())
        return response

    def _viewer(self, request: web.Request) -> tuple[User, Chat]:
        """The asking person and a chat that the person may read."""
        user, chat = self._who(Parameters(dict(request.query)))
        return user, inside(user, chat)

    def _who(self, parameters: Parameters) -> tuple[User, Chat]:
        """The acting person and the chat meant, which is the one with the bot if none is named."""
        user = self.world.users.get(parameters.integer("user") or 0)
        if user is None or user.is_bot:
            raise ApiError(404, "Bad Request: there is no such person")
        chat = self.world.chats.get(parameters.integer("chat") or user.id)
        if chat is None or (chat.type == "private" and chat.id != user.id):
            raise ApiError(404, "Bad Request: there is no such chat")
        return user, chat


def inside(user: User, chat: Chat) -> Chat:
    """Return `chat` if `user` is in it. Raises `ApiError` 403."""
    if chat.members.get(user.id) not in PRESENT:
        raise ApiError(403, "Bad Request: the person is not in this chat any more")
    return chat


def _event(change: Change, viewer: int) -> Json:
    message: Json | None = None
    if change.message is not None:
        deleted = change.type == "deleted"
        message = {"message_id": change.message.id} if deleted else drawn(change.message, viewer)
    return {"type": change.type, "chat": change.chat, "thread": change.thread, "message": message}
