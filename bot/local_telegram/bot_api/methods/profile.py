"""Bot API methods on how the bot introduces itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def get_me(world: World, parameters: Parameters) -> Json:
    """getMe"""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": world.bot.supports_inline_queries,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": world.bot.has_topics_enabled,
        "allows_users_to_create_topics": world.bot.has_topics_enabled,
    }
    return world.bot.json | abilities


def get_my_name(world: World, parameters: Parameters) -> Json:
    """getMyName"""
    own = world.about.get(("name", parameters.text("language_code")))
    return {"name": own or world.about.get(("name", "")) or world.bot.first_name}


def text_setter(name: str, limit: int) -> Callable[[World, Parameters], bool]:
    """The method that sets one of the bot's texts, of at most `limit` characters."""

    def method(world: World, parameters: Parameters) -> bool:
        text = parameters.text(name)
        if len(text) > limit:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        world.about[name, parameters.text("language_code")] = text
        return True

    return method


def text_getter(name: str) -> Callable[[World, Parameters], Json]:
    """The method that returns one of the bot's texts."""

    def method(world: World, parameters: Parameters) -> Json:
        own = world.about.get((name, parameters.text("language_code")))
        return {name: own or world.about.get((name, ""), "")}

    return method
