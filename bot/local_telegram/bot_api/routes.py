"""The part of this Telegram that bots use: /bot<token>/... and /file/bot<token>/..."""

from __future__ import annotations

import json
from collections.abc import Callable

from aiohttp import web

from bot.local_telegram.bot_api.api import BotApi
from bot.local_telegram.wire.answers import Answer, Dropped, error_answer
from bot.local_telegram.wire.bodies import read_parameters
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.world.files import Files


class BotRoutes:
    """The handlers of bots' requests; `find` gives the Bot API of the bot that has a token."""

    def __init__(self, find: Callable[[str], BotApi | None], files: Files) -> None:
        self._find = find
        self._files = files

    @property
    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """One call of a method."""
        api = self._find(request.match_info["token"])
        if api is None:
            return respond(error_answer(ApiError(401, "Unauthorized")))
        try:
            parameters = await read_parameters(request)
        except ApiError as error:
            return respond(error_answer(error))
        except web.HTTPRequestEntityTooLarge:
            return respond(error_answer(ApiError(413, "Request Entity Too Large")))
        try:
            return respond(await api.answer(request.match_info["method"], parameters))
        except Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file, by the path that getFile tells."""
        if self._find(request.match_info["token"]) is None:
            return respond(error_answer(ApiError(401, "Unauthorized")))
        file = self._files.by_path.get(request.match_info["path"])
        if file is None:
            return respond(error_answer(ApiError(404, "Not Found")))
        return web.Response(body=file.data, content_type="application/octet-stream")


def respond(answer: Answer) -> web.Response:
    """An answer as HTTP."""
    body = answer.body
    if not isinstance(body, bytes):
        body = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=body, status=answer.status, content_type="application/json")
