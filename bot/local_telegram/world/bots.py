"""Several bots on one Telegram, and which updates each gets.

Each bot has a `World` of its own, which shares people, files and groups with the first bot's. The
bots after the first are in groups only. As in Telegram, no bot gets what another bot wrote.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from bot.local_telegram.updates.queue import Updates
from bot.local_telegram.world.chats import PRESENT
from bot.local_telegram.world.inline import Inline
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]


class Exchange(Updates):
    """The first bot's updates, which also hands every update to the other bots it is for."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.worlds = [world]

    def put(self, update_type: str, body: Json, lane: int) -> None:
        """Keep an update for each bot that it is for."""
        self.share(update_type, body, lane, self.worlds[0])

    def share(self, update_type: str, body: Json, lane: int, source: World) -> None:
        """Keep an update from the world of one bot for each bot that it is for."""
        for world in self.worlds:
            if not _is_for(world, update_type, body, lane, source):
                continue
            if world.updates is self:
                super().put(update_type, body, lane)
            elif isinstance(world.updates, Branch):
                world.updates.keep(update_type, body, lane)


class Branch(Updates):
    """The updates of another bot."""

    def __init__(self, world: World, exchange: Exchange) -> None:
        super().__init__(first_id=1)
        self._world = world
        self._exchange = exchange

    def put(self, update_type: str, body: Json, lane: int) -> None:
        """Hand an update that this bot caused to all bots it is for."""
        self._exchange.share(update_type, body, lane, self._world)

    def keep(self, update_type: str, body: Json, lane: int) -> None:
        """Keep an update for this bot."""
        super().put(update_type, body, lane)


def _is_for(world: World, update_type: str, body: Json, lane: int, source: World) -> bool:
    bot = world.bot.id
    if update_type == "poll":
        return world is source
    if update_type == "callback_query":
        return bool(body["message"]["from"]["id"] == bot)
    if update_type in {"my_chat_member", "chat_member"}:
        is_own = body["new_chat_member"]["user"]["id"] == bot
        if is_own != (update_type == "my_chat_member"):
            return False
        if is_own:
            return True
    if "receiver_user" in body:
        return bool(body["receiver_user"]["id"] == bot)
    chat = world.chats.get(lane)
    if chat is None or world is source:
        return world is source
    return chat.members.get(bot) in PRESENT


def add_bot(exchange: Exchange, bot: User, groups: Iterable[int]) -> World:
    """Add a bot, as a plain member of `groups`; returns its world."""
    first = exchange.worlds[0]
    first.users[bot.id] = bot
    world = copy.copy(first)
    world.bot = bot
    world.updates = Branch(world, exchange)
    world.webhook, world.inline = None, Inline()
    world.commands, world.about, world.menu_buttons = {}, {}, {}
    world.chats = {chat_id: first.chats[chat_id] for chat_id in groups}
    for chat in world.chats.values():
        chat.members[bot.id] = "member"
    exchange.worlds.append(world)
    return world
