"""This Telegram over HTTP, on loopback."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.local_telegram.bot_api.api import BotApi, Call
from bot.local_telegram.bot_api.rate_limits import Limits
from bot.local_telegram.client_api.routes import ClientApi
from bot.local_telegram.faults.faults import Faults
from bot.local_telegram.page import routes as page
from bot.local_telegram.people.person import Person
from bot.local_telegram.server.circumstances import Circumstances
from bot.local_telegram.wire.answers import Answer, Dropped, error_answer
from bot.local_telegram.wire.bodies import BODY_LIMIT, read_parameters
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.values import is_loopback
from bot.local_telegram.world.bots import Exchange, add_bot
from bot.local_telegram.world.chats import Group
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

OWN_SITES = frozenset({None, "none", "same-origin"})
"""`Sec-Fetch-Site` of a program, of an address typed by a person, and of this server's page."""


class LocalTelegram(Circumstances):
    """A Telegram of one's own: `async with LocalTelegram(...) as telegram`.

    `token` is the bot's ("ID:SECRET"); `people` and `groups` are there from the beginning, and the
    bot is an administrator of the groups. `port` 0 takes a free one. The latest `keep` messages
    are remembered. `examples` are texts that the chat page offers; `faults` is what goes wrong.
    With `private_topics` people may open topics in their chats with the bot. A bot's library is
    given `url + "/bot"` and `url + "/file/bot"`.
    """

    def __init__(
        self,
        *,
        token: str = "7000000001:local-telegram",
        bot_name: str = "Bot",
        bot_username: str = "local_bot",
        people: Iterable[User] = (),
        groups: Iterable[Group] = (),
        examples: Iterable[str] = (),
        rate_limits: bool = False,
        private_topics: bool = False,
        faults: Faults | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        keep: int = 50_000,
    ) -> None:
        self.token = token
        self.url = ""
        bot = User(int(token.partition(":")[0]), bot_name, bot_username, is_bot=True)
        bot.has_topics_enabled = private_topics
        self.world = World(bot, people, groups, keep)
        self.world.examples = list(examples)
        self._exchange = Exchange(self.world)
        self.world.updates = self._exchange
        self.faults = faults or Faults()
        self.world.updates.faults = self.faults
        self.api = BotApi(self.world, Limits() if rate_limits else None, self.faults)
        self._others: dict[str, BotApi] = {}
        self._address = host, port
        self._people: dict[int, Person] = {}
        self._runner: web.AppRunner | None = None

    @property
    def calls(self) -> Iterable[Call]:
        """The latest calls of the bot, oldest first."""
        return self.api.calls

    def person(self, user_id: int) -> Person:
        """The app of one person; always the same one, closed with this Telegram."""
        if user_id not in self._people:
            self._people[user_id] = Person(self.url, user_id)
        return self._people[user_id]

    def another_bot(
        self, token: str, name: str, username: str, groups: Iterable[int] = ()
    ) -> BotApi:
        """A second bot with a token of its own, a plain member of `groups` and nowhere else.

        It is called as the first one is. No bot gets what another wrote. Raises `KeyError` for an
        unknown group.
        """
        bot = User(int(token.partition(":")[0]), name, username, is_bot=True)
        self._others[token] = BotApi(add_bot(self._exchange, bot, groups))
        return self._others[token]

    def _api(self, token: str) -> BotApi | None:
        return self.api if token == self.token else self._others.get(token)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[guard], client_max_size=BODY_LIMIT)
        app.add_routes(ClientApi(self.world).routes)
        app.router.add_route("*", "/bot{token}/{method}", self._bot_call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.add_routes(page.ROUTES)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=2
        )
        await self._runner.setup()
        host, port = self._address
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        self.world.files.address = self.url
        return self

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for person in self._people.values():
            await person.close()
        self._people.clear()
        for world in self._exchange.worlds:
            if world.webhook is not None:
                await world.webhook.close()
                world.webhook = None
            world.updates.close()
        self.world.feed.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _bot_call(self, request: web.Request) -> web.Response:
        api = self._api(request.match_info["token"])
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

    async def _download(self, request: web.Request) -> web.Response:
        if self._api(request.match_info["token"]) is None:
            return respond(error_answer(ApiError(401, "Unauthorized")))
        file = self.world.files.by_path.get(request.match_info["path"])
        if file is None:
            return respond(error_answer(ApiError(404, "Not Found")))
        return web.Response(body=file.data, content_type="application/octet-stream")


def respond(answer: Answer) -> web.Response:
    """An answer as HTTP."""
    body = answer.body
    if not isinstance(body, bytes):
        body = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=body, status=answer.status, content_type="application/json")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what did not come from this server's own page or from a program of this machine.

    A page of another site, or of another server on this machine, could reach this one by a name
    that it lets point here (hence Host), by a form or a script (hence Origin), or as the address of
    a picture (hence Sec-Fetch-Site, which no script can set).
    """
    if not is_loopback(f"//{request.host}") or not is_from_here(request):
        return web.json_response({"error": "this address is for this machine alone"}, status=403)
    try:
        response = await handler(request)
    except ApiError as error:
        said = error.description.removeprefix("Bad Request: ")
        response = web.json_response({"error": said}, status=error.code)
    except web.HTTPRequestEntityTooLarge:
        response = web.json_response({"error": "the file is too big"}, status=413)
    if not response.prepared:
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def is_from_here(request: web.Request) -> bool:
    """Whether no other page asks; a link of another page may lead to this server's page."""
    here = f"{request.scheme}://{request.host}"
    if any(origin != here for origin in request.headers.getall("Origin", ())):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    return site in OWN_SITES or (request.path == "/" and request.method == "GET")
