"""Reactions to messages, of people and bots."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bot.local_telegram.world.message import Message
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def set_reaction(world: World, message: Message, user: User, given: list[Json]) -> list[Json]:
    """Let `given` (`ReactionType` objects) be the reaction of `user`; returns the one before."""
    reactions = message.reactions or {}
    old = reactions.get(user.id, [])
    message.reactions = reactions | {user.id: given}
    world.show("reacted", message)
    return old


def shown(message: Message, viewer: int) -> list[Json]:
    """Each reaction as an app shows it: its emoji, how many chose it, whether `viewer` is of them.

    The order is that in which they came.
    """
    of = {u: [each["emoji"] for each in given] for u, given in (message.reactions or {}).items()}
    counts = Counter(emoji for chosen in of.values() for emoji in chosen)
    mine = of.get(viewer, [])
    return [
        {"emoji": emoji, "count": count, "own": emoji in mine} for emoji, count in counts.items()
    ]
