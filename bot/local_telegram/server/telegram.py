"""This Telegram over HTTP, on loopback."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.local_telegram.bot_api.api import BotApi, Call
from bot.local_telegram.bot_api.rate_limits import Limits
from bot.local_telegram.bot_api.routes import BotRoutes
from bot.local_telegram.client_api.routes import ClientApi
from bot.local_telegram.faults.faults import Faults
from bot.local_telegram.page import routes as page
from bot.local_telegram.people.person import Person
from bot.local_telegram.server.circumstances import Circumstances
from bot.local_telegram.server.guard import guard
from bot.local_telegram.wire.bodies import BODY_LIMIT
from bot.local_telegram.world.bots import Exchange, add_bot
from bot.local_telegram.world.chats import Group
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World


class LocalTelegram(Circumstances):
    """A Telegram for tests and demos: `async with LocalTelegram(...) as telegram`.

    `token` is the bot's ("ID:SECRET"), and the bot is an administrator of `groups`. `port` 0 takes
    a free one. The latest `keep` messages are remembered. `examples` are texts that the chat page
    offers. With `private_topics` people may open topics in their chats with the bot; with
    `inline_mode` they may ask it in any chat, and with `inline_feedback` it is told what they
    chose. A bot's library is given `url + "/bot"` and `url + "/file/bot"`.
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
        inline_mode: bool = False,
        inline_feedback: bool = False,
        faults: Faults | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        keep: int = 50_000,
    ) -> None:
        self.token = token
        self.url = ""
        bot = User(int(token.partition(":")[0]), bot_name, bot_username, is_bot=True)
        bot.has_topics_enabled = private_topics
        bot.supports_inline_queries, bot.has_inline_feedback = inline_mode, inline_feedback
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
        """The app of one person, always the same one; it closes with this Telegram."""
        if user_id not in self._people:
            self._people[user_id] = Person(self.url, user_id)
        return self._people[user_id]

    def another_bot(
        self, token: str, name: str, username: str, groups: Iterable[int] = ()
    ) -> BotApi:
        """Add a bot with a token of its own, a plain member of `groups` and in no private chat.

        No bot gets what another wrote. Raises `KeyError` for an unknown group.
        """
        bot = User(int(token.partition(":")[0]), name, username, is_bot=True)
        self._others[token] = BotApi(add_bot(self._exchange, bot, groups))
        return self._others[token]

    def _api(self, token: str) -> BotApi | None:
        return self.api if token == self.token else self._others.get(token)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[guard], client_max_size=BODY_LIMIT)
        app.add_routes(BotRoutes(self._api, self.world.files).routes)
        app.add_routes(ClientApi(self.world).routes)
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
